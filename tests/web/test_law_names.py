"""Provisions of law in every spelling, and what only looks like one."""

import pytest

from decisions.web.law_names import LawNames

PROVISIONS = [
    ("lga-1974", "Local Government Act 1974", "LGA 1974"),
    ("lga-1974-s-26", "Local Government Act 1974, section 26", "LGA 1974 s 26"),
    ("lga-1974-s-26-6", "Local Government Act 1974, section 26(6)", "LGA 1974 s 26(6)"),
    ("lga-1974-s-26-6-a", "Local Government Act 1974, section 26(6)(a)", "LGA 1974 s 26(6)(a)"),
    ("lga-1974-s-26b", "Local Government Act 1974, section 26B", "LGA 1974 s 26B"),
    ("lga-1974-s-24a-6", "Local Government Act 1974, section 24A(6)", "LGA 1974 s 24A(6)"),
    (
        "lga-1974-sch-5-para-1",
        "Local Government Act 1974, Schedule 5, paragraph 1",
        "LGA 1974 Sch 5 para 1",
    ),
    ("care-act-2014", "Care Act 2014", "Care Act 2014"),
    ("care-act-2014-s-26", "Care Act 2014, section 26", "Care Act 2014 s 26"),
    ("children-act-1989", "Children Act 1989", "Children Act 1989"),
    ("children-act-2004", "Children Act 2004", "Children Act 2004"),
    ("hb", "Housing Benefit Regulations 2006", "Housing Benefit Regulations 2006"),
    (
        "hb-89",
        "Housing Benefit Regulations 2006, regulation 89",
        "Housing Benefit Regulations 2006 reg 89",
    ),
    (
        "guidance-6-29",
        "Care and Support Statutory Guidance, paragraph 6.29",
        "Care and Support Statutory Guidance para 6.29",
    ),
]
NAMES = LawNames(PROVISIONS)


@pytest.mark.parametrize(("key", "label", "short"), PROVISIONS)
def test_every_provision_is_found_by_its_label_and_its_short_name(key, label, short):
    assert key in NAMES.find(label)
    assert key in NAMES.find(short)
    assert NAMES.find(f"What does {label.upper()} mean?") == NAMES.find(label)


@pytest.mark.parametrize(
    "asked",
    [
        "s 26(6)(a)",
        "s26(6)(a)",
        "s.26(6)(a)",
        "S. 26 (6) (a)",
        "section 26(6)(a)",
        "Section 26 ( 6 ) ( A )",
        "sec 26(6)a",
        "sect. 26-6-a",
        "§26(6)(a)",
        "ss 26(6)(a)",
        "s\u00a026(6)(a)",
        "section 26(6)(a) of the Local Government Act 1974",
        "Local Government Act, s 26(6)(a)",
        "s 26(6)(a) LGA",
        "lga 1974 section 26(6)(a)",
        "what does s 26(6)(a) say",
        "decisions on s 26(6)(a)",
    ],
)
def test_spellings_of_a_section(asked):
    assert NAMES.find(asked) == ["lga-1974-s-26-6-a"]


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ("s 26", ["lga-1974-s-26", "care-act-2014-s-26"]),
        ("s 26 care act", ["care-act-2014-s-26"]),
        ("s26B", ["lga-1974-s-26b"]),
        ("section 24 A (6)", []),
        ("section 24A (6)", ["lga-1974-s-24a-6"]),
        ("schedule 5 para 1", ["lga-1974-sch-5-para-1"]),
        ("paragraph 1 of Schedule 5 to the LGA 1974", ["lga-1974-sch-5-para-1"]),
        ("care act", ["care-act-2014"]),
        ("Children Act", ["children-act-1989", "children-act-2004"]),
        ("Children Act 2004", ["children-act-2004"]),
        ("reg 89", ["hb-89"]),
        ("Housing Benefit Regulations 2006", ["hb"]),
        ("Care & Support Statutory Guidance 6.29", []),
        ("care & support statutory guidance para 6.29", ["guidance-6-29"]),
    ],
)
def test_other_laws(asked, keys):
    assert NAMES.find(asked) == keys


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ("s 26(6)(b)", ["lga-1974-s-26-6"]),
        ("s 26(7)", ["lga-1974-s-26", "care-act-2014-s-26"]),
        ("s 26B(2)", ["lga-1974-s-26b"]),
        ("s 26C", []),
        ("s 2", []),
    ],
)
def test_what_contains_a_paragraph_that_is_not_held(asked, keys):
    assert NAMES.find(asked) == keys


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "the law",
        "1974",
        "26",
        "act",
        "section 26 aftercare",
        "council's 26",
        "bus 26",
        "care act 2015",
        "s 26 equality act",
        "school part 26",
        "housing",
        "local government",
        "regulations 2006",
    ],
)
def test_what_names_no_law(asked):
    assert NAMES.find(asked) == []
