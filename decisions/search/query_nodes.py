"""The nodes of a parsed query: plain data, and how pages describe them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from decisions.analysis.closure_rules import REASONS


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed. `span` is its position in the simplified text."""

    text: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Prefix:
    """The first letters of a word, without the asterisk."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to each other; with `near`, at most that many other words between neighbours."""

    text: str
    near: int | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """All parts are required."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the parts is enough."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The part must not occur."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class InField:
    """The part must occur in one of these fields of the index.

    `label` is what readers call them: "council", "findings".
    """

    label: str
    fields: tuple[str, ...]
    part: "Node"


@dataclass(frozen=True, slots=True)
class Widened:
    """Plain words, or one of the other names that the thesaurus has for them."""

    words: tuple[Word, ...]
    others: tuple[Phrase, ...]

    @property
    def text(self) -> str:
        """The words as typed."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class About:
    """The decision has one of these categories (by their names) or reasons (by their codes).

    `kind` is "category" or "reason".
    """

    kind: str
    names: tuple[str, ...]

    @property
    def labels(self) -> list[str]:
        """The names of the categories or of the reasons, for readers."""
        if self.kind != "reason":
            return [*self.names]
        return [REASONS[code].label if code in REASONS else code for code in self.names]


@dataclass(frozen=True, slots=True)
class SomeOf:
    """At least `minimum` of the parts are required."""

    parts: tuple["Node", ...]
    minimum: int


Node = Word | Prefix | Phrase | AllOf | AnyOf | Without | InField | Widened | About | SomeOf


def describe(node: Node) -> str:
    """The query in plain words, as pages show it to the reader.

    >>> describe(AllOf((Word("school", (0, 6)), Without(Phrase("appeal panel")))))
    'school and not “appeal panel”'
    """
    match node:
        case Word(text):
            return text
        case Prefix(text):
            return f"words starting with {text}"
        case Phrase(text, None):
            return f"“{text}”"
        case Phrase(text, near):
            return f"“{text}” with at most {near} word{'' if near == 1 else 's'} between"
        case Without(part):
            return f"not {_enclosed(part)}"
        case Widened(words):
            return " and ".join(word.text for word in words)
        case About("reason"):
            return f"closed for the reason “{'” or “'.join(node.labels)}”"
        case About():
            return f"about {' or '.join(node.labels)}"
        case SomeOf(parts, minimum):
            return f"at least {minimum} of ({', '.join(map(describe, parts))})"
        case AllOf(parts):
            return " and ".join(map(_enclosed, parts))
        case AnyOf(parts):
            return " or ".join(map(_enclosed, parts))
        case InField(label, fields, part) if fields[0].startswith("in_"):
            return f"{_enclosed(part)} in the {label}"
        case InField(label, _, part):
            return f"{label} {_enclosed(part)}"
    raise TypeError(node)


def _enclosed(node: Node) -> str:
    is_compound = isinstance(node, AllOf | AnyOf) or (
        isinstance(node, Widened) and len(node.words) > 1
    )
    return f"({describe(node)})" if is_compound else describe(node)


def positive_terms(
    node: Node | None, fields: tuple[str, ...] = ()
) -> Iterator[tuple[Word | Prefix | Phrase, tuple[str, ...]]]:
    """The words, prefixes and phrases to find, each with the fields that it is confined to.

    No fields, (), means that it may occur anywhere. Excluded parts are left out.
    """
    match node:
        case Word() | Prefix() | Phrase():
            yield node, fields
        case AllOf(parts) | AnyOf(parts) | SomeOf(parts):
            for part in parts:
                yield from positive_terms(part, fields)
            for *_, joined in joined_neighbours(node):
                yield Phrase(joined), fields
        case Widened(words, others):
            yield from ((word, fields) for word in words)
            yield from ((other, fields) for other in others)
        case InField(_, inner, part):
            yield from positive_terms(part, inner)


def plain_words(node: Node | None) -> list[Word]:
    """The plain words that a query requires, in order; those of phrases and brackets are left out.

    >>> plain_words(AllOf((Word("school", (0, 6)), Phrase("late bus"))))
    [Word(text='school', span=(0, 6))]
    """
    match node:
        case Word():
            return [node]
        case Widened(words):
            return [*words]
        case AllOf(parts) | SomeOf(parts):
            return [
                word
                for part in parts
                if isinstance(part, Word | Widened | SomeOf)
                for word in plain_words(part)
            ]
    return []


def joined_neighbours(node: Node | None) -> Iterator[tuple[Word, Word, str]]:
    """Each two plain words that stand beside each other, and both written as one: "car park"."""
    for before, after in pairwise(plain_words(node)):
        if before.span[1] + 1 == after.span[0] and before.text.isalpha() and after.text.isalpha():
            yield before, after, before.text + after.text
