"""Pages on which a kind of fault once showed, three of each kind: drawn as text, each with what is true of it.

A character is a hundredth of the page wide. ``PAGES`` has the pages by kind and number; of each the picture and the
fields that must come out.
"""

from tests.kinds.days import DAYS
from tests.kinds.sparse import SPARSE
from tests.kinds.sums import SUMS

PAGES = {
    f"{kind}-{number}": page
    for kind, pages in {**SUMS, **DAYS, **SPARSE}.items()
    for number, page in enumerate(pages, start=1)
}
