"""How long to wait before the next look or the next try."""

from __future__ import annotations

_SHORTEST_S = 1.0
LONGEST_LOOK_S = 60.0


def retry_delay_s(attempts: int, first_s: float, cap_s: float) -> float:
    """Seconds until the next try after ``attempts`` failures (at least 1): doubling from ``first_s`` to ``cap_s``."""
    return min(cap_s, first_s * 2.0 ** min(attempts - 1, 60))


def look_delay_s(checks: int, settle_s: float) -> float:
    """Seconds until the next look at a file that is not ready, after ``checks`` vain looks: doubling up to a minute."""
    return min(LONGEST_LOOK_S, max(_SHORTEST_S, settle_s) * 2.0 ** min(checks, 60))
