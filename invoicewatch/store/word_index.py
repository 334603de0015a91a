"""The full text index: which words stand in which record, and which words there are."""

from __future__ import annotations

# The words of every record, cut and folded by ``words``: the 'ascii' tokenizer takes them as they are, since to it
# everything beyond ASCII is part of a word. Contentless, for the texts are kept once already; without sizes, for
# ranking does not weigh lengths.
_WORDS = "CREATE VIRTUAL TABLE word_index USING fts5(words, content='', columnsize=0, tokenize='ascii')"

# The trigrams of the vocabulary: which known words hold a part, or stand one error away?
_TRIGRAMS = """
CREATE VIRTUAL TABLE word_trigram USING fts5(
    term, content='', columnsize=0, detail='none', tokenize='trigram case_sensitive 1'
)"""

INDEX_TABLES = (_WORDS, _TRIGRAMS)
