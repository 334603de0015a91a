"""The watch of the road: by the clock and by the processor."""

from __future__ import annotations

import time

from invoicewatch.pipeline.stopwatch import Stopwatch


def test_extraction_is_timed_by_the_processor_too_over_all_its_passes():
    watch = Stopwatch(lambda _: None)
    for _ in range(2):
        with watch.stage("extract"):
            _work(0.02)
            time.sleep(0.05)
    timings = watch.timings()
    assert 0.1 <= timings.extract_s
    assert 0.04 <= timings.extract_cpu_s < timings.extract_s - 0.05


def test_parts_share_both_kinds_of_time():
    watch = Stopwatch(lambda _: None)
    with watch.stage("extract"):
        _work(0.02)
    whole, half = watch.timings(), watch.share(1.0, 2).timings()
    assert abs(half.extract_cpu_s - whole.extract_cpu_s / 2) < 0.001


def _work(cpu_s: float) -> None:
    end = time.thread_time() + cpu_s
    while time.thread_time() < end:
        pass
