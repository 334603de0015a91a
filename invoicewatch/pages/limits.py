"""The limits that hold for every kind of document, checked before anything is decoded."""

from __future__ import annotations

from invoicewatch.errors import DocumentError


def limit_pages(count: int, max_pages: int) -> tuple[int, tuple[str, ...]]:
    """How many of ``count`` pages are read, and notes on what is left out."""
    if count <= max_pages:
        return count, ()
    left_out = f"page {count}" if count == max_pages + 1 else f"pages {max_pages + 1} to {count}"
    return max_pages, (f"{left_out} left out: max_pages is {max_pages}",)


def check_pixels(width: int, height: int, name: str, max_pixels: int) -> None:
    """Refuse a page of more than ``max_pixels`` pixels, or of none.

    Raises:
        DocumentError: With code ``too_many_pixels`` or ``corrupt``.
    """
    if width < 1 or height < 1:
        raise DocumentError(
            f"{name} has a page of {width} by {height} pixels",
            remedy="Save it anew from where it came.",
            code="corrupt",
        )
    if width * height > max_pixels:
        raise DocumentError(
            f"{name} has a page of {width:,} by {height:,} pixels, more than the {max_pixels:,} allowed",
            remedy="Scan it at a lower resolution, or raise max_pixels in [pages].",
            code="too_many_pixels",
        )
