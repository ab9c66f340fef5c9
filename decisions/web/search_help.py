"""The search's grammar as its help page tells it; each example is a link that finds something.

The examples ask for words that any archive of decisions holds.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    typed: str
    finds: str


@dataclass(frozen=True)
class Topic:
    heading: str
    text: str
    examples: tuple[Example, ...]


TOPICS = (
    Topic(
        "Words",
        "All the words must be in the decision, in any form and any order. Capital letters and "
        "accents make no difference.",
        (
            Example("school transport", "decisions with both words: also “schools”, “transported”"),
            Example("apolog*", "words that begin so: “apologise”, “apology”"),
        ),
    ),
    Topic(
        "Phrases",
        "Quotation marks keep words together. A number behind them allows other words between.",
        (
            Example('"school transport"', "the words next to each other"),
            Example('"council delay"~5', "at most five words between them, whichever comes first"),
        ),
    ),
    Topic(
        "Either, neither, together",
        "OR is written in capital letters and joins what stands beside it. Brackets keep together.",
        (
            Example("bus OR taxi", "decisions with one of the words, or both"),
            Example("noise -dog", "with the first word and without the second"),
            Example("council NOT appeal", "the same in letters"),
            Example("(bus OR taxi) school", "one of the two, and the third"),
        ),
    ),
    Topic(
        "Where to look",
        "A name and a colon look in one place only. It holds for the word, phrase or bracket that "
        "follows; “in:” holds for all the words beside it.",
        (
            Example("council:borough noise", "a word in the council’s name"),
            Example("category:housing delay", "in the category’s name"),
            Example("reason:late", "closed for this reason"),
            Example("law:26B", 'citing this provision; also law:"Care Act"'),
            Example("apology in:remedy", "in what was recommended or agreed"),
            Example("delay in:findings", "in what was found"),
            Example("late in:complaint", "in what the complaint was"),
            Example("injustice in:decision", "in the summary and the final decision"),
        ),
    ),
)

# The beginnings of references differ from archive to archive: shown, but no links.
REFERENCES = ("21 019 030", "21-019-030", "21019030", "ref:21019*")
