import json

from invoicewatch.answers.records.as_json import stored_to_json
from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.records.set import make_entries, set_values


def test_a_record_is_plain_json_with_what_people_entered(shelf):
    stored = read_invoice(shelf.state, str(shelf.save("a.pdf")))
    set_values(shelf.state, stored, make_entries([("total", "7.77")]), who="ann", when=shelf.now)
    values = json.loads(json.dumps(stored_to_json(read_invoice(shelf.state, str(stored.id)), [4, 9])))
    (entry,) = values["entries"]
    assert ("total", "7.77", "12.50", "ann") == (entry["field"], entry["value"], entry["before"], entry["who"])
    assert ([4, 9], "7.77") == (values["near_duplicates"], values["fields"]["total"]["value"])
