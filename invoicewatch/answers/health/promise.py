"""What is promised of accepted documents, on what it rests, and what was seen here since."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from invoicewatch.answers.health.check import Check, Verdict
from invoicewatch.config import Config
from invoicewatch.errors import InvoicewatchError
from invoicewatch.extract.weights.binomial import find_upper_bound
from invoicewatch.extract.weights.promise import Step, load_promise
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.figures.looks import Looks, count_looks

_NAME = "promise"


@dataclass(frozen=True, slots=True)
class Kept:
    """The promised share of wrong documents, and the step that it rests on."""

    accepted_error: float
    documents: int
    step: Step

    @property
    def holds(self) -> bool:
        """Whether even the upper end of the interval keeps to the promise."""
        return self.step.bound <= self.accepted_error


def find_promise(accepted_error: float) -> Kept:
    """What can be said of documents accepted at this error."""
    curve = load_promise().every
    return Kept(accepted_error, curve.documents, curve.find_step(accepted_error))


def check_promise(config: Config) -> Check:
    """What is promised, its bound, and what was seen here; a warning where more was wrong here than was promised."""
    kept = find_promise(config.extract.accepted_error)
    detail = describe_promise(kept)
    looks = read_looks(Path(config.paths.state))
    if looks is None:
        return Check(_NAME, Verdict.OK, detail)
    detail = f"{detail}; here {describe_looks(looks)}"
    broken = looks.changed > 1 and looks.changed > kept.accepted_error * looks.looked_at
    remedy = "Lower [extract] accepted_error, and tell the developers what kind of paper it is." if broken else ""
    return Check(_NAME, Verdict.WARNING if broken else Verdict.OK, detail, remedy)


def read_looks(state_dir: Path) -> Looks | None:
    """What was seen here; None where there is no database to read."""
    try:
        with open_reader(state_dir) as reader:
            return count_looks(reader)
    except InvoicewatchError:
        return None


def describe_promise(kept: Kept) -> str:
    """In words: the promise, the documents behind it, the bound, and whether that exceeds the promise."""
    step = kept.step
    if not step.accepted:
        return f"{kept.accepted_error:.2%} wrong cannot be promised: only what is proved is accepted"
    text = (
        f"at most {kept.accepted_error:.2%} of accepted documents wrong in total or date; of {kept.documents} unseen"
        f" ones {step.accepted} were accepted, {step.wrong} of them wrong, at most {step.bound:.2%} with 95 % certainty"
    )
    return text if kept.holds else f"{text}, which is more than promised: too few documents to be sure"


def describe_looks(looks: Looks) -> str:
    """In words: how many were accepted, looked at since, and changed."""
    if not looks.looked_at:
        return f"{looks.accepted} accepted, none looked at since"
    bound = find_upper_bound(looks.changed, looks.looked_at)
    return (
        f"{looks.accepted} accepted, {looks.looked_at} looked at since, {looks.changed} changed in total or date"
        f" (at most {bound:.1%} with 95 % certainty)"
    )
