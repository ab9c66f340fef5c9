"""Relaxes a query that few decisions match: its closest matches hold some of its parts.

What the words name as a whole, a category or a reason, is a part too. A sentence that names it
asks for it: there, the decisions that hold all the words come first only if they are about it.
"""

from decisions.search.fillers import says_little
from decisions.search.query_language import ParsedQuery
from decisions.search.query_nodes import (
    About,
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
from decisions.search.thesaurus import CATEGORY, REASON, is_determiner


def named_by(parsed: ParsedQuery) -> tuple[About, ...]:
    """The categories and the reasons that words of a query name."""
    names = {
        kind: tuple(subject.name for subject in parsed.subjects if subject.kind == kind)
        for kind in (CATEGORY, REASON)
    }
    return tuple(About(kind, of_kind) for kind, of_kind in names.items() if of_kind)


def on_subject(parsed: ParsedQuery) -> Node | None:
    """A sentence that also requires what it names; None if it names nothing, or is no sentence."""
    named = named_by(parsed) if parsed.ignored else ()
    return AllOf((*_parts(parsed.node), *named)) if named else None


def closest(parsed: ParsedQuery, minimum: int | None = None) -> tuple[Node, SomeOf] | None:
    """A query that requires at least `minimum` of the parts, and that requirement.

    Without `minimum`, as many as half of the words. None for less than two words. Each word, quoted
    phrase and bracket is a part, and so are the categories and the reasons that words name.
    Exclusions and words in a named field keep their meaning. Words that should be near each other
    are one part and may stand apart; words that only join others do not count.
    """
    parts: list[Node] = []
    exact: list[Node] = []
    for part in _parts(parsed.node):
        match part:
            case Widened(words, others):
                telling = (word for word in words if not is_determiner(word))
                parts += [Widened((word,), others) for word in telling]
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
    some = SomeOf((*parts, *named_by(parsed)), minimum or (len(parts) + 1) // 2)
    return AllOf((*exact, some)), some


def _parts(node: Node | None) -> tuple[Node, ...]:
    if node is None:
        return ()
    return node.parts if isinstance(node, AllOf) else (node,)
