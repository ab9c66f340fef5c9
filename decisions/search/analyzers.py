"""The analysers: what counts as a word, and which words are forms of one another."""

import re

import tantivy

# A numeral that no decision holds. Analysers drop it, but it takes up a position in the text: put
# between two texts of one field, it keeps phrases from running from one into the next.
FILLER = "ↈ"

MAX_LETTERS = 60  # of a word; anything longer is not indexed


def _analyzer(*, stems: bool) -> tantivy.TextAnalyzer:
    """Lower case and accents folded; no stop words, since phrases must work."""
    builder = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.custom_stopword([FILLER]))
        .filter(tantivy.Filter.remove_long(MAX_LETTERS))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
    )
    if stems:
        builder = builder.filter(tantivy.Filter.stemmer("english"))
    return builder.build()


STEMS = _analyzer(stems=True)
WORDS = _analyzer(stems=False)

# Short words in s (bus, gas, plus): the stemmer leaves an e at the end of their plurals ("buse").
_SHORT_IN_S = re.compile(r"[a-z]{1,2}[aeiou]s")
_PLURAL_OF_SHORT_IN_S = re.compile(r"[a-z]{1,2}[aeiou]ses")


def forms(text: str) -> list[str]:
    """The stems that find a word, its own first; none for text of several words.

    >>> forms("Schools"), forms("bus"), forms("buses")
    (['school'], ['bus', 'buse'], ['buse', 'bus'])
    """
    words = WORDS.analyze(text)
    if len(words) != 1:
        return []
    (word,) = words
    others = []
    if _SHORT_IN_S.fullmatch(word):
        others = STEMS.analyze(f"{word}es")
    elif _PLURAL_OF_SHORT_IN_S.fullmatch(word):
        others = STEMS.analyze(word.removesuffix("es"))
    return list(dict.fromkeys((*STEMS.analyze(word), *others)))
