"""The topics of the page "How to search"; each example is a link that finds something.

The examples use words that occur in any archive of decisions.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class SearchExample:
    """A query to type, and what it finds."""

    query: str
    finds: str


@dataclass(frozen=True)
class HelpTopic:
    """A part of the query language with its examples."""

    heading: str
    text: str
    examples: tuple[SearchExample, ...]


TOPICS = (
    HelpTopic(
        "Words",
        "All the words must be in the decision, in any form and any order. Capital letters, "
        "accents and apostrophes make no difference. If fewer than ten decisions contain all the "
        "words, the closest matches follow: those that contain most of them.",
        (
            SearchExample(
                "school transport", "decisions with both words: also “schools”, “transported”"
            ),
            SearchExample(
                "what happens if the council is late",
                "a sentence: words such as “what” and “if” are ignored, and the page says so",
            ),
            SearchExample(
                "compensation",
                "also “payment” and “remedy”: other names are looked for, and the page says which",
            ),
            SearchExample("apolog*", "words starting with “apolog”: “apologise”, “apology”"),
        ),
    ),
    HelpTopic(
        "Phrases",
        "Quotation marks keep words together, and look for these words alone, without other "
        "names. A number behind them allows other words between.",
        (
            SearchExample('"school transport"', "the words next to each other"),
            SearchExample(
                '"council delay"~5', "at most five words between them, whichever comes first"
            ),
            SearchExample("council w/5 delay", "the same"),
        ),
    ),
    HelpTopic(
        "Either, neither, together",
        "OR is written in capital letters and joins what stands beside it. Brackets keep together.",
        (
            SearchExample("bus OR taxi", "decisions with one of the words, or both"),
            SearchExample("noise -dog", "with the first word and without the second"),
            SearchExample("council NOT appeal", "the same in letters"),
            SearchExample("(bus OR taxi) school", "one of the two, and the third"),
        ),
    ),
    HelpTopic(
        "Where to look",
        "A name and a colon look in one place only. It holds for the word, phrase or bracket that "
        "follows; “in:” holds for all the words beside it.",
        (
            SearchExample("council:borough noise", "a word in the council’s name"),
            SearchExample("category:housing delay", "in the category’s name"),
            SearchExample("reason:late", "closed for this reason"),
            SearchExample("law:26B", 'citing this provision; also law:"Care Act"'),
            SearchExample("apology in:remedy", "in what was recommended or agreed"),
            SearchExample("delay in:findings", "in what was found"),
            SearchExample("late in:complaint", "in what the complaint was"),
            SearchExample("injustice in:decision", "in the summary and the final decision"),
        ),
    ),
)

# Shown without links, because these references need not be in the archive.
REFERENCES = ("21 019 030", "21-019-030", "21019030", "ref:21019*")
