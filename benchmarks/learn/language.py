"""Builds the tables of words and letters that paths are weighed with: ``python -m benchmarks.learn.language WHEEL``.

WHEEL is that of wordfreq (``pip download --no-deps wordfreq==3.1.1``), whose lists hold the words of many languages
by how common they are. To each list come the words of invoices: those that the generator of samples prints, and the
labels that fields are found by. No document of anybody goes in, so the tables may be published.

Of the words a checksum and a rounded log-probability are left (`invoicewatch.correct.language.table`). How letters
follow one another is counted over all languages together, by the types of words rather than by how often they are
used, and smoothed after Witten and Bell (1991).
"""

from __future__ import annotations

import gzip
import math
import sys
import tomllib
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from invoicewatch.correct.language.letters import BEGIN, END, ORDER, fold
from invoicewatch.correct.language.table import pack_table
from invoicewatch.correct.words.vocabulary import EDGES
from invoicewatch.samples.free.invent.wording import LANGUAGES
from invoicewatch.samples.free.sample import free_reading

_OUT = Path("invoicewatch/correct/data/language")
_LABELS = Path("invoicewatch/extract/labels")
_HEAD = """invoicewatch {what}
crc32 of folded text, little-endian uint32, ascending, then log-probabilities as a byte each
Made by benchmarks/learn/language.py from wordfreq {version} (Robyn Speer), whose data are under CC BY-SA 4.0
(https://creativecommons.org/licenses/by-sa/4.0/), and so is this file; and from the words of the samples"""
# By our own names of languages: the name of wordfreq's list. Malay and Indonesian share most of their words.
_LISTS = {
    "cs": "cs", "da": "da", "de": "de", "en": "en", "es": "es", "fi": "fi", "fr": "fr", "hr": "sh", "hu": "hu",
    "it": "it", "ms": "ms", "nb": "nb", "nl": "nl", "pl": "pl", "pt": "pt", "ro": "ro", "sk": "sk", "sv": "sv",
    "tr": "tr",
}  # fmt: skip
# English names and words stand on invoices of every country, so more of them are kept.
_MOST_WORDS = {"en": 60_000}
_MOST_WORDS_ELSE = 30_000
# Which part of a page is words of invoices rather than of the language at large; and how many samples say which.
_INVOICE_SHARE = 0.3
# What fewer of them print is an invented name, and no word.
_SAMPLES, _LEAST_SAMPLES = 150, 4
_COMMON_LABEL = 20.0
# Letters count by the square root of how often a word is used; of all grams those that count most are kept.
_RAREST_USE = 1e-7
_MOST_GRAMS = 330_000


def build_tables(wheel: Path, out: Path) -> None:
    """Write a table for each language and the one of letters, and say how large they are."""
    out.mkdir(exist_ok=True)
    version = wheel.name.split("-")[1]
    letters: dict[str, float] = defaultdict(float)
    with zipfile.ZipFile(wheel) as archive:
        for ours, theirs in _LISTS.items():
            words = mix(read_list(archive, theirs), count_invoice_words(ours), _MOST_WORDS.get(ours, _MOST_WORDS_ELSE))
            entries = [(word, math.log(share)) for word, share in words.items()]
            _write(out / f"{ours}.bin", _HEAD.format(what=f"words: {ours}", version=version), entries)
            for word, share in words.items():
                letters[word] += math.sqrt(share / _RAREST_USE)
    _write(out / "letters.bin", _HEAD.format(what="letters", version=version), list(rate_grams(letters)))


def read_list(archive: zipfile.ZipFile, name: str) -> Mapping[str, float]:
    """The share of each word of a list, the large one where there is one: buckets a hundredth of a decade apart."""
    names = set(archive.namelist())
    size = "large" if f"wordfreq/data/large_{name}.msgpack.gz" in names else "small"
    _, *buckets = msgspec.msgpack.decode(gzip.decompress(archive.read(f"wordfreq/data/{size}_{name}.msgpack.gz")))
    shares: dict[str, float] = defaultdict(float)
    for centibels, words in enumerate(buckets):
        for word in words:
            shares[fold(word)] += 10 ** (-centibels / 100)
    return shares


def count_invoice_words(language: str) -> Mapping[str, float]:
    """How often words of invoices are printed: by the samples of the language, where it has any, and as labels."""
    counts: Counter[str] = Counter(dict.fromkeys(_cut(_list_labels(language)), _COMMON_LABEL))
    if language in LANGUAGES:
        printed = [_cut_sample(seed, language) for seed in range(_SAMPLES)]
        samples = Counter(word for words in printed for word in set(words))
        counts.update(word for words in printed for word in words if samples[word] >= _LEAST_SAMPLES)
    return counts


def _cut_sample(seed: int, language: str) -> list[str]:
    readings, _ = free_reading(seed, language=language)
    return list(_cut(word.text for reading in readings for word in reading.words))


def mix(general: Mapping[str, float], invoices: Mapping[str, float], most: int) -> Mapping[str, float]:
    """The ``most`` commonest words of a language's invoices, with their shares."""
    whole, printed = sum(general.values()), sum(invoices.values())
    part = _INVOICE_SHARE if printed else 0.0
    mixed = defaultdict(float, {word: (1.0 - part) * share / whole for word, share in general.items()})
    for word, count in invoices.items():
        mixed[word] += part * count / printed
    return dict(sorted(mixed.items(), key=lambda item: (-item[1], item[0]))[:most])


def rate_grams(words: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """The grams that count most, and the log-probability of the last letter of each after the others."""
    counts = _count_grams(words)
    after: dict[str, float] = defaultdict(float)
    kinds: Counter[str] = Counter()
    for gram, count in counts.items():
        after[gram[:-1]] += count
        kinds[gram[:-1]] += 1
    even = 1.0 / kinds[""]
    rated: dict[str, float] = {}
    for gram in sorted(counts, key=len):
        before = gram[:-1]
        shorter = rated[gram[1:]] if len(gram) > 1 else even
        rated[gram] = (counts[gram] + kinds[before] * shorter) / (after[before] + kinds[before])
    kept = sorted(counts, key=lambda gram: (-counts[gram], gram))[:_MOST_GRAMS]
    return ((gram, math.log(rated[gram])) for gram in kept)


def _count_grams(words: Mapping[str, float]) -> Mapping[str, float]:
    counts: dict[str, float] = defaultdict(float)
    for word, weight in words.items():
        text = f"{BEGIN}{word}{END}"
        for end in range(2, len(text) + 1):
            for start in range(max(0, end - ORDER), end):
                counts[text[start:end]] += weight
    return counts


def _list_labels(language: str) -> Iterator[str]:
    file = _LABELS / f"{language}.toml"
    pending = [tomllib.loads(file.read_text(encoding="utf-8"))] if file.is_file() else []
    while pending:
        for value in pending.pop().values():
            if isinstance(value, dict):
                pending.append(value)
            elif isinstance(value, list):
                yield from (text for text in value if isinstance(text, str))


def _cut(texts: Iterable[str]) -> Iterator[str]:
    """The folded words of texts that hold no digit."""
    for text in texts:
        for token in text.split():
            core = fold(token.strip(EDGES))
            if core and core.replace("'", "").replace("-", "").isalpha():
                yield core


def _write(file: Path, head: str, entries: list[tuple[str, float]]) -> None:
    file.write_bytes(pack_table(head, entries))
    print(f"{file.name}: {len(entries)} entries, {file.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    build_tables(Path(sys.argv[1]), _OUT)
