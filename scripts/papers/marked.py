"""The part of a paper that is made, between two marks; what people wrote around it stays."""

BEGIN = "<!-- made by `make docs`: do not edit below -->"
END = "<!-- made by `make docs`: end -->"


def replace_made(paper: str, made: str) -> str:
    """The paper with the part between its marks replaced. Raises ValueError where it has not one pair of marks."""
    before, begin, rest = paper.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the paper lacks the marks between which its made part belongs")
    return f"{before}{BEGIN}\n\n{made.strip()}\n\n{END}{after}"


def make_table(titles: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; bars inside cells are escaped."""
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
