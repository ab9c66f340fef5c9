"""Near spellings of a word from the archive's own vocabulary, for words that find little.

One slip (a letter missing, added, changed, or two swapped) is tried in every way there is: some 500
look-ups of under a microsecond for a word of eight letters. Two slips have a hundred thousand ways;
for those, the commonest words with the same first letter are compared instead.
"""

import string
from collections.abc import Iterator

import tantivy

from decisions.search.analyzers import STEMS, WORDS

SHORTEST = 4  # letters: nearly everything is one slip away from a shorter word
SHORTEST_FOR_TWO = 6
LONGEST = 30

# A word is offered when it is in at least so many decisions, and in so many times as many as the
# word typed, which may be a slip that the archive makes itself.
FEWEST_DECISIONS = 3
TIMES_AS_COMMON = 10

COMPARED = 2_000  # words with the same first letter; who slips twice wanted a common one


def near_spellings(searcher: tantivy.Searcher, word: str, most: int = 3) -> list[str]:
    """Words that the reader may have meant: the nearest first, of equals the most frequent.

    None is a mere other form of the word, or of another in the list: those find the same. Nothing
    is near to what is no single word of letters.
    """
    read = WORDS.analyze(word)
    if len(read) != 1 or not read[0].isalpha() or not SHORTEST <= len(read[0]) <= LONGEST:
        return []
    typed = read[0]
    least = max(FEWEST_DECISIONS, TIMES_AS_COMMON * searcher.doc_freq("words", typed))
    found: list[str] = []
    stems = {_stem(typed)}
    for near in _nearest(searcher, typed, least):
        if _stem(near) not in stems and _published(searcher, near) >= least:
            found.append(near)
            stems.add(_stem(near))
        if len(found) == most:
            break
    return found


def _nearest(searcher: tantivy.Searcher, typed: str, least: int) -> Iterator[str]:
    frequency = {word: searcher.doc_freq("words", word) for word in _one_slip_away(typed)}
    near = [word for word, count in frequency.items() if count >= least]
    yield from sorted(near, key=lambda word: (-frequency[word], word))
    if len(typed) >= SHORTEST_FOR_TWO:
        for word, count in searcher.terms_with_prefix("words", typed[0], limit=COMPARED):
            if count < least:
                break
            if word not in frequency and _two_slips_apart(typed, word):
                yield word


def _published(searcher: tantivy.Searcher, word: str) -> int:
    """How many decisions hold the word; asked so, what was deleted a moment ago counts no more."""
    beginning = searcher.terms_with_prefix("words", word, tantivy.Query.all_query())
    return dict(beginning).get(word, 0)


def _stem(word: str) -> str:
    return " ".join(STEMS.analyze(word))


def _one_slip_away(word: str) -> set[str]:
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    letters = string.ascii_lowercase
    missing = {left + letter + right for left, right in halves for letter in letters}
    added = {left + right[1:] for left, right in halves if right}
    changed = {left + letter + right[1:] for left, right in halves if right for letter in letters}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    return (missing | added | changed | swapped) - {word}


def _two_slips_apart(one: str, other: str) -> bool:
    """Whether the distance is at most two, counting a swap of neighbours as one slip."""
    # Two slips leave at most four letters that only one of the words has; most pairs end here.
    if abs(len(one) - len(other)) > 2 or len(set(one) ^ set(other)) > 4:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, facing in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != facing))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == facing:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > 2:
            return False
    return row[-1] <= 2
