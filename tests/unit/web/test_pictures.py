"""Words of pages, asked for by those who may read."""

from invoicewatch.records import Box, Line, Reading, Word, keep_words
from invoicewatch.web.people.rights import Right


def test_words_come_in_reading_order_with_their_boxes(office):
    line = Line(
        (Word("Total", Box(0.1, 0.2, 0.3, 0.25), 90.0, "t"), Word("12.50", Box(0.4, 0.2, 0.5, 0.25), 90.0, "t"))
    )
    number = office.save(record={"words": (keep_words(Reading(1, (line,), "t"), 3),)})
    visit = office.visit(Right.READER)

    answer = visit.get(f"/record/{number}/page/1/words").json()

    assert answer == {"turns": 3, "words": [[0.1, 0.2, 0.3, 0.25, "Total"], [0.4, 0.2, 0.5, 0.25, "12.50"]]}
    assert visit.get(f"/record/{number}/page/2/words").status_code == 404
    assert visit.get("/record/77/page/1/words").status_code == 404
    assert office.visit(None).get(f"/record/{number}/page/1/words").status_code in {303, 401}
