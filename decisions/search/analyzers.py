"""The analysers: they split text into words, and reduce words to stems.

Texts of the index and of queries are made searchable first (`searchable`), so that forms that only
differ in writing are one.
"""

import re
from collections.abc import Iterator
from itertools import chain, islice, product

import tantivy

from decisions.characters import simplify

# A numeral that occurs in no decision. Analysers drop it, but it takes up a position: between two
# texts of one field, it stops a phrase from matching across both.
FILLER = "ↈ"

MAX_LETTERS = 60  # of a word; anything longer is not indexed
MAX_PHRASE_FORMS = 8  # most forms in which a phrase is searched for; its own is one


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

# "council's" and "councils" are one word, as are "don't" and "dont".
APOSTROPHE = r"(?<=[^\W_])['’](?=[^\W_])"
# "Miss X" is a title, and no form of "to miss": it becomes a word of its own. Typed alone, "Miss"
# is the title; so is "miss x", because no other letter than "a" and "i" is a word.
MISS = r"\b(?:Miss|MISS)\b(?=[ \t]+[A-Z]|[ \t]*$)|\bmiss\b(?=[ \t]+[b-hj-z]\b)"
TITLE_MISS = "xmisstitle"

_APOSTROPHE = re.compile(APOSTROPHE)
_AMPERSAND = re.compile(r"[ \t]*&[ \t]*")
_MISS = re.compile(MISS)

# Short words that end in s (bus, gas, plus): the stemmer leaves an e on their plurals ("buse").
_SHORT_IN_S = re.compile(r"[a-z]{1,2}[aeiou]s")
_PLURAL_OF_SHORT_IN_S = re.compile(r"[a-z]{1,2}[aeiou]ses")

# Words that a hyphen joins.
_PUNCTUATION = ".,;:!?()[]…‘’“”\"'"
_HYPHENATED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")


def searchable(text: str) -> str:
    """The simplified text without apostrophes in words, with "and" for "&", and titles marked.

    >>> searchable("The Council’s officer told Miss X & R&D they missed it.")
    'The Councils officer told xmisstitle X and R and D they missed it.'
    """
    text = simplify(text)
    if "iss" in text or "ISS" in text:
        text = _MISS.sub(TITLE_MISS, text)
    if "&" in text:
        text = _AMPERSAND.sub(" and ", text)
    return _APOSTROPHE.sub("", text) if "'" in text or "’" in text else text


def is_title(word: str, following: str | None) -> bool:
    """Whether "miss" is a title as typed before the word `following`; None at the end."""
    return _MISS.match(f"{word} {following}" if following else word) is not None


def is_title_at(text: str, position: int, end: int) -> bool:
    """Whether the "Miss" at this position of a text that ends at `end` is a title."""
    return _MISS.match(text, position, end) is not None


def stems_of(text: str) -> list[str]:
    """The stems of all words in `text`, in order."""
    return STEMS.analyze(searchable(text))


def words_of(text: str) -> list[str]:
    """All words in `text`, in order, in lower case without accents."""
    return WORDS.analyze(searchable(text))


def words_and_stems(text: str) -> Iterator[tuple[str, str]]:
    """Each word of `text` as `words_of` gives it, with its stem, in order."""
    text = searchable(text)
    return zip(WORDS.analyze(text), STEMS.analyze(text), strict=True)


def forms(text: str) -> list[tuple[str, ...]]:
    """The stems under which a word is found, its own first. A hyphenated word has several stems,
    which follow each other, or one if it is written as one word. Empty if there is no word.

    >>> forms("Schools"), forms("bus"), forms("buses"), forms("e-mails")
    ([('school',)], [('bus',), ('buse',)], [('buse',), ('bus',)], [('e', 'mail'), ('email',)])
    """
    own = tuple(stems_of(text))
    others: list[str] = []
    if len(own) == 1:
        (word,) = words_of(text)
        others = _other_stems(word)
    elif _HYPHENATED.fullmatch(text):
        others = stems_of(text.replace("-", ""))
    found = dict.fromkeys((own, *((other,) for other in others)))
    return [form for form in found if form]


def phrase_forms(text: str) -> list[tuple[str, ...]]:
    """The stems of a phrase, and the same with the other forms of its words; its own first.

    At most MAX_PHRASE_FORMS; empty if there is no word.

    >>> phrase_forms("buses to school"), phrase_forms("anti-social")
    ([('buse', 'to', 'school'), ('bus', 'to', 'school')], [('anti', 'social'), ('antisoci',)])
    """
    found = [word_forms for part in _words_and_hyphenated(text) if (word_forms := forms(part))]
    combined = product(*found) if found else ()
    return [tuple(chain.from_iterable(choice)) for choice in islice(combined, MAX_PHRASE_FORMS)]


def _words_and_hyphenated(text: str) -> Iterator[str]:
    """The words of a phrase, where words that hyphens join are one."""
    for part in searchable(text).split():
        if hyphenated := _HYPHENATED.fullmatch(part.strip(_PUNCTUATION)):
            yield hyphenated.group()
        else:
            yield from WORDS.analyze(part)


def _other_stems(word: str) -> list[str]:
    """The stems of other forms of a word that do not have its stem."""
    if _SHORT_IN_S.fullmatch(word):
        return STEMS.analyze(f"{word}es")
    if _PLURAL_OF_SHORT_IN_S.fullmatch(word):
        return STEMS.analyze(word.removesuffix("es"))
    return []
