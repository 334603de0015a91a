"""A change of the text that a person refuses: the document is read again without it, by a real worker."""

import json
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

MODEL = Path(__file__).parents[3] / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf"
PRINTED = [
    "Northwind Widgets Ltd",
    "12 High Street, Bristol",
    "Payrnent of INV-4711",
    "Date: 05 March 2024",
    "",
    "Total due: 125.50 GBP",
]


@pytest.fixture
def corrected(office):
    """A record of a picture on which a word is misprinted, which correction mends."""
    page = Image.new("L", (1240, 900), "white")
    draw = ImageDraw.Draw(page)
    for row, line in enumerate(PRINTED):
        draw.text((120, 100 + 90 * row), line, "black", font_size=40)
    page.save(office.folder / "scan.png")
    settings = office.config.read_text().replace(f"{office.folder}/none.gguf", str(MODEL))
    office.config.write_text(settings + "[workers]\ncount = 1\n")
    done = office.run("process", str(office.folder / "scan.png"), timeout=120)
    assert done.code == 0, done.err
    return office


def show(office):
    return json.loads(office.run("show", "--json", "1").out)


def test_a_refused_edit_is_not_made_again_until_it_is_allowed(corrected):
    edits = [edit["before"] for edit in show(corrected)["edits"]]
    assert "Payrnent" in edits
    corrected.run("set", "1", "total=77.70")

    done = corrected.run("reprocess", "1", "--refuse", str(edits.index("Payrnent") + 1), timeout=120)
    assert done.code == 0, done.err
    refused = show(corrected)
    assert "Payrnent" not in [edit["before"] for edit in refused["edits"]]
    assert "Payrnent" in (refused["enhanced_text"] or refused["raw_text"])
    assert ("77.70", "human") == (refused["fields"]["total"]["value"], refused["fields"]["total"]["source"])
    (kept,) = refused["refused_edits"]
    assert ("Payrnent", "Payment", None) == (kept["before"], kept["after"], kept["withdrawn"])
    assert "“Payrnent” stays" in corrected.run("show", "1").out
    again = corrected.run("process", "--again", "--json", str(corrected.folder / "scan.png"), timeout=120)
    assert "Payrnent" not in [edit["before"] for edit in json.loads(again.out)["edits"]]

    assert corrected.run("reprocess", "1", "--allow", str(kept["id"]), timeout=120).code == 0
    assert edits == [edit["before"] for edit in show(corrected)["edits"]]
    assert show(corrected)["refused_edits"][0]["withdrawn"] is not None


def test_what_is_no_edit_is_not_refused(corrected):
    done = corrected.run("reprocess", "1", "--refuse", "99")
    assert "has no edit 99" in done.err
    assert corrected.run("reprocess", "1", "--allow", "5").code == 2
