import io
import json

import pypdfium2 as pdfium
import pytest
from PIL import Image

from invoicewatch.records import FIELD_NAMES, join_text
from invoicewatch.samples.__main__ import main
from invoicewatch.samples.free.files import make_free_file
from invoicewatch.samples.free.sample import free_reading, make_free_sample
from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.write import TRUTH_NAME, Form


@pytest.mark.parametrize("form", [Form.PNG, Form.SCANNED_PDF, Form.TEXT_PDF])
def test_same_seed_gives_the_same_bytes(form):
    first, second = (make_free_file(11, None, form, 1) for _ in range(2))
    assert first == second


def test_seeds_differ():
    assert make_free_file(1, form=Form.PNG, grade=0).content != make_free_file(2, form=Form.PNG, grade=0).content


@pytest.mark.parametrize("kind", [Kind.INVOICE, Kind.CREDIT_NOTE, Kind.RECEIPT])
def test_a_kind_may_be_asked_for(kind):
    assert {make_free_sample(seed, kind).bill.spec.kind for seed in range(5)} == {kind}


def test_what_free_layouts_lack_becomes_what_is_nearest():
    sample = make_free_file(3, Kind.REMINDER, Form.CII)
    assert (sample.truth["kind"], sample.truth["form"]) == ("invoice", "text_pdf")


def test_a_text_pdf_says_every_word_of_the_truth():
    sample = make_free_file(7, Kind.INVOICE, Form.TEXT_PDF)
    document = pdfium.PdfDocument(sample.content)
    text = "".join(document[page].get_textpage().get_text_range() for page in range(len(document)))
    document.close()
    assert [word for word in sample.truth["words"] if word not in "".join(text.split())] == []


def test_a_reading_needs_no_engine_and_has_the_truth_of_the_file():
    readings, fields = free_reading(5)
    truth = make_free_file(5, form=Form.TEXT_PDF).truth
    assert fields == truth["fields"]
    assert join_text(readings).split() == [word for each in truth["words"] for word in each.split()]
    assert tuple(fields) == FIELD_NAMES


def test_a_damaged_reading_is_misread_the_same_way_each_time():
    clean, _ = free_reading(5)
    damaged, _ = free_reading(5, damage=0.2)
    assert damaged == free_reading(5, damage=0.2)[0]
    before, after = (join_text(pages).split() for pages in (clean, damaged))
    assert 0 < len(set(before) - set(after)) < 0.6 * len(set(before))


def test_the_command_writes_free_layouts_with_their_truth(tmp_path, capsys):
    asked = ["--layouts", "free", "--count", "2", "--seed", "4", "--grade", "0", "--forms", "png", "--kinds", "receipt"]
    assert main([str(tmp_path), *asked]) == 0
    lines = [json.loads(line) for line in (tmp_path / TRUTH_NAME).read_text(encoding="utf-8").splitlines()]
    assert [line["layout"] for line in lines] == ["free", "free"]
    assert {line["file"] for line in lines} == {path.name for path in tmp_path.iterdir()} - {TRUTH_NAME}
    assert Image.open(io.BytesIO((tmp_path / lines[0]["file"]).read_bytes())).format == "PNG"
    assert "00004-free-receipt" in capsys.readouterr().out
