"""The tables of ``docs/einvoices.md``: where each field stands in each syntax."""

from collections.abc import Iterator

from invoicewatch.extract.einvoice.syntaxes.known import SYNTAXES
from invoicewatch.extract.einvoice.syntaxes.record import (
    LINE_TERMS,
    TAX_TERMS,
    TERMS,
    Attribute,
    Items,
    Join,
    Sum,
    Syntax,
    TermSource,
)
from scripts.papers.marked import make_table


def write_einvoices() -> str:
    """The terms with what they mean, and a table a syntax."""
    meanings = make_table(["Term", "What it is"], [[f"`{term}`", meant] for term, meant in TERMS.items()])
    return "\n\n".join([meanings, *_list_syntaxes()]) + "\n"


def _list_syntaxes() -> Iterator[str]:
    """A heading and a table for each syntax; elements that share their table share both."""
    tags: dict[int, list[str]] = {}
    for tag, syntax in SYNTAXES.items():
        tags.setdefault(id(syntax), []).append(tag)
    for tag, syntax in SYNTAXES.items():
        shared = tags.pop(id(syntax), None)
        if shared is not None:
            yield f"### {syntax.name}: {tag.rpartition('}')[2]}"
            yield "\n".join(f"- `{each}`" for each in shared)
            yield from _list_remarks(syntax)
            yield make_table(
                ["Term", "Where it stands; the first that has a text"],
                [[f"`{term}`", _describe_sources(syntax.paths[term])] for term in TERMS if term in syntax.paths],
            )
            if syntax.items is not None:
                yield from _list_items(syntax.items)


def _list_items(items: Items) -> Iterator[str]:
    """A table each for the lines and the tax by rate."""
    heads = {
        items.line: (LINE_TERMS, items.line_terms, "A line"),
        items.tax: (TAX_TERMS, items.tax_terms, "Tax by rate"),
    }
    for path, (terms, sources, name) in heads.items():
        if path:
            rows = [[f"`{term}`", _describe_sources(sources[term])] for term in terms if term in sources]
            yield make_table([f"{name}, `{path}`", "From there"], rows)
    if items.groups:
        rows = [[f"`{each.base}`", f"`{each.tax}`" * bool(each.tax), ", ".join(each.rates)] for each in items.groups]
        yield make_table(["Base", "Tax", "Rates in per cent, of which the one that fits counts"], rows)


def _list_remarks(syntax: Syntax) -> Iterator[str]:
    if syntax.credit_codes:
        yield f"A credit note: {', '.join(f'`{code}`' for code in sorted(syntax.credit_codes))}, or a total below zero."
    else:
        yield "A credit note: a total below zero."
    if syntax.country:
        yield f"Tax number and account get the letters `{syntax.country}`."
    if syntax.part:
        yield f"Of several `{syntax.part}` the first is read, and a person must look."


def _describe_sources(sources: tuple[TermSource, ...]) -> str:
    return "<br>".join(_describe_source(source) for source in sources)


def _describe_source(source: TermSource) -> str:
    if isinstance(source, Attribute):
        return f"the attribute `{source.name}`" + f" of `{source.path}`" * (source.path != ".")
    if isinstance(source, Sum):
        return "the sum of " + ", ".join(f"`{path}`" for path in source.paths)
    if isinstance(source, Join):
        return " and ".join(f"`{path}`" for path in source.paths)
    return f"`{source}`"
