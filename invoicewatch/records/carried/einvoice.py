"""What is known of an e-invoice beside its fields: its signature, and whether it keeps the rules of its format."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SignatureState(StrEnum):
    """What checking a signature gave.

    ``INTACT``: the content is what was signed; whether the signer's certificate can be trusted is never checked here.
    """

    INTACT = "intact"
    BROKEN = "broken"
    NOT_CHECKED = "not_checked"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature of a signed container. ``signer`` is whom its certificate names, ``detail`` says why in words."""

    state: SignatureState
    signer: str = ""
    detail: str = ""

    @property
    def words(self) -> str:
        """The whole of it in one line, for people."""
        says = _WORDS[self.state] + (f": {self.detail}" if self.detail else "")
        return f"{says}; signed as {self.signer}" if self.signer else says


_WORDS = {
    SignatureState.INTACT: "intact, signer not verified",
    SignatureState.BROKEN: "broken",
    SignatureState.NOT_CHECKED: "not checked",
    SignatureState.MISSING: "missing",
}


class Validity(StrEnum):
    """What checking the rules gave. Where they could not be checked nothing is said of the invoice."""

    VALID = "valid"
    INVALID = "invalid"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule that is broken: its ``id`` (``XSD`` for the schema), its ``words``, and the element, as XPath 2.0."""

    id: str
    words: str
    xpath: str = ""


@dataclass(frozen=True, slots=True)
class Validation:
    """The verdict. ``against`` names what was checked, ``detail`` says why it could not be."""

    validity: Validity
    against: str = ""
    broken: tuple[BrokenRule, ...] = ()
    detail: str = ""

    @property
    def words(self) -> str:
        """The verdict in one line, for people."""
        if self.validity is Validity.NOT_CHECKED:
            return f"could not be checked: {self.detail}"
        if self.validity is Validity.VALID:
            return f"valid ({self.against})"
        ids = ", ".join(dict.fromkeys(rule.id for rule in self.broken))
        return f"not valid, breaks {ids} ({self.against})"
