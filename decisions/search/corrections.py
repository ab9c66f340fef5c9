"""What a reader whose words find little may have meant to type: offered, never forced."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from decisions.search import grammar
from decisions.search.asking import count_matches
from decisions.search.generation import Generation
from decisions.search.question import Answer, Question
from decisions.search.vocabulary import near_spellings

# A search that finds more than this was hardly misspelt.
FEW = 10
MOST = 3


@dataclass(frozen=True)
class Correction:
    """The query with near spellings in it, and how many decisions it would find."""

    text: str
    total: int


def corrections(generation: Generation, question: Question, answer: Answer) -> list[Correction]:
    """Other spellings that find more, under the same filters; none where enough was found."""
    if answer.total >= FEW:
        return []
    searcher = generation.searcher()
    spellings = {
        node.span: near
        for node, fields in grammar.wanted(grammar.read(question.text).node)
        if isinstance(node, grammar.Word) and not fields
        if (near := near_spellings(searcher, node.text, MOST))
    }
    found = []
    for text in dict.fromkeys(_respelt(question.text, spellings)):
        total = count_matches(generation, replace(question, text=text))
        if total > answer.total:
            found.append(Correction(text, total))
    return found


def _respelt(text: str, spellings: dict[tuple[int, int], list[str]]) -> Iterator[str]:
    """The text with the likeliest spelling of each word, then with the next of one and another."""
    for choice in range(max(map(len, spellings.values()), default=0)):
        parts = []
        position = 0
        for (start, end), near in sorted(spellings.items()):
            parts += [text[position:start], near[min(choice, len(near) - 1)]]
            position = end
        yield "".join([*parts, text[position:]])
