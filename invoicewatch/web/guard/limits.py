"""How often somebody may ask: a bucket of requests each, which fills up again as time passes."""

from __future__ import annotations

import ipaddress
import threading
from dataclasses import dataclass

A_SECOND = 20.0
AT_ONCE = 100.0
_MOST_BUCKETS = 10_000


def name_place(address: str) -> str:
    """From where somebody asks: of IPv6 the network of 64 bits, in which everybody has addresses without end.

    >>> name_place("192.0.2.7"), name_place("2001:db8::7"), name_place("::ffff:192.0.2.7")
    ('from 192.0.2.7', 'from 2001:db8::/64', 'from 192.0.2.7')
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return f"from {address}"
    if found.version == 4:  # noqa: PLR2004 - IPv4
        return f"from {found}"
    return f"from {found.ipv4_mapped or ipaddress.ip_network((int(found), 64), strict=False)}"


@dataclass(slots=True)
class _Bucket:
    left: float
    seen_s: float


class Limits:
    """Buckets by name. Safe to share between threads."""

    def __init__(self, a_second: float = A_SECOND, at_once: float = AT_ONCE) -> None:
        self._a_second = a_second
        self._at_once = at_once
        self._buckets: dict[str, _Bucket] = {}
        self._lock = threading.Lock()

    def take(self, name: str, now_s: float) -> float:
        """Count one request: 0 if it may be answered, else how many seconds to wait."""
        with self._lock:
            bucket = self._buckets.get(name) or self._add(name, now_s)
            passed_s = max(0.0, now_s - bucket.seen_s)
            bucket.left = min(self._at_once, bucket.left + passed_s * self._a_second)
            bucket.seen_s = now_s
            if bucket.left < 1.0:
                return (1.0 - bucket.left) / self._a_second
            bucket.left -= 1.0
            return 0.0

    def _add(self, name: str, now_s: float) -> _Bucket:
        if len(self._buckets) >= _MOST_BUCKETS:
            # Those that are full again by now tell nothing.
            filled_s = now_s - self._at_once / self._a_second
            self._buckets = {name: bucket for name, bucket in self._buckets.items() if bucket.seen_s > filled_s}
        return self._buckets.setdefault(name, _Bucket(self._at_once, now_s))
