"""What the commands really print as JSON keeps to the contract of docs/json.md."""

import json

import pytest

from invoicewatch.records.contract.answers import ANSWERS
from scripts.papers.shapes import find_breaches


@pytest.mark.parametrize(
    "command",
    [
        "search acme",
        "list",
        "show 1",
        "stats",
        "stats --by seller",
        "status",
        "check",
        "doctor",
        "config",
        "model list",
    ],
)
def test_a_command_prints_what_the_contract_says(filled, command):
    done = filled.run(*command.split(), "--json")
    name = next(name for name in sorted(ANSWERS, key=len, reverse=True) if command.startswith(name))
    objects = [json.loads(line) for line in done.out.splitlines()]
    assert objects or name in {"check", "model list"}
    assert [fault for each in objects for fault in find_breaches(each, ANSWERS[name].shape)] == []
