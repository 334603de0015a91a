from invoicewatch.extract.page.layout import view_page
from invoicewatch.extract.parties.names.find import find_candidates
from invoicewatch.extract.parties.names.glance import MOST

CROWD = "\n".join(
    f"Harbour{chr(97 + n)} Books, Brightwater{chr(97 + n)} | Olive{chr(97 + n)} | Amber" for n in range(18)
)


def test_a_crowded_page_keeps_its_most_promising_names(draw):
    page = view_page(draw(f"{CROWD}\nNordlicht Druck GmbH"))
    candidates = find_candidates(page, ())
    assert MOST == len(candidates)
    assert "Nordlicht Druck GmbH" in {candidate.text for candidate in candidates}
    assert [each.row.number for each in candidates] == sorted(each.row.number for each in candidates)


def test_a_page_of_few_keeps_all(draw):
    assert {"Harbour Books"} == {each.text for each in find_candidates(view_page(draw("Harbour Books\n12.00")), ())}
