"""The noisy channel: how likely OCR reads one text where another is printed.

A weighted edit distance whose operations are the confusions in ``data/``, each costing the negative
natural log of its probability (Kernighan, Church and Gale, 1990: a spelling correction program based on a noisy
channel model), with operations of up to two characters on either side (rn/m).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

# The chance of an edit that the table does not list: any one character for any other, lost, or added.
_UNLISTED = 0.0004
_NOTHING = "-"
_LONGEST = 2
_TABLES = ("confusions_known.txt", "confusions.txt")
# Shapes are alike both ways: where only one way is listed, the other is half as likely.
_REVERSED = 0.5


@dataclass(frozen=True, slots=True)
class Channel:
    """``costs`` maps (printed, read), each of up to two characters and in lower case, to a cost in nats."""

    costs: Mapping[tuple[str, str], float]
    unlisted: float = -math.log(_UNLISTED)

    def log_probability(self, printed: str, read: str) -> float:
        """Natural log of the chance that ``printed`` is read as ``read``, whatever their case; 0 where they agree."""
        printed, read = printed.casefold(), read.casefold()
        best = [[math.inf] * (len(read) + 1) for _ in range(len(printed) + 1)]
        best[0][0] = 0.0
        for i in range(len(printed) + 1):
            for j in range(len(read) + 1):
                if i or j:
                    best[i][j] = min(self._ways(best, printed, read, i, j))
        return -best[-1][-1]

    def _ways(self, best: list[list[float]], printed: str, read: str, i: int, j: int) -> Iterable[float]:
        """The cost of each way to come to where ``i`` printed and ``j`` read characters are accounted for."""
        for m in range(min(i, _LONGEST) + 1):
            for n in range(min(j, _LONGEST) + 1):
                if not m and not n:
                    continue
                was, now = printed[i - m : i], read[j - n : j]
                if was == now:
                    yield best[i - m][j - n]
                elif (was, now) in self.costs:
                    yield best[i - m][j - n] + self.costs[was, now]
                elif m <= 1 and n <= 1:
                    yield best[i - m][j - n] + self.unlisted


def load_channel() -> Channel:
    """The channel of both tables: what the shapes of letters suggest, and what was learned from our own bad scans.

    Where both know a confusion, the likelier of the two holds: the samples' few fonts show some confusions too seldom.
    """
    costs: dict[tuple[str, str], float] = {}
    for name in _TABLES:
        text = (files("invoicewatch.correct") / "data" / name).read_text(encoding="utf-8")
        for printed, read, share in _parse_table(text):
            costs[printed, read] = min(-math.log(share), costs.get((printed, read), math.inf))
    for (printed, read), cost in list(costs.items()):
        if printed and read:
            costs[read, printed] = min(cost - math.log(_REVERSED), costs.get((read, printed), math.inf))
    return Channel(costs)


def _parse_table(text: str) -> Iterator[tuple[str, str, float]]:
    for line in text.splitlines():
        parts = line.split()
        if len(parts) == 3 and parts[0] != "#":  # noqa: PLR2004 - printed, read, share
            printed, read = ("" if part == _NOTHING else part for part in parts[:2])
            yield printed, read, float(parts[2])
