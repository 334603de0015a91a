"""The house: rooms are small, and a module's name says what its room's does not."""

from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "invoicewatch"
ROOMS = sorted({file.parent for file in PACKAGE.rglob("*.py")} - {PACKAGE / "store" / "migrations" / "versions"})
MOST_MODULES = 16


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: str(room.relative_to(PACKAGE.parent)))
def test_no_room_holds_more_modules_than_can_be_taken_in_at_a_glance(room):
    assert len(list(room.glob("*.py"))) <= MOST_MODULES


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: str(room.relative_to(PACKAGE.parent)))
def test_no_module_repeats_the_name_of_its_room(room):
    assert [file.name for file in room.glob("*.py") if file.stem in {room.name, room.name.removesuffix("s")}] == []


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: str(room.relative_to(PACKAGE.parent)))
def test_every_room_says_what_it_holds_and_who_calls_it(room):
    lines = (room / "__init__.py").read_text(encoding="utf-8").strip().splitlines()
    assert len(lines) >= 3 or room == PACKAGE
