"""How many codes are read off scans and photographs, whether any is read wrong, and what altered ones do.

    python -m benchmarks.codes --count 20

Codes are written by segno (QR) and pdf417gen (PDF417), put on generated invoices, scanned at 150, 200 and 300 dpi up
to 5 degrees askew with noise and JPEG, and photographed in perspective under a shadow; then each page is prepared and
looked at as on the road. Altered payloads are codes whose text had a digit changed or two swapped before they were
written: what they state must be refused by its checks or contradicted aloud by the page, which states the truth (but
for references, which no page is read for). Codes with flipped modules must be read as they were or not at all. The exit
code is 1 where a wrong value is believed.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from random import Random
from typing import NamedTuple

from benchmarks.codes_pages import SCAN_DPI, photograph_page, scan_page
from benchmarks.codes_payloads import KINDS, make_payload
from invoicewatch.config import ExtractSettings
from invoicewatch.extract.codes.extractor import CodeExtractor
from invoicewatch.extract.codes.judge import find_code_reasons
from invoicewatch.extract.codes.known import name_code
from invoicewatch.pages.codes.decode import find_codes, find_wide_codes
from invoicewatch.records import Box, Code, ExtractContext, Field, FieldValue, Memory, Source

_PHOTO = 0  # instead of dots per inch
_AMOUNTS = frozenset({"amount_due", "total", "tax_total"})
_DATES = frozenset({"issue_date", "due_date"})
_FLIPPED = (0.002, 0.01, 0.03, 0.08)  # of a code's area


class Job(NamedTuple):
    """One page: which kind of code, of which number, at how many dots per inch (0: photographed), how spoilt."""

    kind: str
    number: int
    dpi: int
    flipped: float = 0.0


class Outcome(NamedTuple):
    """Whether the code was read, whether something else was, and the CPU seconds of looking."""

    job: Job
    read: bool
    wrong: bool
    spent_s: float


def main() -> int:
    options = _parse_arguments()
    jobs = [Job(k, n, dpi) for k in KINDS for dpi in (*SCAN_DPI, _PHOTO) for n in range(options.count)]
    spoilt = [Job(k, n, 200, share) for k in KINDS for n in range(options.count // 4) for share in _FLIPPED]
    with ProcessPoolExecutor(options.processes) as pool:
        outcomes = list(pool.map(look_at, jobs, chunksize=4))
        flipped = list(pool.map(look_at, spoilt, chunksize=4))
    _print_read(outcomes)
    altered = Counter(fate for kind in KINDS for n in range(options.altered) for fate in [alter(kind, n)])
    print(
        f"altered payloads ({sum(altered.values())}): ", ", ".join(f"{n} {fate}" for fate, n in altered.most_common())
    )
    print(
        f"flipped modules: {sum(o.read for o in flipped)} of {len(flipped)} read, {sum(o.wrong for o in flipped)} wrong"
    )
    wrong = sum(o.wrong for o in (*outcomes, *flipped)) + altered["believed and wrong"]
    print(f"wrong values: {wrong}")
    return 1 if wrong else 0


def look_at(job: Job) -> Outcome:
    """Make one page and look for its code."""
    made = make_payload(job.kind, Random(f"{job.kind} {job.number}"))
    shot = (
        partial(photograph_page, made, job.number)
        if job.dpi == _PHOTO
        else partial(scan_page, made, job.number, job.dpi)
    )
    page = shot(flipped=job.flipped)
    began = time.process_time()
    codes = find_wide_codes(page) if job.kind == "hub3" else find_codes(page)
    spent_s = time.process_time() - began
    texts = {code.text for code in codes}
    return Outcome(job, made.text in texts, bool(texts - {made.text}), spent_s)


def alter(kind: str, number: int) -> str:
    """What becomes of a code whose text was altered, on a page that states the truth and proves it."""
    rng = Random(f"altered {kind} {number}")
    made = make_payload(kind, rng)
    text = _alter_text(made.text, rng)
    code = name_code(Code(text, "QRCode", 1, Box(0.1, 0.8, 0.3, 0.95)))
    page = {name: _state(name, value) for name, value in made.values.items() if name != "payment_reference"}
    truth = {**page, **({"total": replace(page["amount_due"], name="total")} if "amount_due" in page else {})}
    context = ExtractContext((), {}, Memory(), date(2026, 1, 1), found=truth, codes=(code,))
    fields = {**truth, **CodeExtractor(ExtractSettings()).find(context)}
    if code.fault or not code.taken_for:
        return "refused"
    believed = [name for name, field in truth.items() if _is_believed_wrong(fields[name], field)]
    reasons = find_code_reasons((code,), fields)
    if believed and not reasons:
        return "believed and wrong"
    return "contradicted aloud" if reasons else "harmless"


def _is_believed_wrong(field: Field | None, truth: Field) -> bool:
    return field is not None and field.verified and field.value != truth.value


def _state(name: str, text: str) -> Field:
    value: FieldValue = text
    if name in _AMOUNTS:
        value = Decimal(text)
    elif name in _DATES:
        value = date.fromisoformat(text)
    return Field(name, value, 0.99, True, 1, Box(0.6, 0.5, 0.8, 0.52), Source.OCR, "stated by the page", text)


def _alter_text(text: str, rng: Random) -> str:
    """One digit made another, or two different neighbours swapped."""
    digits = [n for n, char in enumerate(text) if char.isdecimal()]
    at = rng.choice(digits)
    if at + 1 in digits and text[at] != text[at + 1] and rng.choice((True, False)):
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    other = rng.choice([digit for digit in "0123456789" if digit != text[at]])
    return text[:at] + other + text[at + 1 :]


def _print_read(outcomes: list[Outcome]) -> None:
    for kind in KINDS:
        shares = [_count(outcomes, kind, dpi) for dpi in (*SCAN_DPI, _PHOTO)]
        print(f"{kind:10s} ", ", ".join(shares))
    qr = [o for o in outcomes if o.job.kind != "hub3"]
    for name, some in (("scans", [o for o in qr if o.job.dpi]), ("photographs", [o for o in qr if not o.job.dpi])):
        spent_ms = 1000 * sum(o.spent_s for o in some) / len(some)
        share = sum(o.read for o in some) / len(some)
        print(f"QR on {name}: {share:.3f} of {len(some)} read, {spent_ms:.1f} ms of CPU each")


def _count(outcomes: list[Outcome], kind: str, dpi: int) -> str:
    own = [o for o in outcomes if o.job.kind == kind and o.job.dpi == dpi]
    return f"{f'{dpi} dpi' if dpi else 'photo'} {sum(o.read for o in own)}/{len(own)}"


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20, help="pages of each kind and way")
    parser.add_argument("--altered", type=int, default=500, help="altered payloads of each kind")
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
