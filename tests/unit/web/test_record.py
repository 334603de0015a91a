"""The page of a document: what it shows to whom, what its forms change, and what they refuse."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from math import log

import pytest

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.records.forget import erase, plan_erasure
from invoicewatch.answers.records.refuse import list_refusals
from invoicewatch.answers.records.version import find_version
from invoicewatch.records import (
    Alarm,
    AlarmCode,
    Attachment,
    Box,
    BrokenRule,
    Code,
    Edit,
    InvoiceLine,
    Lattice,
    Line,
    Part,
    Path,
    Reading,
    Signature,
    SignatureState,
    Source,
    Status,
    TaxByRate,
    Validation,
    Validity,
    Word,
    keep_words,
)
from invoicewatch.store.database.deed import Doer
from invoicewatch.web.paper.rereading import Change, Job, Rereader, Stage
from invoicewatch.web.people.rights import Right

BOX = Box(0.1, 0.2, 0.3, 0.25)
EDIT = Edit(1, 1, 0, 1, "T0tal", "Total", BOX, "a known word", -9.5, -2.25, "spelling")
HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}"
FULL = {
    "raw_text": "Acme Ltd\nT0tal 12.50",
    "enhanced_text": "Acme Ltd\nTotal 12.50",
    "edits": (EDIT,),
    "lines": (
        InvoiceLine(
            "Garden hose", Decimal("2.5"), "m", Decimal(4), Decimal(10), None, Decimal(20), Source.OCR, True, 1, BOX
        ),
    ),
    "taxes": (TaxByRate("S", Decimal(20), Decimal(10), Decimal("2.00"), Source.OCR, True, 1, BOX),),
    "alarms": (Alarm(AlarmCode.NEW_ACCOUNT, "a new account", "iban"),),
    "notes": ("page 2 left out",),
    "codes": (Code("https://pay.example", "QRCode", 1, BOX),),
    "signature": Signature(SignatureState.INTACT, "Ann"),
    "validation": Validation(
        Validity.INVALID, "EN 16931", (BrokenRule("BR-1", "a rule that is broken", "/*:Invoice"),)
    ),
    "attachments": (Attachment("a/../b.xml", "application/xml", 12),),
}


@pytest.fixture
def asked(monkeypatch):
    """The records that were asked to be read again; nothing is read."""
    numbers = []
    monkeypatch.setattr(Rereader, "ask", lambda _self, _config, number, _who: numbers.append(number))
    return numbers


def change(office, visit, number, action, **values):
    stored = read_invoice(office.state, str(number))
    data = {"version": find_version(stored), "seen": len(stored.entries)} | values
    return visit.post(f"/record/{number}/{action}", data=data)


def counts(office, number, name="total"):
    field = read_invoice(office.state, str(number)).invoice.fields[name]
    return None if field is None else field.value


def test_everything_that_is_known_is_on_the_page(office):
    number = office.save(record=FULL)
    page = office.visit(Right.READER).get(f"/record/{number}").text
    for words in (
        "Acme Ltd", "€12.50", "label beside it", "72.50", "Garden hose", "20 %", "a new account", "page 2 left out",
        "https://pay.example", "intact, signer not verified", "a rule that is broken", "a/../b.xml", "a known word",
        '<del data-edit="0">T0tal</del>', '<ins data-edit="0">Total</ins>', "It arrived", "the total is not proved",
    ):  # fmt: skip
        assert words in page, words


def test_who_may_only_read_is_shown_no_form_and_may_use_none(office, asked):
    number = office.save(record=FULL)
    reader = office.visit(Right.READER)
    assert f'action="/record/{number}' not in reader.get(f"/record/{number}").text
    for action in ("set", "edits/refuse", "edits/allow", "reread", "retry", "forget"):
        values = {"field": "total", "how": "none", "position": 0, "refusal": 1, "extent": "record"}
        assert change(office, reader, number, action, **values).status_code == 404, action
    assert reader.get(f"/record/{number}/forget").status_code == 404
    assert office.visit(Right.EDITOR).get(f"/record/{number}/forget").status_code == 404
    assert asked == []


@pytest.mark.parametrize("number", [10**30, -(10**30)])
def test_a_number_that_is_none_is_refused(office, asked, number):
    record, visit = office.save(record=FULL), office.visit(Right.EDITOR)
    assert change(office, visit, record, "edits/allow", refusal=number).status_code == 422
    assert change(office, visit, record, "set", field="total", how=f"other:{'9' * 5000}").status_code == 422
    assert visit.post("/inbox/retry", data={"file": number}).status_code == 422
    for action in ("retry", "reread"):
        assert visit.post(f"/record/{number}/{action}").status_code == 404, action
    assert asked == []


def test_what_a_document_says_is_text_and_nothing_else(office):
    number = office.save(seller_name=HOSTILE, record={**FULL, "raw_text": HOSTILE, "edits": (), "notes": (HOSTILE,)})
    visit = office.visit()
    for path in ("", "/forget", "/paper"):
        page = visit.get(f"/record/{number}{path}").text
        assert "<script>alert" not in page
        assert "{{ 7 * 7 }}" in page


def keep_doubt(read, other):
    """Words of a page of one line, the second of them in doubt."""
    words = tuple(Word(text, BOX, 60.0, "eye") for text in ("Acme", read))
    doubt = Lattice(1, 2, "eye + glass", (Path(read, log(0.55)), Path(other, log(0.45))))
    return (keep_words(Reading(1, (Line(words, (doubt,)),), "eye"), 0),)


def test_what_was_left_in_doubt_is_marked_and_leads_to_what_else_it_may_say(office):
    number = office.save(record={"raw_text": "Acme L1d", "words": keep_doubt("L1d", "Ltd")})
    page = office.visit(Right.READER).get(f"/record/{number}").text
    others = "or “Ltd” (45%); seen by eye + glass"
    assert f'href="#doubt-1-0-1" title="{others}" aria-describedby="others-1-0-1">L<b>1</b>d</a>' in page
    assert f'<span id="others-1-0-1">{others}</span>' in page
    assert 'id="doubt-1-0-1" tabindex="-1" data-page="1" data-box="0.1 0.2 0.3 0.25"' in page
    assert "Marked like this" in page


def test_it_is_marked_in_the_text_that_counts_alone(office):
    record = {"raw_text": "Acne L1d", "enhanced_text": "Acme L1d", "words": keep_doubt("L1d", "Ltd")}
    edit = replace(EDIT, line=0, before="Acne", after="Acme")
    page = office.visit().get(f"/record/{office.save(record={**record, 'edits': (edit,)})}").text
    assert page.count('href="#doubt-1-0-1"') == 1
    assert '<ins data-edit="0">Acme</ins> <a class="unsure"' in page


def test_where_nothing_is_in_doubt_nothing_is_said_of_it(office):
    for record in (FULL, {"words": (keep_words(Reading(1, (), "eye"), 0),)}):
        page = office.visit().get(f"/record/{office.save(record=record)}").text
        assert "Marked like this" not in page
        assert "though in doubt" not in page
        assert "unsure" not in page


def test_what_a_doubt_says_is_text_and_nothing_else(office):
    read, other = '"><b>{{7*7}}', "'\"/><script>alert(1)</script>"
    number = office.save(record={"raw_text": f"Acme {read}", "words": keep_doubt(read, other)})
    page = office.visit().get(f"/record/{number}").text
    assert "<script>alert" not in page
    assert '"><b>{{' not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.split('title="or')[1].split('"')[0]


def test_values_are_set_chosen_denied_and_taken_back(office):
    number = office.save()
    visit = office.visit(Right.EDITOR, "ann")
    assert change(office, visit, number, "set", field="total", how="typed", typed="1.234,50").status_code == 303
    assert counts(office, number) == Decimal("1234.50")
    page = visit.get(f"/record/{number}").text
    assert "by ann" in page
    assert "12.50 → <strong>1234.50" in page
    change(office, visit, number, "set", field="total", how="other:1")
    assert counts(office, number) == Decimal("72.50")
    change(office, visit, number, "set", field="total", how="none")
    assert counts(office, number) is None
    change(office, visit, number, "set", field="total", how="undo")
    assert counts(office, number) == Decimal("12.50")
    change(office, visit, number, "set", field="status", how="typed", typed="accepted")
    assert read_invoice(office.state, str(number)).invoice.status is Status.ACCEPTED


def test_what_is_no_value_is_told_beside_what_was_typed(office):
    number = office.save()
    answer = change(office, office.visit(Right.EDITOR), number, "set", field="total", how="typed", typed="12,5x")
    assert answer.status_code == 422
    assert "12,5x" in answer.text
    assert "is no amount" in answer.text
    assert counts(office, number) == Decimal("12.50")


def test_the_second_of_two_people_sees_what_the_first_did(office, asked):
    number = office.save(record=FULL)
    stored = read_invoice(office.state, str(number))
    first, second = office.visit(Right.EDITOR, "ann"), office.visit(Right.EDITOR, "bob")
    change(office, first, number, "set", field="total", how="typed", typed="13.00")
    seen = {"version": find_version(stored), "seen": 0}
    answer = change(office, second, number, "set", field="total", how="typed", typed="14.00", **seen)
    assert answer.status_code == 409
    assert "<strong>ann</strong>, Total: 12.50 → 13.00" in answer.text
    assert 'value="14.00"' in answer.text
    assert counts(office, number) == Decimal("13.00")
    assert change(office, second, number, "edits/refuse", position=0, **seen).status_code == 409
    assert asked == []
    assert list_refusals(office.state, number) == ()


def test_an_edit_is_refused_and_allowed_by_its_own(office, asked):
    number = office.save(record={**FULL, "edits": (EDIT, replace(EDIT, line=0, before="Acme", after="Acne"))})
    visit = office.visit(Right.EDITOR, "ann")
    assert change(office, visit, number, "edits/refuse", position=1).status_code == 303
    (kept,) = list_refusals(office.state, number)
    assert (kept.refusal.before, kept.who, asked) == ("Acme", "ann", [number])
    assert "undone with the next reading" in visit.get(f"/record/{number}").text
    office.save(record=FULL)
    page = visit.get(f"/record/{number}").text
    assert "“Acme” stays, not “Acne”" in page
    assert f'action="/record/{number}/edits/allow"' in page
    assert change(office, visit, number, "edits/allow", refusal=kept.id).status_code == 303
    assert not list_refusals(office.state, number)[0].stands
    assert asked == [number, number]
    assert change(office, visit, number, "edits/refuse", position=7).status_code == 422
    assert change(office, visit, number, "edits/allow", refusal=99).status_code == 422


def test_other_scans_and_other_documents_of_the_file_are_named(office):
    one = office.save("one.png", record={"part": Part(1, 2, (1,))})
    other = office.save("one.png", record={"part": Part(2, 2, (2,))}, seller_name="Beta Ltd")
    page = office.visit(Right.READER).get(f"/record/{one}").text
    assert "In the same file" in page
    assert f'href="/record/{other}"' in page
    assert "Beta Ltd" in page


def test_forgetting_says_what_goes_and_needs_what_was_seen(office):
    number = office.save()
    original = office.folder / "archive" / "scan.png"
    admin = office.visit(Right.ADMIN)
    assert str(original) in admin.get(f"/record/{number}/forget").text
    assert change(office, admin, number, "forget", extent="file", version="0" * 16).status_code == 409
    assert change(office, admin, number, "forget", extent="everything").status_code == 422
    assert original.exists()
    office.site.rereader._note(Job(number, Stage.DONE, (Change("total", "1.00", "2.00", overruled=False),)))
    assert change(office, admin, number, "forget", extent="file").status_code == 303
    assert office.site.rereader.find(number) is None
    assert not original.exists()
    assert admin.get(f"/record/{number}").status_code == 404


def test_another_document_that_was_given_the_number_meanwhile_is_not_erased(office):
    doer = Doer("ann", datetime(2026, 3, 5, tzinfo=UTC))
    plan = plan_erasure(office.state, str(office.save("one.png")), keep_files=True)
    erase(office.state, plan, doer)
    number = office.save("two.png")
    assert [number] == list(plan.ids)
    erase(office.state, plan, doer)
    assert read_invoice(office.state, str(number))


def test_a_record_is_erased_without_its_file(office):
    number = office.save()
    change(office, office.visit(Right.ADMIN), number, "forget", extent="record")
    assert (office.folder / "archive" / "scan.png").exists()


def test_what_did_not_come_through_an_inbox_cannot_be_tried_again(office):
    number = office.save(status=Status.FAILED)
    visit = office.visit(Right.EDITOR)
    assert "/retry" in visit.get(f"/record/{number}").text
    assert change(office, visit, number, "retry").status_code == 422


def test_a_reading_that_goes_on_is_told_and_one_that_ended_says_what_changed(office):
    number = office.save()
    (office.folder / "archive" / "scan.png").write_bytes(b"another file")
    visit = office.visit(Right.EDITOR)
    assert change(office, visit, number, "reread").status_code == 303
    page = visit.get(f"/record/{number}/reading").text
    assert 'data-stage="waiting"' in page or 'data-stage="reading"' in page
    deadline = datetime.now(UTC).timestamp() + 60
    while 'data-stage="failed"' not in page:
        assert datetime.now(UTC).timestamp() < deadline
        page = visit.get(f"/record/{number}/reading").text
    assert "The file is gone or is not what was recorded." in page
