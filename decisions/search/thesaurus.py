"""The thesaurus: other names for what people search for, from `thesaurus.txt`.

It widens plain words of a query. Phrases in quotation marks, excluded words, alternatives and names
of councils, categories, reasons and laws are never widened.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from decisions.search.analyzers import stems_of, words_of
from decisions.search.query_nodes import AllOf, InField, Node, Phrase, Widened, Word

FILE = Path(__file__).with_name("thesaurus.txt")

Key = tuple[str, ...]


def read_entries(lines: Iterable[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Each entry: the words that are widened, and the words that are also looked for.

    Raises ValueError, naming the line, for an entry that widens nothing.
    """
    for line in lines:
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        typed, arrow, found = line.partition("->")
        sides = [[term.strip() for term in side.split(",")] for side in (typed, found)]
        left, right = sides if arrow else (sides[0], sides[0])
        if not all((*left, *right)) or len({*left, *right}) < 2 or (arrow and len(left) > 1):
            raise ValueError(f"{FILE.name}: not an entry: {line}")
        yield left, right


@cache
def _others() -> dict[Key, tuple[Phrase, ...]]:
    """The other names of each term, by its words.

    A name that contains all words of the term is left out: they find it anyway.
    """
    others: dict[Key, dict[Key, Phrase]] = {}
    for left, right in read_entries(FILE.read_text(encoding="utf-8").splitlines()):
        for term in left:
            stems = tuple(stems_of(term))
            found = others.setdefault(_key(term), {})
            for other in right:
                other_stems = tuple(stems_of(other))
                if not set(stems) <= set(other_stems):
                    found.setdefault(other_stems, Phrase(other))
    return {stems: tuple(found.values()) for stems, found in others.items() if found}


@cache
def _longest() -> int:
    return max(map(len, _others()))


def widen(node: Node) -> tuple[Node, tuple[Widened, ...]]:
    """The query with other names beside its plain words, and the words that have some."""
    match node:
        case Word():
            parts = tuple(_widened([node], [node]))
            return parts[0], tuple(part for part in parts if isinstance(part, Widened))
        case AllOf(parts):
            typed = [part for part in parts if isinstance(part, Word)]
            widened_parts: list[Node] = []
            run: list[Word] = []
            for part in parts:
                if isinstance(part, Word):
                    run.append(part)
                    continue
                widened_parts += [*_widened(run, typed), widen(part)[0]]
                run = []
            widened_parts += _widened(run, typed)
            found = tuple(part for part in widened_parts if isinstance(part, Widened))
            found += tuple(
                inner for part in parts if isinstance(part, InField) for inner in widen(part)[1]
            )
            if len(widened_parts) == 1:
                return widened_parts[0], found
            return AllOf(tuple(widened_parts)), found
        case InField(label, fields, part) if fields[0].startswith("in_"):
            inner_node, found = widen(part)
            return InField(label, fields, inner_node), found
    return node, ()


def _widened(words: list[Word], typed: list[Word]) -> Iterator[Word | Widened]:
    """The words in order; the longest runs that the thesaurus knows come with their other names.

    Names that stand among the other words `typed` are left out: they are looked for anyway.
    """
    keys = [_key(word.text) for word in words]
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + _longest()), start, -1):
            run = tuple(word for key in keys[start:end] for word in key)
            if names := _others().get(run):
                widened = words[start:end]
                beside = {
                    stem for word in typed if word not in widened for stem in stems_of(word.text)
                }
                others = tuple(name for name in names if not beside.issuperset(stems_of(name.text)))
                yield from [Widened(tuple(widened), others)] if others else widened
                start = end
                break
        else:
            yield words[start]
            start += 1


def knows(word: str) -> bool:
    """Whether the thesaurus has this word, alone or among others."""
    return bool(_key(word)) and set(_key(word)) <= _words()


@cache
def _words() -> frozenset[str]:
    return frozenset(word for key in _others() for word in key)


def _key(text: str) -> Key:
    """The words of a term without the s of a plural.

    Stems would be too wide: "refused" has the stem of "refuse".
    """
    return tuple(
        word[:-1]
        if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
        else word
        for word in words_of(text)
    )
