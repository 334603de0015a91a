"""Files inside documents and readable pages: handed out in ways in which they can do nothing."""

from invoicewatch.records import Attachment
from invoicewatch.samples.files.cii import write_cii
from invoicewatch.samples.invent.document import make_spec
from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.write import Form, make_sample
from invoicewatch.web.people.rights import Right


def test_an_attachment_is_handed_out_to_be_kept(office):
    sample = make_sample(302, Kind.INVOICE, Form.FACTURX)
    inside = (Attachment("factur-x.xml", "application/xml", 1), Attachment("not/there\r\n.xml", "application/xml", 1))
    number = office.save("a.pdf", content=sample.content, record={"attachments": inside})
    visit = office.visit(Right.READER)
    answer = visit.get(f"/record/{number}/attachment/0")
    assert answer.status_code == 200
    assert b"CrossIndustryInvoice" in answer.content
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''factur-x.xml"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert visit.get(f"/record/{number}/attachment/1").status_code == 422
    for position in ("2", "-1", "x"):
        assert visit.get(f"/record/{number}/attachment/{position}").status_code in {404, 422}


def test_the_readable_page_has_a_policy_that_allows_its_own_style_alone(office):
    content = write_cii(make_spec(1, Kind.INVOICE, "DE"))
    number = office.save("a.xml", content=content)
    answer = office.visit(Right.READER).get(f"/record/{number}/paper")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'sha256-" in policy
    assert "unsafe" not in policy
    assert "sandbox" in policy
    assert "INV-1" in answer.text
