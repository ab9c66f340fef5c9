"""The analysers: they split text into words, and reduce words to stems."""

import re

import tantivy

# A numeral that occurs in no decision. Analysers drop it, but it takes up a position: between two
# texts of one field, it stops a phrase from matching across both.
FILLER = "ↈ"

MAX_LETTERS = 60  # of a word; anything longer is not indexed


def _analyzer(*, stems: bool) -> tantivy.TextAnalyzer:
    """Fold case and accents. There are no stop words, because phrases contain them."""
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

# Short words that end in s (bus, gas, plus): the stemmer leaves an e on their plurals ("buse").
_SHORT_IN_S = re.compile(r"[a-z]{1,2}[aeiou]s")
_PLURAL_OF_SHORT_IN_S = re.compile(r"[a-z]{1,2}[aeiou]ses")


def forms(text: str) -> list[str]:
    """The stems under which a word is found, its own first; empty for text of several words.

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
