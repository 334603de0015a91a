"""Documents in order of arrival, as engines read them, with what they really say."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from benchmarks.attention.sellers import Seller, SteadyDice, invent_sellers, make_bill
from benchmarks.learn.documents import Labelled, is_same, load_labelled
from invoicewatch.records import Box, Line, Reading, Source
from invoicewatch.samples.free.sample import FreeSample, set_free_sample
from invoicewatch.samples.reading import damage_reading, read_sheets

FIRST_DAY = date(2024, 1, 8)
# How documents come: a text layer (of office paper only), a fair scan, a bad one. Shares, and about which part of the
# words each of two engines misreads; measured on scans of grade 1 and 2 of the free layouts.
_TEXT_LAYER, _BAD_SCAN = 0.25, 0.3
_MISREAD = {"fair": (0.015, 0.01), "bad": (0.1, 0.06)}
_FEW = 3  # a seller's first documents: changes come later
_NEW_LAYOUTS, _MOVES = 0.05, 0.12
_ENGINES = ("tesseract", "rapidocr")


@dataclass(frozen=True)
class Arrival:
    """One document. ``nth`` counts those of its seller from 1.

    ``second`` is what a second engine reads of the same pages, empty where the first reading is both engines' already.
    ``changed`` says that its seller's paper is a new one, ``moved`` that it names a new account for the first time.
    """

    name: str
    seller: str
    nth: int
    readings: tuple[Reading, ...]
    second: tuple[Reading, ...]
    fields: Mapping[str, str | None]
    form: str
    changed: bool = False
    moved: bool = False
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """Stands for the file's bytes."""
        return hashlib.sha256(self.name.encode()).hexdigest()

    def is_right(self, name: str, value: str) -> bool:
        """Whether the value is what the document says, or as right."""
        truths = (self.fields.get(name), *self.also.get(name, ()))
        return any(truth is not None and is_same(name, truth, value) for truth in truths)


@dataclass(frozen=True)
class Plan:
    """Which document comes when, and what is new about it."""

    day: date
    seller: int
    nth: int
    layouts: int
    accounts: int
    changed: bool
    moved: bool


def plan_stream(sellers: list[Seller], count: int, seed: int) -> list[Plan]:
    """So many documents by the sellers' rhythms.

    One in twenty is the first on a new paper; of those whose seller has an account one in eight names a new one.
    Neither comes before a seller's fourth document.
    """
    rng = Random(f"attention plan {seed}")
    days = {seller.number: float(rng.uniform(0, seller.every_days)) for seller in sellers}
    nth, layouts, accounts = Counter[int](), Counter[int](), Counter[int]()
    plans = []
    for _ in range(count):
        number = min(days, key=lambda each: days[each])
        seller, day = sellers[number], FIRST_DAY + timedelta(days=int(days[number]))
        nth[number] += 1
        late = nth[number] > _FEW
        changed = late and rng.random() < _scale(_NEW_LAYOUTS, count, sellers)
        moved = late and bool(seller.first.spec.seller.iban) and not changed and rng.random() < _MOVES
        layouts[number] += changed
        accounts[number] += moved
        plans.append(Plan(day, number, nth[number], layouts[number], accounts[number], changed, moved))
        days[number] += seller.every_days * rng.uniform(0.85, 1.15)
    return plans


def _scale(share: float, count: int, sellers: list[Seller]) -> float:
    """The chance of a late document, so that ``share`` of all come out."""
    return share * count / max(1, count - _FEW * len(sellers))


def generate_stream(
    count: int, sellers: int, seed: int, scans: Mapping[str, tuple[Reading, ...]] | None = None
) -> Iterator[Arrival]:
    """The generated stream; the same arguments give the same one. ``scans`` are readings of documents really read."""
    known = invent_sellers(sellers, seed)
    told: dict[int, set[str]] = {}
    for plan in plan_stream(known, count, seed):
        sample = draw_document(known[plan.seller], plan, seed)
        iban = sample.fields["iban"] or ""
        accounts = told.setdefault(plan.seller, set())
        moved = bool(iban) and bool(accounts) and iban not in accounts
        accounts |= {iban} if iban else set()
        arrival = read_sample(sample, name_document(plan, seed), str(plan.seller), plan.nth)
        really = (scans or {}).get(arrival.name)
        if really is not None:
            arrival = replace(arrival, readings=really, second=())
        yield replace(arrival, changed=plan.changed, moved=moved)


def name_document(plan: Plan, seed: int) -> str:
    """The document's name in the stream."""
    return f"{seed}/{plan.seller}/{plan.nth}"


def draw_document(seller: Seller, plan: Plan, seed: int) -> FreeSample:
    """The document as its seller sets it that day."""
    for times in range(1, plan.layouts + 1):
        seller = seller.change_layout(times)
    for times in range(1, plan.accounts + 1):
        seller = seller.change_account(Random(f"attention bank {seed} {plan.seller} {times}"))
    rng = Random(f"attention document {seed} {plan.seller} {plan.nth}")
    return set_free_sample(make_bill(seller, plan.nth, plan.day, rng), SteadyDice(seller.layout))


def read_sample(sample: FreeSample, name: str, seller: str, nth: int) -> Arrival:
    """What engines would read: a text layer as it is, scans with their own mistakes each, and not quite straight."""
    rng = Random(f"attention reading {name}")
    form = choose_form(name, at_till=sample.bill.at_till)
    clean = read_sheets(sample.sheets)
    if form == "text":
        layer = tuple(replace(each, source=Source.TEXT_LAYER) for each in clean)
        return Arrival(name, seller, nth, layer, (), sample.fields, form)
    placed = tuple(_lay_down(reading, rng) for reading in clean)
    first, second = (
        tuple(_name_engine(damage_reading(reading, rng, share), engine) for reading in placed)
        for share, engine in zip(_MISREAD[form], _ENGINES, strict=True)
    )
    return Arrival(name, seller, nth, first, second, sample.fields, form)


def choose_form(name: str, *, at_till: bool) -> str:
    """How a document comes: ``text``, ``fair`` or ``bad``."""
    drawn = Random(f"attention form {name}").random()
    if drawn < _BAD_SCAN:
        return "bad"
    return "text" if drawn < _BAD_SCAN + _TEXT_LAYER and not at_till else "fair"


def find_recurring(kept: Path, data: Path, least: int = 3) -> Iterator[Arrival]:
    """The sets' own sellers with so many documents, in order of issue; without XML."""
    labelled = _drop_copies(each for each in load_labelled(kept, data) if each.fields.get("seller_name"))
    by_seller: dict[str, list[Labelled]] = {}
    for each in labelled:
        by_seller.setdefault(f"{each.source} {_fold(each.fields['seller_name'] or '')}", []).append(each)
    mine = [(name, each) for name, group in by_seller.items() if len(group) >= least for each in group]
    nth = Counter[str]()
    for name, each in sorted(mine, key=lambda pair: (pair[1].fields.get("issue_date") or "", pair[1].name)):
        nth[name] += 1
        yield Arrival(each.name, name, nth[name], each.readings, (), each.fields, each.source, also=each.also)


def _drop_copies(labelled: Iterable[Labelled]) -> list[Labelled]:
    """Each document once: scans of a set have the names of its documents."""
    once = {(each.source, each.name.rsplit("/", 1)[1]): each for each in reversed(list(labelled))}
    return list(once.values())


def _fold(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _lay_down(reading: Reading, rng: Random) -> Reading:
    """The page on the glass: shifted by up to a hundredth, a little larger or smaller, a third of a degree askew."""
    left, top, size = rng.uniform(-0.01, 0.01), rng.uniform(-0.01, 0.01), rng.uniform(0.99, 1.01)
    skew = rng.uniform(-0.005, 0.005)

    def move(box: Box) -> Box:
        down = top + skew * (box.middle[0] - 0.5)
        sides = (left + size * box.x0, down + size * box.y0, left + size * box.x1, down + size * box.y1)
        return Box(*(min(1.0, max(0.0, side)) for side in sides))

    lines = (Line(tuple(replace(word, box=move(word.box)) for word in line.words)) for line in reading.lines)
    return replace(reading, lines=tuple(lines))


def _name_engine(reading: Reading, engine: str) -> Reading:
    lines = (Line(tuple(replace(word, engine=engine) for word in line.words)) for line in reading.lines)
    return replace(reading, lines=tuple(lines), engine=engine)
