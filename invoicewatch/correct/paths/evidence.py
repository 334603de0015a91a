"""What speaks for and against a path: what the engine saw, what the language says, what the page itself prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from rapidfuzz.distance import Levenshtein

from invoicewatch.correct.language.languages import Languages
from invoicewatch.correct.paths.proposals import LETTERS, PIECES, find_confused, find_pieces
from invoicewatch.correct.paths.shape import Change, find_change, find_runs, strip_accents
from invoicewatch.records import Lattice, Line, Path, Reading, Word

# A word read with this confidence tells the page's languages, and vouches for a like one elsewhere on the page.
_TRUSTED = 85.0
_SHORT = 4
_WEAKER = "tesseract"
# By how many nats the page's languages must speak for a path; where no engine gave it, by more.
_LEAST_SAID, _LEAST_SAID_ALONE = 2.0, 8.0
_MOST_SEEN = 12.0
_MOST_SAID = 30.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """Figures on one path beside what was read; of whole words only those that differ.

    ``seen`` and ``said`` are by how many nats the path is likelier to the engine and in the page's languages.
    ``agreed`` is the share of the words as read that both engines read so, ``other`` whether the other engine read
    what the path says. ``unsure`` is how unsure the least sure word was (0-1). ``unlisted`` is the share of the words
    as read that are in no list, ``known`` whether all are in one. ``page`` is by how many words more the path has that
    the page prints elsewhere. ``joined`` and ``split`` are words fewer and more than read, ``pieced`` tells of pieces
    that no engine joined, ``confused`` of letters that none read, ``alone`` of words that Tesseract alone read;
    ``edits`` is how many letters change, ``short`` whether the path has few.
    """

    seen: float
    said: float
    agreed: float
    other: float
    unsure: float
    unlisted: float
    known: float
    page: float
    joined: float
    split: float
    pieced: float
    confused: float
    alone: float
    edits: float
    short: float


FEATURES = tuple(field.name for field in fields(Evidence))
"""In the order of the fitted weights."""


@dataclass(frozen=True, slots=True)
class Option:
    """A path of a line's lattice that changes words which language has a say in; spans count the line's words."""

    line: int
    lattice: Lattice
    path: Path
    change: Change
    evidence: Evidence

    @property
    def first(self) -> int:
        """The first word that changes."""
        return self.lattice.first + self.change.first

    @property
    def last(self) -> int:
        """The first word after those that change."""
        return self.lattice.first + self.change.last


class PageEvidence:
    """What a page's paths are worth.

    Args:
        reading: The page as it was read.
        languages: The tables.
        names: Words of names that earlier documents or the settings know, in small letters: what was read and is one
            stays.
    """

    def __init__(self, reading: Reading, languages: Languages, names: Iterable[str] = ()) -> None:
        self._reading = reading
        self._names = frozenset(names)
        trusted = [run for word in reading.words if word.confidence >= _TRUSTED for run in find_runs((word.text,))]
        self._seen = Counter(run.casefold() for run in trusted if run.isalpha())
        self._language = languages.adapt(trusted)

    def find_options(self) -> Iterator[Option]:
        """Every path that language may choose, with what speaks for it.

        The page's languages must speak for it. A word that the page prints elsewhere outranks a dictionary's, and none
        is chosen that is in no list: it may be any name. Words that are known with their accents as without are not
        for one language to write in its way: the page may be in another.
        """
        found = [
            (number, self._reading.lines[number], lattice, path, change)
            for number, lattice in self._find_lattices()
            for path in lattice.paths[1:]
            if (change := self._find_change(lattice, path)) is not None
        ]
        texts = dict.fromkeys(run for *_, change in found for run in find_runs((*change.before, *change.after)))
        ratings = dict(zip(texts, self._language.rate_words(tuple(texts)), strict=True))
        listed = dict(zip(texts, self._language.list_known(tuple(texts)), strict=True))
        for number, line, lattice, path, change in found:
            before, after = find_runs(change.before), find_runs(change.after)
            if not all(listed[run] for run in after) or self._is_same_but_accents(before, after, listed):
                continue
            evidence = self._weigh(line, lattice, path, change, ratings, listed)
            least = _LEAST_SAID_ALONE if lattice.engine in {PIECES, LETTERS} else _LEAST_SAID
            noise = evidence.alone and evidence.short  # what Tesseract makes of folds and patterns is in some list
            if evidence.said >= least and evidence.page >= 0.0 and not noise:
                yield Option(number, lattice, path, change, evidence)

    def _is_same_but_accents(self, before: Sequence[str], after: Sequence[str], listed: Mapping[str, bool]) -> bool:
        """Whether words that are known as they were read would gain accents, or lose those of any language."""
        bare = [list(map(strip_accents, runs)) for runs in (before, after)]
        if [run.casefold() for run in bare[0]] != [run.casefold() for run in bare[1]]:
            return False
        return all(listed[run] for run in before) or (bare[0] != list(before) and self._language.knows(before))

    def _find_lattices(self) -> Iterator[tuple[int, Lattice]]:
        """Those of the engines and the proposals, each with the number of its line."""
        for number, line in enumerate(self._reading.lines):
            yield from ((number, lattice) for lattice in line.lattices)
        yield from find_pieces(self._reading, self._language)
        yield from find_confused(self._reading, self._language)

    def _find_change(self, lattice: Lattice, path: Path) -> Change | None:
        """What the path changes, unless that is a name that is known."""
        change = find_change(lattice.paths[0].text.split(), path.text.split())
        if change is None or any(run.casefold() in self._names for run in find_runs(change.before)):
            return None
        return change

    def _weigh(
        self,
        line: Line,
        lattice: Lattice,
        path: Path,
        change: Change,
        ratings: dict[str, float],
        listed: dict[str, bool],
    ) -> Evidence:
        words = line.words[lattice.first + change.first : lattice.first + change.last]
        before, after = find_runs(change.before), find_runs(change.after)
        said = sum(ratings[run] for run in after) - sum(ratings[run] for run in before)
        seen = path.log_probability - lattice.paths[0].log_probability
        longer = len(change.after) - len(change.before)
        known = sum(listed[run] for run in before) / max(1, len(before))
        return Evidence(
            seen=max(-_MOST_SEEN, min(_MOST_SEEN, seen)),
            said=max(-_MOST_SAID, min(_MOST_SAID, said)),
            agreed=sum(word.agreed for word in words) / len(words),
            other=float(_is_read_by_other(words, change)),
            unsure=1.0 - min(word.confidence for word in words) / 100.0,
            unlisted=1.0 - known,
            known=float(known == 1.0),
            page=float(self._count_seen(after) - self._count_seen(before, words)),
            joined=float(max(0, -longer)),
            split=float(max(0, longer)),
            pieced=float(lattice.engine == PIECES),
            confused=float(lattice.engine == LETTERS),
            alone=float(all(word.engine == _WEAKER and not word.others for word in words)),
            edits=float(Levenshtein.distance("".join(before).casefold(), "".join(after).casefold())),
            short=float(sum(map(len, after)) < _SHORT),
        )

    def _count_seen(self, runs: Iterable[str], own: Iterable[Word] = ()) -> int:
        """How many of some words the page prints elsewhere; what the words themselves say does not count."""
        mine = Counter(run.casefold() for word in own if word.confidence >= _TRUSTED for run in find_runs((word.text,)))
        return sum(self._seen[folded] > mine[folded] for run in runs if len(folded := run.casefold()) >= _SHORT - 1)


def _is_read_by_other(words: tuple[Word, ...], change: Change) -> bool:
    return len(words) == len(change.after) and all(
        any(other.text == text for other in word.others) or word.text == text
        for word, text in zip(words, change.after, strict=True)
    )
