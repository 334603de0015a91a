"""How often something may really happen that was seen so often."""

from __future__ import annotations

from functools import lru_cache
from math import exp, lgamma, log, log1p

_ALPHA = 0.05
_HALVINGS = 50


@lru_cache(maxsize=1000)  # a document that waits is judged once for each of its fields, by the same few counts
def find_upper_bound(seen: int, tried: int) -> float:
    """The upper end of the two-sided 95 % interval of a share (Clopper and Pearson 1934); 1 where nothing was tried."""
    if tried == 0 or seen >= tried:
        return 1.0
    low, high = seen / tried, 1.0
    for _ in range(_HALVINGS):
        share = (low + high) / 2
        low, high = (share, high) if _find_tail(seen, tried, share) > _ALPHA / 2 else (low, share)
    return high


def find_lower_bound(seen: int, tried: int) -> float:
    """The lower end of that interval; 0 where nothing was seen."""
    return 0.0 if seen == 0 else 1.0 - find_upper_bound(tried - seen, tried)


def _find_tail(seen: int, tried: int, share: float) -> float:
    """The probability of at most ``seen`` in ``tried``."""
    return sum(
        exp(lgamma(tried + 1) - lgamma(n + 1) - lgamma(tried - n + 1) + n * log(share) + (tried - n) * log1p(-share))
        for n in range(seen + 1)
    )
