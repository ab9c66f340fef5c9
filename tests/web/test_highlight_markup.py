"""Matches as markup: the text is escaped, around them and inside them."""

import pytest

from decisions.web.highlight_markup import mark_spans, mark_words


def test_text_is_escaped_around_and_inside_of_marks():
    text = "<script>alert('bus')</script> & more"
    assert mark_words(text, "bus") == (
        "&lt;script&gt;alert(&#x27;<mark>bus</mark>&#x27;)&lt;/script&gt; &amp; more"
    )
    assert mark_words("<script>", "script") == "&lt;<mark>script</mark>&gt;"
    assert mark_spans("a<b>c", [(1, 4)]) == "a<mark>&lt;b&gt;</mark>c"


def test_words_that_do_not_match_are_not_marked():
    assert mark_words("A bus, <late>", "") == "A bus, &lt;late&gt;"
    assert mark_words("buses and trains", "bus OR taxi") == "<mark>buses</mark> and trains"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, None, "one <mark>two</mark> three <mark>four</mark>"),
        (0, 6, "one <mark>tw</mark>"),
        (6, 16, "<mark>o</mark> three <mark>fo</mark>"),
        (7, 14, " three "),
        (7, 7, ""),
    ],
)
def test_a_part_of_a_text_has_the_marks_inside_it(start, end, expected):
    assert mark_spans("one two three four", [(4, 7), (14, 18)], start, end) == expected
