"""What counts as a word, and which words are forms of one another."""

import re

import tantivy

# A numeral that no decision holds. Analysers drop it, but it takes up a place in the text: with it,
# texts that follow each other in the index are kept apart.
FILLER = "ↈ"

LONGEST = 60  # letters; what is longer is no word


def _analyser(*, stems: bool) -> tantivy.TextAnalyzer:
    """Lower case and accents folded; no stop words, since phrases must work."""
    builder = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.custom_stopword([FILLER]))
        .filter(tantivy.Filter.remove_long(LONGEST))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
    )
    if stems:
        builder = builder.filter(tantivy.Filter.stemmer("english"))
    return builder.build()


STEMS = _analyser(stems=True)
WORDS = _analyser(stems=False)

# bus, gas, plus: the stemmer leaves an e at the plurals of words as short as these ("buse").
_SHORT_IN_S = re.compile(r"[a-z]{1,2}[aeiou]s")
_THEIR_PLURAL = re.compile(r"[a-z]{1,2}[aeiou]ses")


def forms(text: str) -> list[str]:
    """The stems by which a word is found, its own first; for what is several words, none.

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
    elif _THEIR_PLURAL.fullmatch(word):
        others = STEMS.analyze(word.removesuffix("es"))
    return list(dict.fromkeys((*STEMS.analyze(word), *others)))
