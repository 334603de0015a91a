"""docs/errors.md: every error code with its cause, its exit codes, its remedy and where it is raised."""

from collections import defaultdict
from collections.abc import Mapping

from invoicewatch.error_codes import ERROR_CODES, OPERATING_SYSTEM, ErrorCode
from scripts.papers.error_sites import RECORDED, Site, find_exit_codes, find_sites
from scripts.papers.marked import make_table


def write_errors() -> str:
    """A table of all codes, by name.

    Raises:
        KeyError: A code is raised that ``ERROR_CODES`` does not list.
    """
    sites: dict[str, list[Site]] = defaultdict(list)
    for site in find_sites():
        sites[site.code].append(site)
    exits = find_exit_codes()
    rows = [_write_row(code, ERROR_CODES[code], found, exits) for code, found in sorted(sites.items())]
    rows.append(["*errno*", OPERATING_SYSTEM.cause, "1", OPERATING_SYSTEM.remedy, "`workers`, `daemon`"])
    return make_table(["code", "what happened", "exit", "what to do", "raised by"], rows)


def _write_row(code: str, meant: ErrorCode, sites: list[Site], exits: Mapping[str, int]) -> list[str]:
    found = sorted({1 if site.error == RECORDED else exits[site.error] for site in sites})
    rooms = sorted({site.file.partition("/")[0].removesuffix(".py") for site in sites})
    return [
        f"`{code}`",
        meant.cause,
        ", ".join(map(str, found)),
        meant.remedy,
        ", ".join(f"`{room}`" for room in rooms),
    ]
