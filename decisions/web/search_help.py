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
        "A decision must contain all your words, in any form and any order. Capital letters, "
        "accents and apostrophes make no difference. If fewer than ten decisions contain all your "
        "words, the closest matches follow: those that contain half of the words or more.",
        (
            SearchExample(
                "school transport", "decisions with both words: also “schools”, “transported”"
            ),
            SearchExample(
                "what happens if the council is late",
                "a sentence: the search ignores words such as “what” and “if”, and says so",
            ),
            SearchExample(
                "compensation",
                "the search also finds other names, such as “payment” and “remedy”, and says which",
            ),
            SearchExample("apolog*", "words starting with “apolog”: “apologise”, “apology”"),
        ),
    ),
    HelpTopic(
        "Phrases",
        "Quotation marks find words next to each other, and these words only, without other "
        "names. Add ~ and a number to allow other words between them.",
        (
            SearchExample('"school transport"', "the words next to each other"),
            SearchExample(
                '"council delay"~5', "at most five other words between them, in either order"
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
