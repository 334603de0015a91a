"""Pages drawn as text, as PDFs: with a sound text layer or a ciphered one, with a form, with files inside."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

from tests.kinds.placed import SIZE, place_runs
from tests.unit.pages.conftest import assemble, make_stream

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

WIDTH, HEIGHT = 595, 842
_ASCENT = 0.75 * SIZE
_FONT = "<< /Type /Font /Subtype /Type1 /BaseFont {} /Encoding /WinAnsiEncoding {} >>"
_MAP_START = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def\n"
    "1 begincodespacerange <00> <FF> endcodespacerange\n"
)
_FIRST, _LAST = 32, 256  # character codes of the fonts


def write_map(cipher: Mapping[str, str]) -> str:
    """A ToUnicode map that sends characters elsewhere, the others to themselves."""
    codes = [(code, bytes([code]).decode("cp1252", "replace")) for code in range(_FIRST, _LAST)]
    lines = "\n".join(f"<{code:02X}> <{ord(cipher.get(char, char)):04X}>" for code, char in codes)
    block = f"{len(codes)} beginbfchar\n{lines}\nendbfchar\n"
    return make_stream(f"{_MAP_START}{block}endcmap CMapName currentdict /CMap defineresource pop end end")


def write_text(text: str) -> str:
    """A string of PDF in the fonts' encoding."""
    safe = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"({safe.encode('cp1252').decode('latin-1')})"


def print_pdf(
    picture: str,
    cipher: Mapping[str, str] | None = None,
    is_ciphered: Callable[[str], bool] = lambda _: True,
    *,
    fields: tuple[str, ...] = (),
    form: str = "",
) -> bytes:
    """A page whose runs of words that ``is_ciphered`` holds of say by their font's map what ``cipher`` makes of them.

    Args:
        picture: The page as text.
        cipher: What a character that is shown is mapped to.
        is_ciphered: Which runs are printed in the ciphered font.
        fields: Widgets of a form, and what belongs to them: objects from number 8 on.
        form: The dictionary of the form that names them, without its brackets.
    """
    drawn = ""
    for x, y, text in place_runs(picture, WIDTH):
        font = "F2" if cipher is not None and is_ciphered(text) else "F1"
        drawn += f"/{font} {SIZE} Tf 1 0 0 1 {x:.1f} {HEIGHT - y - _ASCENT:.1f} Tm {write_text(text)} Tj\n"
    widgets = [f"{number} 0 R" for number, each in enumerate(fields, 8) if "/Subtype /Widget" in each]
    return assemble(
        [
            f"<< /Type /Catalog /Pages 2 0 R {f'/AcroForm << {form} >>' if form else ''} >>",
            "<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
            _FONT.format("/Helvetica", ""),
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Annots [{' '.join(widgets)}] "
                "/Resources << /Font << /F1 3 0 R /F2 6 0 R >> >> /Contents 5 0 R >>"
            ),
            make_stream(f"BT {drawn} ET"),
            _FONT.format("/Helvetica", "/ToUnicode 7 0 R"),
            write_map(cipher or {}),
            *fields,
        ]
    )


def attach(content: bytes, files: Mapping[str, bytes], *, portfolio: bool = False) -> bytes:
    """The PDF with these files in it; as a portfolio it says that they are what it is about."""
    document = pdfium.PdfDocument(content)
    for name, each in files.items():
        document.new_attachment(name).set_data(each)
    buffer = BytesIO()
    document.save(buffer)
    document.close()
    saved = buffer.getvalue()
    return saved.replace(b"/Type/Catalog", b"/Type/Catalog/Collection<</View/D>>") if portfolio else saved
