"""What speaks for a line as the seller's name where no heading says so."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from statistics import fmean

from invoicewatch.extract.page.evidence import fold
from invoicewatch.extract.page.layout import PageView
from invoicewatch.extract.parties.names.lines import NameLine, is_address_like
from invoicewatch.extract.parties.names.shop_numbers import drop_shop_number
from invoicewatch.extract.parties.names.signs import load_signs
from invoicewatch.extract.weights.features import SellerFeature
from invoicewatch.extract.weights.identities import SellerWeights
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.score import weigh_features

_RANKS = (
    SellerFeature.FIRST_LINE,
    SellerFeature.SECOND_LINE,
    SellerFeature.THIRD_LINE,
    SellerFeature.FOURTH_LINE,
)
_UNCLEAR = 60.0  # the engine's confidence (0-100) in what is as often a logo or a stain
_LOW_ON_PAGE = 0.4  # of its height: the heads of letters end above

_MIN_STEM = 4
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def describe_seller(
    page: PageView, line: NameLine, lines: Sequence[NameLine], hosts: Sequence[str]
) -> dict[SellerFeature, float]:
    """What speaks for one line among all ``lines``; ``hosts`` are what ``hosts.list_hosts`` found."""
    signs = load_signs()
    features = {
        SellerFeature.HEADER: line.header,
        SellerFeature.LEGAL_FORM: line.form,
        SellerFeature.NUMBERED: line.numbered,
        SellerFeature.ADDRESS_BELOW: _has_address_below(page, line),
        SellerFeature.DOMAIN: any(_is_like_host(line.text, host) for host in hosts),
        SellerFeature.TRADE: not line.form and signs.trade.search(line.text) is not None,
        SellerFeature.SENTENCE: not line.form and is_sentence(line.text),
        SellerFeature.HOUSE: drop_shop_number(line.text)[-1:].isdigit() and not line.form,
        SellerFeature.UNCLEAR: fmean(word.confidence for word in line.words) < _UNCLEAR,
        SellerFeature.REPEATED: any(other is not line and fold(other.text) == fold(line.text) for other in lines),
        SellerFeature.REGISTERED: not is_sentence(line.text) and _is_registered_below(page, line),
        SellerFeature.OWNER: (line.rank > 0 and signs.owner.match(line.text) is not None) * (1 + line.form),
        SellerFeature.LOW: line.box.y0 > _LOW_ON_PAGE,
    }
    if line.header and line.rank < len(_RANKS):
        features[_RANKS[line.rank]] = True
    return {name: float(holds) for name, holds in features.items()}


def count_points(page: PageView, line: NameLine, lines: Sequence[NameLine], hosts: Sequence[str]) -> float:
    """What speaks for one line and against it, added up: a feature of the ranking."""
    return weigh_features(load_weights(SellerWeights).rank, describe_seller(page, line, lines, hosts))


def _has_address_below(page: PageView, line: NameLine) -> bool:
    below = [row.join(first, last) for row, first, last in page.cells_below(line.box, line.last_row, 2)]
    reach = 1 + any(
        load_signs().owner.match(text) for text in below[:1]
    )  # between a shop and its address stands whose it is
    return any(is_address_like(text) for text in below[:reach])


def _is_registered_below(page: PageView, line: NameLine) -> bool:
    """Whether the next line is what the law has a company print under its name."""
    below = page.cells_below(line.box, line.last_row, 1)
    return any(load_signs().registration.search(row.join(first, last)) for row, first, last in below)


def is_sentence(text: str) -> bool:
    """Most of its longer words begin small: people write so, names do not."""
    words = [word for word in text.split() if sum(char.isalpha() for char in word) > 2]  # noqa: PLR2004
    return len(words) > 2 and 2 * sum(word[0].islower() for word in words) > len(words)  # noqa: PLR2004


def _is_like_host(name: str, host: str) -> bool:
    """Whether one holds the other; hosts write ``ü`` as ``ue`` or ``u``."""
    plain = fold(unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode())
    return any(
        host in folded or (len(folded) >= _MIN_STEM and folded in host)
        for folded in {fold(name.casefold().translate(_UMLAUTS)), plain}
    )


def is_proved_seller(line: NameLine, lines: Sequence[NameLine], hosts: Sequence[str]) -> bool:
    """A company at the head of the page whose web address is the only one that bears a name on it."""
    if not (line.header and line.form and any(_is_like_host(line.text, host) for host in hosts)):
        return False
    rivals = (other for other in lines if other.header or other.form)
    return not any(
        fold(other.text) != fold(line.text) and any(_is_like_host(other.text, host) for host in hosts)
        for other in rivals
    )
