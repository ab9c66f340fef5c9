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
        "Either word, not a word, brackets",
        "Write OR in capital letters between two words to find either. Use brackets to group "
        "words.",
        (
            SearchExample("bus OR taxi", "decisions with either word, or both"),
            SearchExample("noise -dog", "decisions with “noise” and without “dog”"),
            SearchExample("council NOT appeal", "NOT means the same as the minus sign"),
            SearchExample("(bus OR taxi) school", "decisions with “school”, and “bus” or “taxi”"),
        ),
    ),
    HelpTopic(
        "Search one part of a decision",
        "Write a name and a colon to search one place only. The name applies to the word, phrase "
        "or bracket after it; “in:” applies to all the words beside it.",
        (
            SearchExample("council:borough noise", "a word in the council’s name"),
            SearchExample("category:housing delay", "in the category’s name"),
            SearchExample("reason:late", "closed for this reason"),
            SearchExample("law:26B", 'citing this provision; also law:"Care Act"'),
            SearchExample("apology in:remedy", "in what was recommended or agreed"),
            SearchExample("delay in:findings", "in what the Ombudsman found"),
            SearchExample("late in:complaint", "in what the complaint was about"),
            SearchExample("injustice in:decision", "in the summary and the final decision"),
        ),
    ),
)

# Shown without links, because these references need not be in the archive.
REFERENCES = ("21 019 030", "21-019-030", "21019030", "ref:21019*")
