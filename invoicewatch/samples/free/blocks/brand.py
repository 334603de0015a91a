"""Who sells: names, logos and what stands around them."""

from __future__ import annotations

from dataclasses import replace

from invoicewatch.samples.files.sheet import Align, Fill
from invoicewatch.samples.free.blocks.base import Block, beside, frame, pad, shade, space, stack
from invoicewatch.samples.free.blocks.draft import Draft, Maker
from invoicewatch.samples.invent.identifiers import group_iban


def make_brand(draft: Draft, width: float, align: Align) -> Block:
    """The name or a logo; the full name only where this layout has it in the head."""
    draft.drawn.add("brand")
    whole = draft.name_at == "head"
    makers = _NAMES if whole else _LOGOS
    logo = draft.rng.choice(makers)(draft, width, align)
    if draft.chance(0.25):
        slogan = draft.hand.resize(0.9).paragraph(draft.rng.choice(draft.bill.wording.many["slogans"]), width, align)
        logo = stack([logo, space(2), slogan], align=align)
    return logo.named("brand")


def make_details(draft: Draft, width: float, align: Align) -> Block:
    """Address, telephone and the like, as lines or run together."""
    lines = list_details(draft)
    hand = draft.hand.resize(draft.rng.choice((1.0, 0.9, 0.85)))
    if draft.chance(0.2):
        return hand.paragraph(draft.rng.choice((" · ", ", ", " | ")).join(lines), width, align).named("details")
    return hand.lines(lines, width, align).named("details")


def list_details(draft: Draft) -> list[str]:
    """Address always; telephone, mail and site by chance; tax numbers where this layout has them in the head."""
    seller = draft.bill.spec.seller
    lines = [seller.street, seller.city]
    if draft.chance(0.2):
        lines.append(seller.country)
    if draft.chance(0.75):
        lines.append(f"{draft.label('phone')} {seller.phone}")
    if draft.chance(0.5):
        lines.append(seller.email)
    if draft.chance(0.4):
        lines.append(f"{draft.say('web_label')} {seller.website}".strip())
    if draft.chance(0.1):
        lines.append(draft.say("hours"))
    if draft.ids_at == "head":
        lines += list_tax_ids(draft)
    return lines


def list_tax_ids(draft: Draft) -> list[str]:
    """The seller's numbers at the tax office."""
    seller = draft.bill.spec.seller
    lines = []
    if seller.vat_id and draft.chance(0.9):
        lines.append(f"{draft.label('vat_id')} {draft.tell('seller_vat_id', seller.vat_id)}")
    if seller.tax_number and (not lines or draft.chance(0.3)):
        lines.append(f"{draft.label('tax_number')} {seller.tax_number}")
    return lines


def list_bank(draft: Draft) -> list[str]:
    """Where to pay to."""
    seller = draft.bill.spec.seller
    lines = [f"{draft.label('bank')} {seller.bank}"]
    if seller.iban:
        written = group_iban(seller.iban) if draft.chance(0.7) else seller.iban
        lines.append(f"IBAN{draft.rng.choice((':', ''))} {draft.tell('iban', written)}")
        lines.append(f"BIC {seller.bic}")
    else:
        lines.append(f"A/C {draft.rng.randint(10000000, 99999999)}  BSB/Sort {draft.rng.randint(100000, 999999)}")
    return lines


def _write_plain(draft: Draft, width: float, align: Align) -> Block:
    name = draft.tell("seller_name", draft.bill.spec.seller.name)
    hand = draft.hand.resize(draft.rng.choice((1.0, 1.2, 1.5, 1.9)))
    return hand.paragraph(name, width, align, bold=draft.chance(0.8))


def _write_stacked(draft: Draft, width: float, align: Align) -> Block:
    """Draw the name big, a word a line."""
    name = draft.tell("seller_name", draft.bill.spec.seller.name)
    hand = replace(draft.hand.resize(draft.rng.choice((1.7, 2.2, 2.8))), leading=1.25)
    words = name.split()
    middle = (len(words) + 1) // 2
    lines = words if len(words) <= 3 else [" ".join(words[:middle]), " ".join(words[middle:])]
    return hand.lines(lines, width, align, bold=True)


def _write_on_dark(draft: Draft, width: float, align: Align) -> Block:
    name = draft.tell("seller_name", draft.bill.spec.seller.name)
    hand = draft.hand.resize(1.4).ink(255)
    return shade(pad(hand.paragraph(name, width - 16, align, bold=True), 8, 5), draft.rng.choice((20, 60, 90)))


def _write_framed(draft: Draft, width: float, align: Align) -> Block:
    name = draft.tell("seller_name", draft.bill.spec.seller.name)
    return frame(pad(draft.hand.resize(1.3).paragraph(name, width - 14, align, bold=True), 7, 4), 1.0)


def _write_beside_mark(draft: Draft, width: float, align: Align) -> Block:
    mark = _draw_mark(draft)
    name = _write_plain(draft, width - mark.width - 8, "left")
    return beside([mark, name], [mark.width, name.width], ["left", align], 8)


def _write_name_and_site(draft: Draft, width: float, align: Align) -> Block:
    site = draft.hand.resize(0.9).line(draft.bill.spec.seller.website, room=width)
    return stack([_write_plain(draft, width, align), site], align=align)


def _space_letters(draft: Draft, width: float, align: Align) -> Block:
    del align
    hand = draft.hand.resize(draft.rng.choice((1.5, 2.0, 2.6)))
    return hand.line(" ".join(draft.bill.brand.upper()), bold=draft.chance(0.6), room=width)


def _write_brand(draft: Draft, width: float, align: Align) -> Block:
    del align
    brand = draft.rng.choice((draft.bill.brand, draft.bill.brand.upper(), draft.bill.brand.lower()))
    return draft.hand.resize(draft.rng.choice((1.8, 2.6, 3.2))).line(brand, bold=True, room=width)


def _write_site(draft: Draft, width: float, align: Align) -> Block:
    del align
    seller = draft.bill.spec.seller
    text = draft.rng.choice((seller.website, seller.email))
    return draft.hand.resize(draft.rng.choice((1.0, 1.6))).line(text, bold=draft.chance(0.5), room=width)


def _draw_mark_only(draft: Draft, width: float, align: Align) -> Block:
    del width, align
    return _draw_mark(draft)


def _draw_mark(draft: Draft) -> Block:
    """Draw bars of chance heights on one line."""
    heights = [draft.rng.randint(8, 26) for _ in range(draft.rng.randint(3, 5))]
    bars = (Fill(n * 9.0, 26.0 - height, n * 9.0 + 7, 26.0, 60 + 25 * n) for n, height in enumerate(heights))
    return Block(9.0 * len(heights) - 2, 28.0, tuple(bars))


_NAMES: tuple[Maker, ...] = (
    _write_plain, _write_plain, _write_stacked, _write_on_dark, _write_framed, _write_beside_mark, _write_name_and_site
)  # fmt: skip
_LOGOS: tuple[Maker, ...] = (_space_letters, _write_brand, _write_brand, _write_site, _draw_mark_only)
