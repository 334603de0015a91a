import io
import json

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from invoicewatch.records import FIELD_NAMES
from invoicewatch.samples.__main__ import main
from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.write import TRUTH_NAME, Form, make_sample, write_samples


def count_pages(content):
    document = pdfium.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()


def read_pdf_text(content):
    document = pdfium.PdfDocument(content)
    try:
        return "".join(document[page].get_textpage().get_text_range() for page in range(len(document)))
    finally:
        document.close()


@pytest.mark.parametrize("form", Form)
def test_same_seed_gives_the_same_bytes(form):
    first, second = (make_sample(11, Kind.INVOICE, form, 2) for _ in range(2))
    assert first == second


def test_seeds_differ():
    assert make_sample(1, Kind.RECEIPT, Form.PNG, 0).content != make_sample(2, Kind.RECEIPT, Form.PNG, 0).content


@pytest.mark.parametrize("form", [Form.PNG, Form.JPEG, Form.TIFF])
def test_pictures_open_upright_with_their_resolution(form):
    sample = make_sample(4, Kind.INVOICE, form, 0)
    image = Image.open(io.BytesIO(sample.content))
    assert image.format == form.name
    assert image.size == (1653, 2339)
    assert round(float(image.info["dpi"][0])) == 200


def test_a_long_document_asked_for_as_png_becomes_a_tiff_of_all_its_pages():
    sample = next(
        sample for seed in range(40) if (sample := make_sample(seed, Kind.INVOICE, Form.PNG, 0)).name.endswith(".tiff")
    )
    assert getattr(Image.open(io.BytesIO(sample.content)), "n_frames", 1) == sample.truth["pages"] > 1


def test_a_text_pdf_says_every_word_of_the_truth():
    sample = make_sample(7, Kind.INVOICE, Form.TEXT_PDF)
    text = "".join(read_pdf_text(sample.content).split())
    assert [word for word in sample.truth["words"] if word not in text] == []


def test_a_scanned_pdf_has_pictures_and_no_text():
    sample = make_sample(7, Kind.INVOICE, Form.SCANNED_PDF, 1)
    assert count_pages(sample.content) == sample.truth["pages"]
    assert read_pdf_text(sample.content).strip() == ""


def test_a_facturx_pdf_holds_its_xml():
    document = pdfium.PdfDocument(make_sample(7, Kind.INVOICE, Form.FACTURX).content)
    attachment = document.get_attachment(0)
    assert attachment.get_name() == "factur-x.xml"
    assert b"CrossIndustryInvoice" in bytes(attachment.get_data())
    document.close()


def test_only_invoices_and_credit_notes_become_e_invoices():
    assert make_sample(3, Kind.RECEIPT, Form.CII).name.endswith(".pdf")


def test_truth_names_every_field_and_counts_pages():
    sample = make_sample(5, Kind.INVOICE, Form.PNG, 1)
    assert tuple(sample.truth["fields"]) == FIELD_NAMES
    assert sample.truth["file"] == sample.name
    assert sample.truth["grade"] == 1
    assert len(sample.truth["words"]) > 30


def test_grades_get_worse():
    """The further a scan is from the clean page, the higher its grade."""
    clean, *worn = (
        np.asarray(Image.open(io.BytesIO(make_sample(9, Kind.RECEIPT, Form.PNG, grade).content)), dtype=float)
        for grade in (0, 1, 2)
    )
    blacks = [np.percentile(page, 2) for page in (clean, *worn)]
    assert blacks == sorted(blacks)
    assert blacks[0] < blacks[2]


def test_some_bad_scans_are_turned_on_their_side():
    shapes = {Image.open(io.BytesIO(make_sample(seed, Kind.RECEIPT, Form.JPEG, 3).content)).size for seed in range(6)}
    assert {width > height for width, height in shapes} == {True, False}


def test_a_folder_of_samples_has_one_truth_a_file(tmp_path):
    samples = list(
        write_samples(tmp_path / "new", 6, 1, kinds=[Kind.RECEIPT, Kind.INVOICE], forms=[Form.JPEG, Form.TEXT_PDF])
    )
    lines = [json.loads(line) for line in (tmp_path / "new" / TRUTH_NAME).read_text(encoding="utf-8").splitlines()]
    assert [sample.truth for sample in samples] == lines
    assert {line["file"] for line in lines} == {path.name for path in (tmp_path / "new").iterdir()} - {TRUTH_NAME}
    assert {(line["kind"], line["form"]) for line in lines} == {
        ("receipt", "jpeg"),
        ("receipt", "text_pdf"),
        ("invoice", "jpeg"),
        ("invoice", "text_pdf"),
    }


def test_the_command_writes_what_it_is_asked_for(tmp_path, capsys):
    assert (
        main([str(tmp_path), "--count", "2", "--seed", "5", "--grade", "0", "--kinds", "receipt", "--forms", "jpg"])
        == 0
    )
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".jpg", ".jpg", ".jsonl"]
    assert "00005-receipt" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wrong", [["--count", "0"], ["--count", "x"], ["--seed", "-1"], ["--grade", "5"], ["--kinds", "bill"]]
)
def test_the_command_refuses_nonsense(wrong, tmp_path):
    with pytest.raises(SystemExit) as stopped:
        main([str(tmp_path), *wrong])
    assert stopped.value.code == 2


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path, capsys):
    (tmp_path / "file").write_bytes(b"")
    assert main([str(tmp_path / "file" / "samples")]) == 1
    error = capsys.readouterr().err
    assert str(tmp_path / "file") in error
    assert len(error.splitlines()) == 1
