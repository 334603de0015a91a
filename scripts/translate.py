"""Bring the page's translations up to date: new texts are added empty, those that no longer stand anywhere go.

Reads the templates and the code of ``invoicewatch/web``, writes ``words/*.po``, and says what is left to translate.

Usage: python -m scripts.translate [TREE ...]   (other trees of the project whose texts are wanted too)
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
WORDS = ROOT / "invoicewatch" / "web" / "words"
# Which arguments are texts; of the errors those that people see on a page.
_CALLS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "translate": (2,),
    "HTTPException": (2,),
    "__init__": (2,),
    "refuse": (3,),
}
_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
_OPTIONS = {"templates/**.html": {"silent": "false", "newstyle_gettext": "true"}}
# What programs need of the head (gettext's manual, 6.2); its other lines change with every run or tell nothing.
_HEAD = ("Language", "Plural-Forms", "Content-Type", "Content-Transfer-Encoding")


def collect_texts(trees: Iterable[Path]) -> Catalog:
    """Every text of the page in English, untranslated."""
    texts = Catalog(project="invoicewatch", fuzzy=False)
    for tree in trees:
        web = tree / "invoicewatch" / "web"
        for file, _, text, _, _ in extract_from_dir(web, _METHODS, _OPTIONS, _CALLS, strip_comment_tags=True):
            if text and (isinstance(text, str) or all(text)):
                texts.add(text, locations=[(f"invoicewatch/web/{file}", 0)])
    return texts


def read_translations(language: str) -> Catalog:
    """What is translated."""
    with (WORDS / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def list_untranslated(translations: Catalog) -> list[Message]:
    """Texts without a translation, or without one of its plural forms."""
    return [message for message in translations if message.id and not _is_full(message)]


def list_left_over(translations: Catalog, texts: Catalog) -> list[Message]:
    """Translations of texts that stand nowhere."""
    return [message for message in translations if message.id and message.id not in texts]


def _is_full(message: Message) -> bool:
    return bool(message.string) and all(message.string if isinstance(message.string, tuple) else [message.string])


def update_translations(language: str, texts: Catalog) -> Catalog:
    """Write a language's file anew, its texts in the order of the English ones."""
    translations = read_translations(language)
    translations.update(texts, no_fuzzy_matching=True)
    head = "".join(f'"{name}: {value}\\n"\n' for name, value in translations.mime_headers if name in _HEAD)
    written = BytesIO()
    write_po(
        written, translations, width=120, sort_output=True, ignore_obsolete=True, no_location=True, omit_header=True
    )
    comment = f"# The page in {Locale(language).english_name}. `make words` adds new texts and takes old ones out.\n"
    (WORDS / f"{language}.po").write_text(
        f'{comment}msgid ""\nmsgstr ""\n{head}\n{written.getvalue().decode()}', encoding="utf-8"
    )
    return translations


def main(argv: Sequence[str]) -> None:
    """Update all languages."""
    texts = collect_texts([ROOT, *(Path(tree) for tree in argv[1:])])
    for path in sorted(WORDS.glob("*.po")):
        for message in list_untranslated(update_translations(path.stem, texts)):
            print(f"{path.name}: {message.id}")


if __name__ == "__main__":
    main(sys.argv)
