"""Phrases that complete what a reader types: "school tr" gives "school transport".

They come from the summaries, where the Ombudsman says in a few plain words what a case is about.
Each decision is indexed with its phrases; those that several decisions share are suggested.
"""

import re

import tantivy

from decisions.characters import simplify

MAX_WORDS = 4  # most words in a phrase; the fewest are two
MIN_DECISIONS = 3  # fewest decisions that share a phrase: with fewer, it is the wording of one case
MIN_LETTERS = 3  # fewest letters typed before phrases are suggested: too many start with two

# Longest word in a phrase, in letters: anything longer is an address or a typing error.
MAX_WORD_LETTERS = 40

# These words may occur inside a phrase ("duty of care"), but not at its ends.
_JOINING_WORDS = "a about an and at by for from in of on or the to under with"
# These words end a phrase: they belong to the sentence and not to its subject.
_SEPARATING_WORDS = """
    am are be because been being but can could did do does done had has have having he her him his
    how i if is it its may me might must my no nor not our shall she should so than that their them
    then there these they this those us was we were what when where which while who whom whose why
    will would you your
    complain complained complains council's councils' ombudsman ombudsman's ombudsmen said says
    found gave got held kept knew made sent told took went wrote
"""
_TITLES = frozenset(("dr", "miss", "mr", "mrs", "ms"))
_JOINING = frozenset(_JOINING_WORDS.split())
_SEPARATORS = _TITLES.union(_SEPARATING_WORDS.split())

_PUNCTUATION = re.compile(r"[^\w\s'-]+")

# Largest share of a phrase's decisions that may contain one longer phrase that starts with it; from
# this share on, only the longer phrase is suggested.
MAX_SHARE_OF_LONGER = 0.8


def phrases_of(summary: str | None) -> set[str]:
    """The phrases of two to MAX_WORDS words in a summary, in lower case.

    >>> sorted(phrases_of("Mr X complained of the Council's delay with school transport."))
    ['delay with school', 'delay with school transport', 'school transport']
    """
    phrases: set[str] = set()
    for part in _PUNCTUATION.split(_normalised(summary or "")):
        run: list[str] = []
        follows_title = False
        for word in part.split():
            word = word.strip("'-")
            if follows_title or _separates(word):
                _add_phrases(phrases, run)
                run = []
            else:
                run.append(word)
            follows_title = word in _TITLES
        _add_phrases(phrases, run)
    return phrases


def complete_phrase(
    searcher: tantivy.Searcher, typed: str, limit: int = 5
) -> list[tuple[str, int]]:
    """Up to `limit` common phrases that start with `typed`, each with its number of decisions."""
    beginning = " ".join(_normalised(typed).split())
    if len(beginning) < MIN_LETTERS:
        return []
    if typed[-1].isspace():
        beginning += " "
    # With a query, the engine leaves deleted decisions out of the counts.
    all_decisions = tantivy.Query.all_query()
    terms = searcher.terms_with_prefix("phrases", beginning, all_decisions, limit=limit * 10)
    common = [(phrase, count) for phrase, count in terms if count >= MIN_DECISIONS]
    return [
        (phrase, count)
        for phrase, count in common
        if not any(
            longer.startswith(f"{phrase} ") and shared >= count * MAX_SHARE_OF_LONGER
            for longer, shared in common
        )
    ][:limit]


def _normalised(text: str) -> str:
    return simplify(text).lower().replace("‘", "'").replace("’", "'")


def _separates(word: str) -> bool:
    """Whether the word ends a phrase, like a letter that stands for a name ("X's")."""
    if word in _JOINING:
        return False
    return word in _SEPARATORS or not 1 < len(word) <= MAX_WORD_LETTERS or word[1] == "'"


def _add_phrases(phrases: set[str], run: list[str]) -> None:
    for start, first in enumerate(run):
        if first in _JOINING or first[0].isdigit():
            continue
        for end in range(start + 2, min(start + MAX_WORDS, len(run)) + 1):
            last = run[end - 1]
            if _is_past_tense(last):
                break
            if last not in _JOINING:
                phrases.add(" ".join(run[start:end]))


def _is_past_tense(word: str) -> bool:
    """Whether a word is in the past tense: it may only begin a phrase ("missed bins")."""
    return word.endswith("ed") and len(word) > 3 and not word.endswith("eed")
