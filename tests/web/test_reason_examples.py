"""The sentence that an example of a closure reason quotes."""

import pytest

from decisions.web.presenters.reason_examples import sentence_at


def sentence_with(words: str, text: str) -> str:
    start = text.index(words)
    return sentence_at(text, start, start + len(words))


@pytest.mark.parametrize(
    "sentence",
    [
        "The pupils of St. Mary’s School came too late.",
        "We told Mr. Smith and Mrs. Jones that this is too late.",
        "Ms. Smith and Dr. Jones came too late.",
        "Complaint No. 12 came too late.",
        "Plan No. B12 came too late.",
        "Some services (e.g. Children’s Services, i.e. Early Help) were told too late.",
        "By s. 26 and ss. 24A to 26, and para. 5, it is too late.",
        "Ash Care Ltd. Kent and Ash & Co. Essex were told too late.",
        "In R v. Smith the court held that this is too late.",
        "J. Smith and A. B. Jones came too late.",
        "It cost £1.50 for each 2.5 miles, which is too late.",
    ],
)
def test_an_abbreviation_an_initial_or_a_number_does_not_end_a_sentence(sentence):
    text = f"The first sentence. {sentence} The last sentence."
    assert sentence_with("too late", text) == sentence


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("He complained.", "The Council replied."),
        ("Was it ours?", "It was not."),
        ("It was not!", "We stopped."),
        ("He said “no.”", "“Why?” she asked."),
        ("(We stopped.)", "(It was 2019.)"),
        ("We wrote to Mr X.", "She is Miss B."),
        ("It chose option A.", "He chose B."),
        ("Was it late? No.", "The Council replied."),
        ("We met Mr Y.", "Officer Z wrote to Mr Q."),
    ],
)
def test_a_sentence_ends_where_it_ends(before, after):
    sentence = "We cannot investigate because it is too late."
    assert sentence_with("too late", f"{before} {sentence} {after}") == sentence


def test_words_in_two_sentences_give_both():
    text = "One. Two is too late. Three is late. Four."
    assert sentence_with("late. Three", text) == "Two is too late. Three is late."


def test_the_first_and_the_last_sentence_are_whole():
    assert sentence_with("One", "One is late. Two is late") == "One is late."
    assert sentence_with("Two", "One is late. Two is late") == "Two is late"
