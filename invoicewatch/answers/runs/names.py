"""A name for a file that somebody hands in: kept recognisable, and harmless wherever it will lie."""

from __future__ import annotations

import re
import unicodedata

from invoicewatch.errors import ConfigError
from invoicewatch.intake.scan import IsIgnored

# Room for a number, and for what is put behind it: " (123)", ".reason.txt".
LONGEST_BYTES = 200
_LONGEST_SUFFIX = 10
# What a share, a shell or a terminal takes for something else; what cannot be seen (Unicode's C, Zl, Zp).
_TELLING = re.compile(r'[<>:"|?*\\/$`]+')
# Windows keeps these for devices, with any suffix; an inbox may be a share that such machines see.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)


def make_name(given: str, is_ignored: IsIgnored) -> bytes:
    r"""The name that a file is given, of at most 200 bytes.

    Args:
        given: What whoever sends it calls it, perhaps with a path.
        is_ignored: Tells names that the inbox passes over.

    Raises:
        ConfigError: The inbox passes over such names whatever is put before them.

    >>> make_name("..\\..\\etc/Rechnung 5/2024.pdf", lambda name: False)
    b'2024.pdf'
    >>> make_name(".hidden\x00\u202efdp.exe", lambda name: name.startswith(b".")).decode()
    'hidden__fdp.exe'
    """
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", given)[-1][:1000])
    seen = "".join("_" if unicodedata.category(c)[0] == "C" or c in "\u2028\u2029" else c for c in name)
    plain = " ".join(_TELLING.sub("_", seen).split()).lstrip(".~- ").rstrip(". ~")
    made = _cut(f"_{plain}" if _DEVICES.match(plain) else plain or "upload")
    for candidate in (made, b"upload " + made, b"upload " + made + b".pdf"):
        if not is_ignored(candidate):
            return candidate
    raise ConfigError(
        f"the inbox passes over files that are named like {made.decode()}",
        remedy="Give it another name, or change [intake] ignore.",
        code="ignored_name",
    )


def _cut(name: str) -> bytes:
    """As many bytes as are allowed, cut between characters and before the suffix."""
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix) > _LONGEST_SUFFIX:
        stem, dot, suffix = name, "", ""
    end = (dot + suffix).encode()
    kept = stem.encode()[: LONGEST_BYTES - len(end)]
    return kept.decode(errors="ignore").rstrip().encode() + end
