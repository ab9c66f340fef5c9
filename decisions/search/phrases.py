"""Phrases that complete what a reader has begun to type: "school tr", "school transport".

They are read from the summaries, where the Ombudsman says in a few plain words what a case is
about. Every decision is indexed with those of its own; how many share one tells which are common.
"""

import re

import tantivy

MOST_WORDS = 4
FEWEST_DECISIONS = 3  # a phrase in fewer is that case's own wording, and no common one
FEWEST_LETTERS = 3  # under so few begin too many phrases to say which is meant

# Long enough for any word of English; more is an address or a slip.
_LONGEST_WORD = 40

# They may stand inside a phrase ("duty of care"), never at its ends.
_JOINING_WORDS = "a about an and at by for from in of on or the to under with"
# No phrase runs across one of these: they belong to the sentence and not to its subject.
_PARTING_WORDS = """
    am are be because been being but can could did do does done had has have having he her him his
    how i if is it its may me might must my no nor not our shall she should so than that their them
    then there these they this those us was we were what when where which while who whom whose why
    will would you your
    complain complained complains council's councils' ombudsman ombudsman's ombudsmen said says
    found gave got held kept knew made sent told took went wrote
"""
_TITLES = frozenset(("dr", "miss", "mr", "mrs", "ms"))
_JOINING = frozenset(_JOINING_WORDS.split())
_PARTING = _TITLES.union(_PARTING_WORDS.split())

_PUNCTUATION = re.compile(r"[^\w\s'-]+")

# A phrase is a mere part of a longer one that holds at least this share of its decisions.
_PART_OF = 0.8


def phrases_of(summary: str | None) -> set[str]:
    """The phrases of two to MOST_WORDS words that a summary is about, in lower case.

    >>> sorted(phrases_of("Mr X complained of the Council's delay with school transport."))
    ['delay with school', 'delay with school transport', 'school transport']
    """
    found: set[str] = set()
    for part in _PUNCTUATION.split(_plain(summary or "")):
        run: list[str] = []
        follows_title = False
        for word in part.split():
            word = word.strip("'-")
            if follows_title or _parts(word):
                _add_phrases(found, run)
                run = []
            else:
                run.append(word)
            follows_title = word in _TITLES
        _add_phrases(found, run)
    return found


def complete_phrase(searcher: tantivy.Searcher, typed: str, most: int = 5) -> list[tuple[str, int]]:
    """Common phrases that begin as typed, each with the number of decisions that share it."""
    beginning = " ".join(_plain(typed).split())
    if len(beginning) < FEWEST_LETTERS:
        return []
    if typed[-1].isspace():
        beginning += " "
    # Asked with a query, the engine leaves out what is deleted but not yet gone from the disk.
    everything = tantivy.Query.all_query()
    found = searcher.terms_with_prefix("phrases", beginning, everything, limit=most * 10)
    common = [(phrase, count) for phrase, count in found if count >= FEWEST_DECISIONS]
    return [
        (phrase, count)
        for phrase, count in common
        if not any(
            longer.startswith(f"{phrase} ") and shared >= count * _PART_OF
            for longer, shared in common
        )
    ][:most]


def _plain(text: str) -> str:
    return text.lower().replace("‘", "'").replace("’", "'")


def _parts(word: str) -> bool:
    """Whether no phrase may hold the word; letters that stand for names ("X's") are such."""
    if word in _JOINING:
        return False
    return word in _PARTING or not 1 < len(word) <= _LONGEST_WORD or word[1] == "'"


def _add_phrases(found: set[str], run: list[str]) -> None:
    for start, first in enumerate(run):
        if first in _JOINING or first[0].isdigit():
            continue
        for end in range(start + 2, min(start + MOST_WORDS, len(run)) + 1):
            last = run[end - 1]
            if _is_past(last):
                break
            if last not in _JOINING:
                found.add(" ".join(run[start:end]))


def _is_past(word: str) -> bool:
    """Whether a word tells what was done: at most it begins a phrase ("disabled facilities")."""
    return word.endswith("ed") and len(word) > 3 and not word.endswith("eed")
