"""Relaxes a query that few decisions match: its closest matches hold some of its parts."""

from decisions.search.fillers import says_little
from decisions.search.query_nodes import (
    AllOf,
    AnyOf,
    InField,
    Node,
    Phrase,
    Prefix,
    SomeOf,
    Widened,
    Without,
    Word,
)


def closest(node: Node | None, minimum: int | None = None) -> tuple[Node, SomeOf] | None:
    """A query that requires at least `minimum` of the parts, or half of them, and that requirement.

    None for less than two parts. Each word, quoted phrase and bracket is a part. Exclusions and
    words in a named field keep their meaning. Words that should be near each other are one part
    and may stand apart; words that only join others do not count.
    """
    parts: list[Node] = []
    exact: list[Node] = []
    for part in node.parts if isinstance(node, AllOf) else (node,):
        match part:
            case Widened(words, others):
                parts += [Widened((word,), others) for word in words]
            case Phrase(text, near) if near is not None:
                parts.append(AllOf(tuple(Phrase(word) for word in text.split())))
            case Word() if not says_little(part):
                parts.append(part)
            case Phrase() | Prefix() | AnyOf() | AllOf():
                parts.append(part)
            case Without() | InField():
                exact.append(part)
    if len(parts) < 2:
        return None
    some = SomeOf(tuple(parts), minimum or (len(parts) + 1) // 2)
    return AllOf((*exact, some)), some
