"""Which law a decision cites, under which name, and which words become the link."""

import pytest

from tests.analysis.documents import cited

ACT_1974 = "Local Government Act 1974"
REGULATED = "Health and Social Care Act 2008 (Regulated Activities) Regulations 2014"

WRITTEN = [
    # What decisions write, and what a person reads there.
    (f"({ACT_1974}, section 24A(6), as amended)", [("LGA 1974 s 24A(6)", "section 24A(6)")]),
    (
        f"({ACT_1974}, sections 26B and 34D, as amended)",
        [("LGA 1974 s 26B", "26B"), ("LGA 1974 s 34D", "34D")],
    ),
    (
        f"({ACT_1974}, sections 26(1), 26A(1) and 34(3), as amended)",
        [
            ("LGA 1974 s 26(1)", "26(1)"),
            ("LGA 1974 s 26A(1)", "26A(1)"),
            ("LGA 1974 s 34(3)", "34(3)"),
        ],
    ),
    (
        f"({ACT_1974}, section 24A(6) & (7))",
        [("LGA 1974 s 24A(6)", "24A(6)"), ("LGA 1974 s 24A(7)", "(7)")],
    ),
    (
        f"({ACT_1974}, section 26(6)(b) and (c), as amended)",
        [("LGA 1974 s 26(6)(b)", "26(6)(b)"), ("LGA 1974 s 26(6)(c)", "(c)")],
    ),
    (
        f"({ACT_1974}, section 26(6)(a), (b) and (7))",
        [
            ("LGA 1974 s 26(6)(a)", "26(6)(a)"),
            ("LGA 1974 s 26(6)(b)", "(b)"),
            ("LGA 1974 s 26(7)", "(7)"),
        ],
    ),
    (
        "sections 1(1)(a)(i), (ii) and (b) of the Care Act 2014",
        [
            ("Care Act 2014 s 1(1)(a)(i)", "1(1)(a)(i)"),
            ("Care Act 2014 s 1(1)(a)(ii)", "(ii)"),
            ("Care Act 2014 s 1(1)(b)", "(b)"),
        ],
    ),
    (
        f"({ACT_1974}, Schedule 5/5A, paragraph 1/3, as amended)",
        [("LGA 1974 Sch 5 para 1", "1"), ("LGA 1974 Sch 5A para 3", "3")],
    ),
    (
        f"({ACT_1974}, Schedule 5/5A, paragraph 4)",
        [("LGA 1974 Sch 5 para 4", "5"), ("LGA 1974 Sch 5A para 4", "5A")],
    ),
    (
        f"({ACT_1974}, Schedule 5, paragraphs 1 and 3)",
        [("LGA 1974 Sch 5 para 1", "1"), ("LGA 1974 Sch 5 para 3", "3")],
    ),
    (
        f"({ACT_1974}, Schedule 5, paragraph 5(b), as amended)",
        [("LGA 1974 Sch 5 para 5(b)", "Schedule 5, paragraph 5(b)")],
    ),
    (
        f"({ACT_1974}, paragraph 5A schedule 5, as amended)",
        [("LGA 1974 Sch 5 para 5A", "paragraph 5A schedule 5")],
    ),
    (f"[{ACT_1974}, Schedule 5.5 (as amended)]", [("LGA 1974 Sch 5 para 5", "Schedule 5.5")]),
    (
        f"({ACT_1974}, section 24A(6), as amended, section 34(B))",
        [("LGA 1974 s 24A(6)", "section 24A(6)"), ("LGA 1974 s 34B", "section 34(B)")],
    ),
    (f"({ACT_1974}, section 34(B)6)", [("LGA 1974 s 34B(6)", "section 34(B)6")]),
    (f"({ACT_1974}, section 34B(A))", [("LGA 1974 s 34B(A)", "section 34B(A)")]),  # no slip
    (
        f"({ACT_1974}, section 30(1B) and 34H(i), as amended)",
        [("LGA 1974 s 30(1B)", "30(1B)"), ("LGA 1974 s 34H(1)", "34H(i)")],
    ),
    (
        f"({ACT_1974}, section 33ZA,as amended, and Health Service Commissioners Act 1993, "
        "section 18ZA)",
        [("LGA 1974 s 33ZA", "section 33ZA"), ("HSCA 1993 s 18ZA", "section 18ZA")],
    ),
    (f"({ACT_1974}, section 25(7), as amended", [("LGA 1974 s 25(7)", "section 25(7)")]),
    (f"({ACT_1974}, section 25(7, as amended", [("LGA 1974 s 25(7)", "section 25(7")]),
    (f"({ACT_1974} section 26 (6) (c))", [("LGA 1974 s 26(6)(c)", "section 26 (6) (c)")]),
    ("local government act 1974, section 26b", [("LGA 1974 s 26B", "section 26b")]),
    ("(Care Act 2014, s.9)", [("Care Act 2014 s 9", "s.9")]),
    ("ss 9 and 10 Care Act 2014", [("Care Act 2014 s 9", "9"), ("Care Act 2014 s 10", "10")]),
    (
        "(Care Act 2014, section 66; Children Act 1989, section 17ZH)",
        [("Care Act 2014 s 66", "section 66"), ("Children Act 1989 s 17ZH", "section 17ZH")],
    ),
    (
        "(Education Act 1996, section 508B and Schedule 35B)",
        [
            ("Education Act 1996 s 508B", "section 508B"),
            ("Education Act 1996 Sch 35B", "Schedule 35B"),
        ],
    ),
    ("(Housing Act 1996, Part 7)", [("Housing Act 1996 Pt 7", "Part 7")]),
    # The number before the act.
    ("Under section 42 of the Care Act 2014 it must", [("Care Act 2014 s 42", "section 42")]),
    ("section 117, Mental Health Act 1983", [("MHA 1983 s 117", "section 117")]),
    (
        "section 47 enquiries under the Children Act 1989",
        [("Children Act 1989 s 47", "section 47")],
    ),
    (
        "section 17 and section 20 of the Children Act 1989",
        [("Children Act 1989 s 17", "section 17"), ("Children Act 1989 s 20", "section 20")],
    ),
    (
        "paragraph 3 of Schedule 2 to the Care Act 2014",
        [("Care Act 2014 Sch 2 para 3", "paragraph 3 of Schedule 2")],
    ),
    (
        "under the Care Act 2014, section 117 of the Mental Health Act 1983",
        [("Care Act 2014", "Care Act 2014"), ("MHA 1983 s 117", "section 117")],
    ),
    # An act named alone, and one named earlier.
    ("It has duties under the Care Act 2014.", [("Care Act 2014", "Care Act 2014")]),
    (
        "The Care Act 2014 sets duties. Under section 9 of that Act it assesses.",
        [("Care Act 2014", "Care Act 2014"), ("Care Act 2014 s 9", "section 9")],
    ),
    (
        "The Equality Act 2010 forbids much and, in its section 149, requires more.",
        [("Equality Act 2010", "Equality Act 2010"), ("Equality Act 2010 s 149", "section 149")],
    ),
    (
        f"The limits are in the 1974 Act. [{ACT_1974}, section 26]",
        [("LGA 1974", "1974 Act"), ("LGA 1974 s 26", "section 26")],
    ),
    ("section 42 of the Care Act", [("Care Act 2014 s 42", "section 42")]),
    (
        "the Mental Health Act 1983, and section 2 of the Mental Health Act",
        [("MHA 1983", "Mental Health Act 1983"), ("MHA 1983 s 2", "section 2")],
    ),
    # Acts outside the table, with commas, brackets and small words.
    (
        "(Prevention of Damage by Pests Act 1949, section 2)",
        [("Prevention of Damage by Pests Act 1949 s 2", "section 2")],
    ),
    (
        "(Protection of Badgers Act 1992, section 9) and Party Walls Act 1996, section 2",
        [
            ("Protection of Badgers Act 1992 s 9", "section 9"),
            ("Party Walls Act 1996 s 2", "section 2"),
        ],
    ),
    (
        "In Housing Grants,  Construction & Regeneration Act 1996, section 23",
        [("HGCRA 1996 s 23", "section 23")],
    ),
    (
        "(Children (Leaving Care) Act 2000)",
        [("Children (Leaving Care) Act 2000", "Children (Leaving Care) Act 2000")],
    ),
    # Regulations, orders, guidance, cases.
    (
        f"({REGULATED}, regulations 9 and 18)",
        [(f"{REGULATED} reg 9", "9"), (f"{REGULATED} reg 18", "18")],
    ),
    (
        "(Children Act 1989 Representations Procedure (England) Regulations 2006)",
        [("Children Act 1989 Representations Procedure (England) Regulations 2006",) * 2],
    ),
    (
        "(Town and Country Planning (Use Classes) Order 1987, article 3)",
        [("Town and Country Planning (Use Classes) Order 1987 art 3", "article 3")],
    ),
    (
        "the Care Act 2014 and Care and Support (Eligibility) Regulations 2015",
        [
            ("Care Act 2014", "Care Act 2014"),
            ("Care and Support (Eligibility) Regulations 2015",) * 2,
        ],
    ),
    (
        "(Care and Support Statutory Guidance 2014, paragraph 6.29)",
        [("Care and Support Statutory Guidance para 6.29", "paragraph 6.29")],
    ),
    (
        "the care and support statutory guidance says",
        [("Care and Support Statutory Guidance", "care and support statutory guidance")],
    ),
    (
        "paragraphs 9.1 and 9.2 of the Special Educational Needs and Disability Code of Practice",
        [("SEND Code of Practice para 9.1", "9.1"), ("SEND Code of Practice para 9.2", "9.2")],
    ),
    (
        "The Homelessness Code of Guidance for Local Authorities and the SEND Code of Practice: "
        "0 to 25 years",
        [
            (
                "Homelessness Code of Guidance",
                "Homelessness Code of Guidance for Local Authorities",
            ),
            ("SEND Code of Practice", "SEND Code of Practice: 0 to 25 years"),
        ],
    ),
    (
        "(R (on the application of M) v Commissioner for Local Administration "
        "[2006] EWHC 2847 (Admin))",
        [("[2006] EWHC 2847 (Admin)", "[2006] EWHC 2847 (Admin)")],
    ),
    ("[2006] EHWCC 2847 (Admin)", [("[2006] EWHC 2847 (Admin)", "[2006] EHWCC 2847 (Admin)")]),
    ("Hotak v Southwark LBC [2015] UKSC 30", [("[2015] UKSC 30", "[2015] UKSC 30")]),
    ("[2011]  EWCA Civ 1380", [("[2011] EWCA Civ 1380", "[2011]  EWCA Civ 1380")]),
    # Old forms, slips, and law reports.
    (
        "(R v The Commissioner for Local Administration ex parte PH (1999) EHCA Civ 916)",
        [("[1999] EWCA Civ 916", "(1999) EHCA Civ 916")],
    ),
    (
        "R v Commissioner for Local Administration, ex p. PH [1999] EWCA (Civ) 916",
        [("[1999] EWCA Civ 916", "[1999] EWCA (Civ) 916")],
    ),
    ("[2006] EWHC 2847 Admin", [("[2006] EWHC 2847 (Admin)", "[2006] EWHC 2847 Admin")]),
    (
        "(R v Commissioner for Local Administration ex parte Croydon [1989] 1 All E.R. 1033)",
        [("[1989] 1 All ER 1033", "[1989] 1 All E.R. 1033")],
    ),
    (
        "R v Bradford Council ex parte Wilson (1994) 26 HLR 1",
        [("[1994] 26 HLR 1", "(1994) 26 HLR 1")],
    ),
    (
        "R v North West Ombudsman ex p Liverpool [2000] EWCA Civ 54, [2001] 1 All ER 462",
        [("[2000] EWCA Civ 54", "[2000] EWCA Civ 54")],
    ),
    # A case that is only named, by its parties in one form.
    (
        "as in R v The Commissioner for Wales, ex p. Hale it held",
        [
            (
                "R v Commissioner for Wales ex parte Hale",
                "R v The Commissioner for Wales, ex p. Hale",
            )
        ],
    ),
    (
        "In R (on the application of T) v Ambleford Council the court said",
        [("R (T) v Ambleford Council", "R (on the application of T) v Ambleford Council")],
    ),
    (
        "the case of Hotak v Southwark said",
        [("Hotak v Southwark", "Hotak v Southwark")],
    ),
    (
        "see R v Commissioner for Local Administration ex parte PH and others",
        [
            (
                "[1999] EWCA Civ 916",
                "R v Commissioner for Local Administration ex parte PH",
            )
        ],
    ),
    # Regulations and guidance without a year.
    (
        "the Environmental Information Regulations apply",
        [("Environmental Information Regulations 2004", "Environmental Information Regulations")],
    ),
    (
        "under the UK General Data Protection Regulations",
        [("General Data Protection Regulation", "UK General Data Protection Regulations")],
    ),
    ("the GDPR gives", [("General Data Protection Regulation", "GDPR")]),
    (
        "regulation 12 of the Environmental Information Regulations",
        [("Environmental Information Regulations 2004 reg 12", "regulation 12")],
    ),
    (
        "the Care and Support (Choice of Accommodation) Regulations say",
        [("Care and Support (Choice of Accommodation) Regulations",) * 2],
    ),
    (
        "the Care Act statutory guidance, and Planning Practice Guidance",
        [
            ("Care and Support Statutory Guidance", "Care Act statutory guidance"),
            ("Planning Practice Guidance", "Planning Practice Guidance"),
        ],
    ),
    # Units in short.
    (f"({ACT_1974}, s.26(6)(c))", [("LGA 1974 s 26(6)(c)", "s.26(6)(c)")]),
    (f"({ACT_1974}, ss. 26B & 34D)", [("LGA 1974 s 26B", "26B"), ("LGA 1974 s 34D", "34D")]),
    (f"({ACT_1974}, sch. 5, para. 3)", [("LGA 1974 Sch 5 para 3", "sch. 5, para. 3")]),
    (f"({ACT_1974}, sched 5 para 3)", [("LGA 1974 Sch 5 para 3", "sched 5 para 3")]),
    ("(Housing Act 1996, Pt. 7)", [("Housing Act 1996 Pt 7", "Pt. 7")]),
    ("sec. 9 of the Care Act 2014", [("Care Act 2014 s 9", "sec. 9")]),
    ("(Care Act 2014, § 9)", [("Care Act 2014 s 9", "§ 9")]),
]


def test_cites():
    found = {text: cited(text) for text, _ in WRITTEN}
    assert found == dict(WRITTEN)


@pytest.mark.parametrize(
    "text",
    [
        # A number whose act is not named.
        "He had section 117 aftercare and was in section 20 accommodation.",
        "The developer signed a section 106 agreement. Section 9 applied.",
        "Part 3 and Part 3A give our powers.",
        "the provision in section F of the plan",
        "Under section 9 of that Act it must assess.",
        "under section 9 of the 1974 Act",
        # No law, or none that can be told.
        "Articles 2, 3, 5, 6, 8 and 14 are engaged.",
        "paragraph 5 of the policy, paragraph 14.2 of the guidance",
        "the statutory guidance says; the Council's code of practice",
        "She asked for a Care Act assessment and a Mental Health Act assessment.",
        "the Mental Health Act, the Housing Act and the Health and Social Care Act",
        "The Act 2014; an act 2014; they Act 1974",
        "a Special Guardianship Order 2010 and a Care Order 2019; House Rules 2015",
        "It must act 2019 onwards. In Order 2015.",
        "Mr X [2006] said so; [2006] ABCD 12; [12] EWHC 3",
        "In (2006) 12 AC units were fitted. Arsenal v Chelsea was on. It was Mr X v the Council.",
        "The Building Regulations, and the Regulations. Data protection regulations apply.",
        "R v 3 and the ex parte order",
        "the Council’s 12 duties",
    ],
)
def test_does_not_cite(text):
    assert cited(text) == []


def test_what_follows_a_section_may_be_no_section():
    assert cited(f"({ACT_1974}, section 26B and 12 months)") == [("LGA 1974 s 26B", "section 26B")]
    assert cited(f"({ACT_1974}, section 26B, 3 May 2019)") == [("LGA 1974 s 26B", "section 26B")]
    assert cited("the Care Act 2014 and section 117 aftercare") == [
        ("Care Act 2014", "Care Act 2014")
    ]
    assert cited("section 9.2 of the Care Act 2014") == [("Care Act 2014", "Care Act 2014")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # "that Act" is the one act named; guidance is none, and an act has no regulations.
        (
            "The Care Act 2014 applies. So does the SEND Code of Practice. See section 9 of that"
            " Act.",
            ["Care Act 2014", "SEND Code of Practice", "Care Act 2014 s 9"],
        ),
        ("The Care Act 2014 applies. See regulation 9 of that Act.", ["Care Act 2014"]),
        ("See regulation 9 of the Care Act 2014.", ["Care Act 2014"]),
        # "its" is of the act in the same sentence.
        (
            "The Equality Act 2010 applies. The Care Act 2014 and its section 9 matter.",
            ["Equality Act 2010", "Care Act 2014", "Care Act 2014 s 9"],
        ),
        # Two paragraphs cannot be told to three schedules.
        (
            f"{ACT_1974}, Schedules 5/5A/6, paragraphs 1/3",
            ["LGA 1974 Sch 5", "LGA 1974 Sch 5A", "LGA 1974 Sch 6"],
        ),
        # A paragraph beside a schedule may be one of the decision's own.
        (f"{ACT_1974}, Schedule 5. See paragraph 9 below.", ["LGA 1974 Sch 5"]),
        (f"See paragraph 9 below and Schedule 5 to the {ACT_1974}.", ["LGA 1974 Sch 5"]),
        # Only sub-sections always have numbers.
        (f"{ACT_1974}, section 34(i)", ["LGA 1974 s 34(1)"]),
        (
            "Public Contracts Regulations 2015, regulation 13(i)",
            ["Public Contracts Regulations 2015 reg 13(i)"],
        ),
        # A Roman numeral stands beside another, also "xiv", which has all three letters.
        (
            f"section 26(6)(ii)(b) and (xiv) of the {ACT_1974}",
            ["LGA 1974 s 26(6)(ii)(b)", "LGA 1974 s 26(6)(xiv)"],
        ),
    ],
)
def test_which_provision_the_words_mean(text: str, expected: list[str]) -> None:
    assert [short for short, _ in cited(text)] == expected
