"""What came of a stream, in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.attention.clerk import Outcome

FEW = 3
"""After so many documents a seller is known."""
WINDOW = 100
_MOST_WINDOWS = 60


def sum_up(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """All figures of one run; shares are of 1, questions of a hundred documents."""
    known = [each for each in outcomes if each.nth > FEW]
    return {
        "all": _count(outcomes),
        "known_sellers": _count(known),
        "by_form": {form: _count([each for each in outcomes if each.form == form]) for form in _list_forms(outcomes)},
        "asked_for": dict(Counter(name for each in outcomes for name in each.asked).most_common()),
        "changed_layouts": _count_noticed([each for each in outcomes if each.changed], "layout"),
        "changed_accounts": _count_noticed([each for each in outcomes if each.moved], "account"),
        "for_nothing": _count_false(outcomes),
        "over_time": follow(outcomes),
    }


def follow(outcomes: Sequence[Outcome]) -> list[dict[str, float]]:
    """Questions of a hundred documents, and accepted and wrong so far, along the stream."""
    step = max(1, len(outcomes) // _MOST_WINDOWS)
    points = []
    for end in range(min(WINDOW, len(outcomes)), len(outcomes) + 1, step):
        latest = outcomes[max(0, end - WINDOW) : end]
        points.append(
            {
                "document": end,
                "questions": round(100 * sum(len(each.asked) for each in latest) / len(latest), 2),
                "wrong": sum(bool(each.wrong) for each in outcomes[:end]),
            }
        )
    return points


def _count(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    number, accepted = len(outcomes), sum(each.accepted for each in outcomes)
    wrong = sum(bool(each.wrong) for each in outcomes)
    return {
        "documents": number,
        "questions": round(100 * sum(len(each.asked) for each in outcomes) / max(1, number), 2),
        "accepted": round(accepted / max(1, number), 4),
        "accepted_wrong": wrong,
        "wrong_share": round(wrong / max(1, accepted), 4),
    }


def _count_noticed(changed: Sequence[Outcome], what: str) -> dict[str, int]:
    """How often the change itself was named, and how often the document at least went to review."""
    named = [each.layout_noticed if what == "layout" else "new_account" in each.alarms for each in changed]
    return {"changed": len(changed), "named": sum(named), "looked_at": sum(not each.accepted for each in changed)}


def _count_false(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """Alarms and changes named where nothing had changed: the stream has no fraud but the changes."""
    false = Counter(code for each in outcomes for code in each.alarms if not (code == "new_account" and each.moved))
    false["layout"] = sum(each.layout_noticed and not each.changed for each in outcomes)
    return dict(false)


def _list_forms(outcomes: Sequence[Outcome]) -> list[str]:
    return sorted({each.form for each in outcomes})


def format_figures(name: str, figures: Mapping[str, Any]) -> str:
    """A run's figures for people."""
    lines = [f"{name}", f"  {'':28s} documents  questions/100  accepted  accepted and wrong"]
    parts = {"all": figures["all"], f"after a seller's {FEW}": figures["known_sellers"], **figures["by_form"]}
    for part, each in parts.items():
        lines.append(
            f"  {part:28s} {each['documents']:9d} {each['questions']:14.1f} {each['accepted']:9.3f}"
            f" {each['accepted_wrong']:8d} ({each['wrong_share']:.2%})"
        )
    for what in ("changed_layouts", "changed_accounts"):
        each = figures[what]
        lines.append(
            f"  {what.replace('_', ' ')}: {each['named']} of {each['changed']} named, {each['looked_at']} looked at"
        )
    lines.append(f"  asked for: {figures['asked_for']}")
    lines.append(f"  alarms for nothing: {figures['for_nothing']}")
    return "\n".join(lines)
