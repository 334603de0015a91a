"""What is known of the signature round a document."""

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
