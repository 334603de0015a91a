import json
from math import log

from invoicewatch.answers.records.as_json import stored_to_json
from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.records.set import make_entries, set_values
from invoicewatch.records import Box, Lattice, Line, Path, Reading, Word, keep_words


def test_a_record_is_plain_json_with_what_people_entered(shelf):
    stored = read_invoice(shelf.state, str(shelf.save("a.pdf")))
    set_values(shelf.state, stored, make_entries([("total", "7.77")]), who="ann", when=shelf.now)
    values = json.loads(json.dumps(stored_to_json(read_invoice(shelf.state, str(stored.id)), [4, 9])))
    (entry,) = values["entries"]
    assert ("total", "7.77", "12.50", "ann") == (entry["field"], entry["value"], entry["before"], entry["who"])
    assert ([4, 9], "7.77") == (values["near_duplicates"], values["fields"]["total"]["value"])


def test_what_stays_in_doubt_is_told_with_what_else_it_may_be(shelf):
    stored = read_invoice(shelf.state, str(shelf.save("a.pdf")))
    doubt = Lattice(0, 1, "eye + glass", (Path("C0de", log(0.5)), Path("Code", log(0.4)), Path("Cede", log(0.1))))
    line = Line((Word("C0de", Box(0.1, 0.2, 0.2, 0.25), 60.0, "eye"),), (doubt,))
    values = stored_to_json(stored, [], words=[keep_words(Reading(2, (line,), "eye"), 0)])
    assert values["doubts"] == [
        {
            "text": "C0de",
            "probability": 0.5,
            "page": 2,
            "line": 0,
            "box": [0.1, 0.2, 0.2, 0.25],
            "others": [{"text": "Code", "probability": 0.4}, {"text": "Cede", "probability": 0.1}],
            "engines": ["eye", "glass"],
        }
    ]
