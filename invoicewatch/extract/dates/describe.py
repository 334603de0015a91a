"""What can be said of a day that may be the date of issue, as named numbers: what the ranking learns from.

Nothing here decides. Shares are 0 to 1; counts are cut where more says no more. No feature tells how old a day is by
today's calendar: old papers are read as well as new ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from invoicewatch.extract.dates.claims import DateClaim
from invoicewatch.extract.dates.numbered import is_numbered, list_number_labels
from invoicewatch.extract.dates.roles import DateRole
from invoicewatch.extract.page.layout import Row

_MANY = 4
_YEAR = 365.25
_MONEY = re.compile(r"\d[.,]\d{2}(?!\d)")
_PLAIN_PHRASE = 4
_NEIGHBOURS = 1  # rows
_ROLES = tuple(role for role in DateRole if role is not DateRole.NONE)


@dataclass(frozen=True)
class DateScene:
    """All dates of a document in reading order, each with the day that it means."""

    claims: tuple[DateClaim, ...]
    days: tuple[date, ...]
    rows: Mapping[int, Sequence[Row]]

    @cached_property
    def by_day(self) -> dict[date, list[DateClaim]]:
        """Where each day stands."""
        found: dict[date, list[DateClaim]] = {}
        for claim, day in zip(self.claims, self.days, strict=True):
            found.setdefault(day, []).append(claim)
        return found

    @cached_property
    def last_page(self) -> int:
        """The last page that holds a date."""
        return max(claim.row.page for claim in self.claims)

    @cached_property
    def heights(self) -> dict[int, float]:
        """The usual height of a row, page by page."""
        return {
            page: sorted(row.box.height for row in rows)[len(rows) // 2] for page, rows in self.rows.items() if rows
        }

    def rows_around(self, row: Row) -> list[Row]:
        """The rows right above and below."""
        rows = self.rows.get(row.page, ())
        return [rows[n] for n in (row.number - _NEIGHBOURS, row.number + _NEIGHBOURS) if 0 <= n < len(rows)]


def describe_day(scene: DateScene, day: date, best: DateClaim, *, out_of_range: bool) -> dict[str, float]:
    """The features of ``day``; ``best`` is where it looks most like the date of issue."""
    claims = scene.by_day[day]
    return {
        **_describe_labels(claims, best),
        **_describe_writing(claims, best),
        **_describe_place(scene, claims, best),
        **_describe_others(scene, day),
        "out_of_range": float(out_of_range),
    }


def _describe_labels(claims: Sequence[DateClaim], best: DateClaim) -> dict[str, float]:
    features = {f"as_{role}": 0.0 for role in _ROLES}
    for claim in claims:
        if claim.label:
            name = f"as_{claim.role}"
            features[name] = max(features[name], claim.label.score * (1.0 if claim.beside else 0.8))
    label = best.label
    return {
        **features,
        "unlabelled": float(all(claim.label is None for claim in claims)),
        "roles": min(_MANY, len({claim.role for claim in claims if claim.label})),
        "label_score": label.score if label else 0.0,
        "label_leads": float(label is not None and label.leads),
        "label_words": min(_MANY, len(label.phrase.split())) if label else 0.0,
        "label_short": float(label is not None and len(label.phrase) < _PLAIN_PHRASE),
        "label_above": float(label is not None and not best.beside),
        "qualified": float(best.qualified),
        "prefixed": float(best.prefixed),
        "in_items": float(any(claim.in_items for claim in claims)),
        "numbered": float(any(is_numbered(claim) for claim in claims)),
    }


def _describe_writing(claims: Sequence[DateClaim], best: DateClaim) -> dict[str, float]:
    written = best.written
    return {
        "with_time": float(any(claim.with_time for claim in claims)),
        "mended": float(all(claim.written.repaired for claim in claims)),
        "short_year": float(written.short_year),
        "cut": float(best.cut),
        "year_leads": float(written.kind == "ymd"),
        "compact": float(all(claim.written.kind == "compact" for claim in claims)),
        "named_month": float(written.kind == "named"),
        "dotted": float(written.sign == "."),
        "unclear": 1.0 - min((word.confidence for word in best.words), default=0.0) / 100,
        "agreed": float(all(word.agreed for word in best.words)),
        "inside_word": float(best.words[0].text[:1].isalpha() and best.written.kind != "named"),
    }


def _describe_place(scene: DateScene, claims: Sequence[DateClaim], best: DateClaim) -> dict[str, float]:
    row, box = best.row, best.box
    others = [word.text for n, word in enumerate(row.words) if not best.first <= n < best.last]
    around = [label for each in scene.rows_around(row) for label in list_number_labels(each)]
    height = scene.heights.get(row.page, 0.0)
    rows = len(scene.rows.get(row.page, ()))
    return {
        "times": min(_MANY, len(claims)),
        "x": box.x0,
        "y": box.middle[1],
        "row_share": row.number / rows if rows else 0.0,
        "page": min(_MANY, row.page),
        "on_last_page": float(row.page == scene.last_page),
        "alone_on_row": float(not others),
        "row_words": min(12.0, len(others)),
        "row_letters": min(60.0, sum(char.isalpha() for text in others for char in text)),
        "row_money": float(sum(bool(_MONEY.search(text)) for text in others)),
        "row_number_label": float(bool(list_number_labels(row))),
        "near_number_label": float(bool(around)),
        "dates_on_row": min(_MANY, sum(claim.row == row for claim in scene.claims)),
        "leads_row": float(best.first == 0),
        "larger": min(3.0, box.height / height) if height else 1.0,
    }


def _describe_others(scene: DateScene, day: date) -> dict[str, float]:
    days = sorted(scene.by_day)
    order = list(scene.by_day)
    later = [each for each in days if each > day]
    return {
        "days": min(8.0, len(days)),
        "only_day": float(len(days) == 1),
        "first": float(order[0] == day),
        "last": float(order[-1] == day),
        "nth": min(8.0, order.index(day)),
        "oldest": float(days[0] == day),
        "newest": float(days[-1] == day),
        "later_days": min(_MANY, len(later)),
        "years_behind": min(5.0, (days[-1] - day).days / _YEAR),
        "days_to_next": min(100.0, (later[0] - day).days) if later else 0.0,
        "others_with_time": float(
            any(c.with_time for each, found in scene.by_day.items() if each != day for c in found)
        ),
        "others_labelled": float(
            any(
                c.role in {DateRole.ISSUE, DateRole.DATE}
                for each, cs in scene.by_day.items()
                if each != day
                for c in cs
            )
        ),
    }
