"""Elements of a page. Every text goes in as text: what is written from them is escaped, whatever it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, tostring

from invoicewatch.answers.safe import make_printable

STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 60rem; margin: 2rem auto;
  padding: 0 1.5rem; }
h1 { font-size: 1.7rem; margin: 0 0 .3rem; } h2 { font-size: 1.05rem; margin: 1.6rem 0 .4rem; }
.parties { display: flex; gap: 3rem; flex-wrap: wrap; } .parties > section { flex: 1; min-width: 20rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .25rem .8rem .25rem 0;
  vertical-align: top; border-bottom: 1px solid #ddd; font-weight: normal; }
thead th { border-bottom: 2px solid #888; } td.number, th.number { text-align: right;
  font-variant-numeric: tabular-nums; }
.facts th { width: 14rem; color: #555; } .parties .facts th { width: auto; } .facts td { overflow-wrap: anywhere; }
small { white-space: nowrap; } small, .place { color: #777; font-size: .78rem; }
tr.main td { font-weight: 600; } .doubt { background: #fff3cd; }
.reasons { margin-top: .6rem; border-left: 4px solid #d39e00; padding-left: .8rem; }
a { color: inherit; } .xml { font: 12px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
.xml div { margin-left: 1.2em; } .xml b { font-weight: 600; } :target { background: #ffe58a; }
@media print { body { margin: 0; max-width: none; } .source { display: none; } a { text-decoration: none; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_KEPT = "\n"


def make(tag: str, *content: Element | str, **attributes: str) -> Element:
    """An element with its content in order; ``class_`` is the attribute ``class``."""
    named = {name.rstrip("_").replace("_", "-"): make_printable(text) for name, text in attributes.items()}
    element = Element(tag, named)
    for each in content:
        if isinstance(each, Element):
            element.append(each)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + make_printable(each, keep=_KEPT)
        else:
            element.text = (element.text or "") + make_printable(each, keep=_KEPT)
    return element


def make_table(heads: Sequence[str], rows: Iterable[Sequence[Element]], *, numbers: int) -> Element:
    """A table whose last ``numbers`` columns are figures; ``rows`` are of cells."""
    first = len(heads) - numbers
    cells = [make("th", head, class_="number") if n >= first else make("th", head) for n, head in enumerate(heads)]
    return make("table", make("thead", make("tr", *cells)), make("tbody", *(make("tr", *row) for row in rows)))


def write_page(title: str, *content: Element) -> str:
    """The whole document, with its style in it and nothing from elsewhere."""
    style = Element("style")
    style.text = STYLE  # ours, and as it stands: a style is not escaped
    head = make(
        "head",
        make("meta", charset="utf-8"),
        make("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        make("meta", name="viewport", content="width=device-width, initial-scale=1"),
        make("title", title),
        style,
    )
    html = make("html", head, make("body", *content), lang="en")
    return "<!DOCTYPE html>\n" + tostring(html, encoding="unicode", method="html") + "\n"
