"""What a PDF holds besides its pages' own text: forms, files, documents, and text that is a cipher."""

from io import BytesIO

import pypdfium2 as pdfium
import pytest

from tests.functional.process.documents import TEXT_PDF
from tests.unit.pages.conftest import assemble, make_stream

LINES = ("INVOICE 2024-118", "Date of invoice:", "Net amount 420.00 EUR", "VAT 19 % 79.80 EUR", "Total amount:")
VALUES = {722: "26.06.2024", 662: "499.80 EUR"}


def make_form():
    """An invoice whose date and total were typed into a form."""
    rows = "".join(f"1 0 0 1 72 {742 - 20 * n} Tm ({line}) Tj " for n, line in enumerate(LINES))
    fields = [
        f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (f{y}) /V ({value}) /Rect [170 {y - 4} 300 {y + 12}] /F 4 "
        "/DA (/F1 11 Tf 0 g) >>"
        for y, value in VALUES.items()
    ]
    form = "/AcroForm << /Fields [6 0 R 7 0 R] /DA (/F1 11 Tf 0 g) /DR << /Font << /F1 3 0 R >> >> >>"
    return assemble(
        [
            f"<< /Type /Catalog /Pages 2 0 R {form} >>",
            "<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            (
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [6 0 R 7 0 R] "
                "/Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>"
            ),
            make_stream(f"BT /F1 11 Tf {rows} ET"),
            *fields,
        ]
    )


def make_portfolio(*documents):
    pdf = pdfium.PdfDocument.new()
    pdf.new_page(300, 400)
    for number, document in enumerate(documents, 1):
        pdf.new_attachment(f"bill-{number}.pdf").set_data(document)
    buffer = BytesIO()
    pdf.save(buffer)
    pdf.close()
    return buffer.getvalue().replace(b"/Type/Catalog", b"/Type/Catalog/Collection<</View/D>>")


@pytest.fixture(scope="module")
def run(invoicewatch, tmp_path_factory):
    folder = tmp_path_factory.mktemp("inside")
    (folder / "form.pdf").write_bytes(make_form())
    (folder / "portfolio.pdf").write_bytes(make_portfolio(make_form(), TEXT_PDF.content))
    run = invoicewatch("process", "--json", str(folder))
    assert 0 == run.code, run.err
    return run


def test_what_was_typed_into_a_form_is_found(run):
    (record,) = [line for line in run.lines if line["path"].endswith("form.pdf")]
    fields = record["fields"]
    assert ("499.80", "2024-06-26") == (fields["total"]["value"], fields["issue_date"]["value"])
    assert fields["total"]["box"][0] == pytest.approx(172 / 595, abs=0.02)
    assert record["engine"].startswith("pdfium")


def test_the_documents_of_a_portfolio_are_records_of_their_own_and_name_all_in_it(run):
    records = [line for line in run.lines if line["path"].endswith("portfolio.pdf")]
    assert [[2], [3]] == [record["part"]["pages"] for record in records]
    assert ["499.80", "INVOICE 2024-118"] == [
        records[0]["fields"]["total"]["value"],
        records[0]["raw_text"].splitlines()[0],
    ]
    for record in records:
        assert "cover pages of the file, in no part: 1" in record["notes"]
        assert not any("several documents" in reason for reason in record["reasons"])
        assert [("bill-1.pdf", "pages"), ("bill-2.pdf", "pages")] == [
            (each["name"], each["taken_for"]) for each in record["attachments"]
        ]


def test_the_files_inside_are_kept_with_the_record(invoicewatch, run):
    found = [line for line in invoicewatch("list", "--json").lines if line["path"].endswith("portfolio.pdf")]
    shown = [line for each in found for line in invoicewatch("show", "--json", str(each["id"])).lines]
    assert 2 == len(shown)
    made = [line["attachments"] for line in run.lines if line["path"].endswith("portfolio.pdf")]
    assert made == [line["attachments"] for line in shown]
