"""The thesaurus: other names for what people search for, from `thesaurus.txt`.

It widens plain words of a query, and says which subjects they name. Phrases in quotation marks,
excluded words, alternatives and names of councils, categories, reasons and laws are never widened.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from decisions.search.analyzers import stems_of, words_of
from decisions.search.query_nodes import AllOf, InField, Node, Phrase, Widened, Word

FILE = Path(__file__).with_name("thesaurus.txt")

Key = tuple[str, ...]

# Words that may stand before, between and after those of a term: "sell her house" is "sell the
# house".
_DETERMINERS = frozenset(("a", "an", "the", "my", "your", "his", "her", "its", "our", "their"))
# Words that may stand between those of a term, and are a part of it elsewhere: "neighbour is
# building" is "neighbour building". They stand here as `_key` writes them: "always" without its s.
_BETWEEN_WORDS = """
    alway am any are be been being had has have is just keep really some still that these
    this those very was were
"""
_BETWEEN = _DETERMINERS.union(_BETWEEN_WORDS.split())
# Most words that may stand between those of a run of words that is looked for.
_MAX_BETWEEN = 2

_ARROW = re.compile(r"(->|~>)")


class Entry(NamedTuple):
    """A line: the words that are typed, and the words that are also looked for.

    Where `is_subject`, the latter are one subject instead, as `_subject` reads it.
    """

    typed: list[str]
    found: list[str]
    is_subject: bool = False


class Subject(NamedTuple):
    """What `words` words of a query name: a category by its name, as "Noise" or "Housing › Other",
    a reason for closing by its code, or PAYMENT, decisions in which a payment was recommended.
    """

    kind: str
    name: str
    words: int = 0


CATEGORY, REASON, PAYMENT = "category", "reason", "payment"


def read_entries(lines: Iterable[str]) -> Iterator[Entry]:
    """The entries, in order. Raises ValueError, naming the line, for one that says nothing."""
    for line in lines:
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        left, arrow, right = _ARROW.split(line, 1) if _ARROW.search(line) else (line, "", line)
        typed, found = ([term.strip() for term in side.split(",")] for side in (left, right))
        is_subject = arrow == "~>"
        if (
            not all((*typed, *found))
            or len({*typed, *found}) < 2
            or (arrow == "->" and len(typed) > 1)
            or (is_subject and len(found) > 1)
        ):
            raise ValueError(f"{FILE.name}: not an entry: {line}")
        yield Entry(typed, found, is_subject)


@cache
def _entries() -> tuple[Entry, ...]:
    return tuple(read_entries(FILE.read_text(encoding="utf-8").splitlines()))


@cache
def _others() -> dict[Key, tuple[Phrase, ...]]:
    """The other names of each term, by its words.

    A name that contains all words of the term is left out: they find it anyway.
    """
    others: dict[Key, dict[Key, Phrase]] = {}
    for left, right, is_subject in _entries():
        for term in () if is_subject else left:
            stems = tuple(stems_of(term))
            found = others.setdefault(_term_key(term), {})
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
        longest = start + _longest() + _MAX_BETWEEN
        for end in range(min(len(words), longest), start, -1):
            if not _DETERMINERS.isdisjoint((*keys[start], *keys[end - 1])):
                continue
            if names := _others().get(_form([word for key in keys[start:end] for word in key])):
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


def is_determiner(word: Word) -> bool:
    """Whether the word is an article or a possessive. In a term it need not occur."""
    return _DETERMINERS.issuperset(words_of(word.text))


def names_for(term: str) -> tuple[str, ...]:
    """What people call a term or a category: the words for which a search also looks for it.

    >>> names_for("Council tax support")[:2]
    ('council tax reduction', 'CTR')
    """
    return tuple(_names().get(_key(term), ()))


@cache
def _names() -> dict[Key, dict[str, None]]:
    """For each term that is also looked for, and each category, the words that lead to it."""
    names: dict[Key, dict[str, None]] = {}
    for left, right, _ in _entries():
        for term in right:
            others = (typed for typed in left if typed != term)
            names.setdefault(_key(term), {}).update(dict.fromkeys(others))
    return names


def subjects(words: Sequence[Word]) -> tuple[Subject, ...]:
    """The subjects that plain words name, each once; of each kind, the longest runs of words count.

    Fillers count: "care at home" is not "care home".
    """
    keys = [part for word in words for part in _key(word.text)]
    return tuple(subject for kind in _subjects() for subject in _named(kind, keys))


def _named(kind: str, keys: Sequence[str]) -> Iterator[Subject]:
    found: dict[Subject, int] = {}
    start = 0
    while start < len(keys):
        longest = start + _longest_subject() + _MAX_BETWEEN
        for end in range(min(len(keys), longest), start, -1):
            if not _DETERMINERS.isdisjoint((keys[start], keys[end - 1])):
                continue
            form = _form(keys[start:end])
            if named := _subjects()[kind].get(form):
                for subject in named:
                    found[subject] = found.get(subject, 0) + len(form)
                start = end
                break
        else:
            start += 1
    for subject, count in found.items():
        yield subject._replace(words=count)


@cache
def _subjects() -> dict[str, dict[Key, dict[Subject, None]]]:
    """For each kind, the subjects that each run of words names."""
    named: dict[str, dict[Key, dict[Subject, None]]] = {}
    for typed, (name, *_), is_subject in _entries():
        for term in typed if is_subject else ():
            subject = _subject(name)
            named.setdefault(subject.kind, {}).setdefault(_term_key(term), {})[subject] = None
    return named


@cache
def _longest_subject() -> int:
    return max(len(key) for of_kind in _subjects().values() for key in of_kind)


def _subject(written: str) -> Subject:
    """A subject as a line has it: "Noise", "reason: late" or "payment"."""
    if written == PAYMENT:
        return Subject(PAYMENT, "")
    kind, _, code = written.partition(": ")
    return Subject(REASON, code) if kind == REASON else Subject(CATEGORY, written)


def knows(word: str) -> bool:
    """Whether the thesaurus has this word, alone or among others."""
    return set(_key(word)) <= _words()


@cache
def _words() -> frozenset[str]:
    return frozenset(
        word
        for left, _, is_subject in _entries()
        if not is_subject
        for term in left
        for word in _key(term)
    )


def _term_key(term: str) -> Key:
    return _form(_key(term))


def _form(words: Sequence[str]) -> Key:
    """What is compared: the stems of several words without those that may stand between, and a
    single word as it stands, since its stem would be too wide: "refused" has that of "refuse".
    """
    core = [word for word in words if word not in _DETERMINERS]
    core = [*core[:1], *(word for word in core[1:-1] if word not in _BETWEEN), *core[1:][-1:]]
    return tuple(map(_stem, core)) if len(core) > 1 else tuple(core)


@cache
def _stem(word: str) -> str:
    return "".join(stems_of(word))


def _key(text: str) -> Key:
    """The words of a term without the s of a plural."""
    return tuple(
        word[:-1]
        if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
        else word
        for word in words_of(text)
    )
