"""A ranking that was fitted elsewhere: boosted trees over named features, evaluated with numpy.

The file says on what it was fitted and when; ``benchmarks/learn`` writes it. The model is the sum of the values of the
leaves that a row of features falls into (Friedman 2001, Greedy function approximation: a gradient boosting machine),
a log-odds that the candidate is the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from invoicewatch.errors import ConfigError

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Tree(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One tree: for each node the feature that it asks for, or -1 where it is a leaf.

    A row whose feature is at most ``threshold`` goes to node ``left``, any other to ``right``.
    """

    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[float, ...]


class ForestFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What lies in ``weights/NAME.json``.

    ``provenance`` says in words when, by what and on which sources it was fitted; ``features`` are their names in the
    order of the trees' columns; ``bias`` is the log-odds before any tree.
    """

    provenance: Mapping[str, str]
    features: tuple[str, ...]
    bias: float
    trees: tuple[Tree, ...]


class Forest:
    """Trees one behind the other in flat arrays, so that all rows fall through all trees at once.

    A node is known by its place there, a tree by its root's. A leaf leads to itself, whatever is asked of it.
    """

    def __init__(self, file: ForestFile) -> None:
        self.features = file.features
        self._known = frozenset(file.features)
        self._bias = file.bias
        roots = np.cumsum([0, *(len(tree.feature) for tree in file.trees)])
        self._roots = roots[:-1]
        nodes = np.arange(roots[-1])
        asks = _join(tree.feature for tree in file.trees).astype(np.intp)
        leaf = asks < 0
        self._feature = np.where(leaf, 0, asks)
        self._threshold = _join(tree.threshold for tree in file.trees)
        self._value = _join(tree.value for tree in file.trees)
        first = np.repeat(self._roots, np.diff(roots))  # of each node's own tree
        above, below = (
            np.where(leaf, nodes, first + _join(sides).astype(np.intp))
            for sides in ((tree.right for tree in file.trees), (tree.left for tree in file.trees))
        )
        self._next = np.stack((above, below), axis=1).ravel()  # of node n at 2 n, and at 2 n + 1 where it is not above
        self._depth = 0
        reached = self._roots
        while not leaf[reached].all():
            reached = np.unique(self._next.reshape(-1, 2)[reached])
            self._depth += 1

    def rate(self, rows: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        """The log-odds of each row.

        Args:
            rows: Features by name; what a row does not name counts 0.

        Returns:
            An array of shape (rows,).

        Raises:
            KeyError: A row names a feature that the trees do not know.
        """
        if not rows:
            return np.zeros(0)
        unknown = next(
            (name for row in rows if not row.keys() <= self._known for name in row.keys() - self._known), None
        )
        if unknown is not None:
            raise KeyError(unknown)
        return self._fall(np.array([[row.get(name, 0.0) for name in self.features] for row in rows]))

    def _fall(self, table: NDArray[np.float64]) -> NDArray[np.float64]:
        rows = np.arange(len(table))[:, None] * table.shape[1]
        at = np.broadcast_to(self._roots, (len(table), len(self._roots)))
        for _ in range(self._depth):
            amount = table.ravel()[rows + self._feature[at]]
            at = self._next[2 * at + (amount <= self._threshold[at])]
        return np.asarray(self._bias + self._value[at].sum(axis=1))


def _join(parts: Iterable[Sequence[float]]) -> NDArray[np.float64]:
    return np.array([each for part in parts for each in part], dtype=np.float64)


@cache
def load_forest(name: str) -> Forest:
    """The ranking ``weights/NAME.json`` of this package.

    Raises:
        ConfigError: The file is not of this form.
    """
    file = resources.files("invoicewatch.extract").joinpath("weights", f"{name}.json")
    return Forest(parse_forest(file.read_bytes(), f"weights/{name}.json"))


def parse_forest(content: bytes, origin: str) -> ForestFile:
    """Read a file of trees. Raises ConfigError naming ``origin``."""
    try:
        file = msgspec.json.decode(content, type=ForestFile)
    except (msgspec.ValidationError, msgspec.DecodeError) as exc:
        raise ConfigError(f"{origin} is no file of trees: {exc}", remedy="Fit it again with make fit.") from exc
    for tree in file.trees:
        sizes = {len(part) for part in (tree.feature, tree.threshold, tree.left, tree.right, tree.value)}
        if len(sizes) != 1 or max(tree.feature, default=-1) >= len(file.features):
            raise ConfigError(f"{origin} holds a tree that does not fit", remedy="Fit it again with make fit.")
    return file
