"""Any text can be searched for citations: the spans are apart, and long texts take no longer."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.analysis.citations import Citation, citations
from decisions.analysis.passages import split
from tests.analysis.documents import one_paragraph, words_at

FRAGMENTS = [
    *("Local Government Act 1974", "Care Act 2014", "the Care Act", "the 1974 Act", " of that Act"),
    *(", section ", "sections ", "Schedule ", ", paragraph ", "Part ", "regulation ", "s.", "its "),
    *(
        "24A(6)",
        "34(B)6",
        "5/5A",
        "5.5",
        "(7)",
        "(c)",
        "(6",
        "26B",
        "1",
        "17ZH",
        "(i)",
        "12 months",
    ),
    *(
        " and ",
        " & ",
        ", ",
        "/",
        " to ",
        " of the ",
        "; ",
        "(",
        ")",
        "[",
        "]",
        "as amended",
        " ",
        "\n",
    ),
    *("Regulations 2014", "(England) Order 2015", "[2006] EWHC 2847", " v ", "R (M)", "SEND Code"),
    *("Care and Support Statutory Guidance", "ß", "İ", "’", "\xa0", "Act", "Act 1999", "&"),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join) | st.text(max_size=80))
def test_any_text_gives_spans_apart_and_findings_that_can_be_stored(text):
    document = one_paragraph(text)
    found = citations(split(document))
    for citation in found:
        assert words_at(document, citation).strip()
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", citation.provision.key)
        assert Citation.from_json(citation.to_json()) == citation
    for one, then in pairwise(found):
        assert one.evidence.end <= then.evidence.start


@pytest.mark.slow
def test_long_texts_take_time_in_proportion():
    """A pattern that went back over its text would not come to an end here."""
    for piece in (
        "Care Act 2014. its section 9. ",
        "Local Government Act 1974, section 1, ",
        "section 1 and ",
        "(A ",
        "Act ",
        "[2006] ",
        "case Smith v ",
        "R v Smith ex parte ",
        "R (A) v B ",
        "Case Case ",
        "Care Regulations ",
    ):
        assert isinstance(citations(split(one_paragraph(piece * 4000))), tuple)
