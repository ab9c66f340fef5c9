"""Names, addresses and parents of a provision."""

import pytest

from decisions.analysis.citations import citations
from decisions.analysis.passages import split
from decisions.analysis.provisions import Provision, ProvisionKind
from tests.analysis.documents import one_paragraph

ACT_1974 = "Local Government Act 1974"


def test_names_of_one_provision():
    (citation,) = citations(split(one_paragraph("(Local Government Act 1974, section 24a (6))")))
    provision = citation.provision
    assert provision.kind is ProvisionKind.SECTION
    assert (provision.title, provision.year) == ("Local Government Act", 1974)
    assert provision.number == "24A(6)"
    assert provision.key == "lga-1974-s-24a-6"
    assert provision.label == "Local Government Act 1974, section 24A(6)"
    assert provision.short == "LGA 1974 s 24A(6)"
    assert provision.url == "https://www.legislation.gov.uk/ukpga/1974/7/section/24A"


def ancestors(provision: Provision) -> list[str]:
    found = []
    while provision := provision.parent:  # type: ignore[assignment]
        found.append(provision.key)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{ACT_1974}, section 26(6)(b)", ["lga-1974-s-26-6", "lga-1974-s-26", "lga-1974"]),
        (
            f"{ACT_1974}, Schedule 5, paragraph 5(b)",
            ["lga-1974-sch-5-para-5", "lga-1974-sch-5", "lga-1974"],
        ),
        (
            "Special Educational Needs and Disability Regulations 2014, regulation 13(2)",
            [
                "special-educational-needs-and-disability-regulations-2014-reg-13",
                "special-educational-needs-and-disability-regulations-2014",
            ],
        ),
        ("SEND Code of Practice, paragraph 9.1", ["send-code-of-practice"]),
        ("Housing Act 2004, Part 2", ["housing-act-2004"]),
        ("the Care Act 2014", []),
        ("[2015] UKSC 30", []),
    ],
)
def test_parents(text, expected):
    (citation,) = citations(split(one_paragraph(text)))
    assert ancestors(citation.provision) == expected


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (f"{ACT_1974}, Schedule 5A, paragraph 3", "ukpga/1974/7/schedule/5A"),
        ("section 189A of the Housing Act 1996", "ukpga/1996/52/section/189A"),
        ("the Human Rights Act 1998", "ukpga/1998/42"),
        ("Housing Act 2004, Part 2", None),
        ("Prevention of Damage by Pests Act 1949, section 2", None),
        ("Public Contracts Regulations 2015", None),
        ("[2015] UKSC 30", None),
        ("SEND Code of Practice", None),
    ],
)
def test_addresses_only_where_certain(text, url):
    (citation,) = citations(split(one_paragraph(text)))
    assert citation.provision.url == (url and f"https://www.legislation.gov.uk/{url}")


def test_a_case_has_the_name_that_the_decision_gives_it():
    text = "In R (on the application of M) v Commissioner for Local Administration, [2006] EWHC 1"
    (citation,) = citations(split(one_paragraph(text)))
    assert citation.provision.label == (
        "R (on the application of M) v Commissioner for Local Administration [2006] EWHC 1"
    )
    (bare,) = citations(split(one_paragraph("The court said so in [2006] EWHC 1.")))
    assert bare.provision.label == "[2006] EWHC 1"
    assert bare.provision == citation.provision


@pytest.mark.parametrize(
    ("text", "label", "parent", "kind"),
    [
        (
            f"{ACT_1974}, Schedule 5, paragraph 1",
            f"{ACT_1974}, Schedule 5, paragraph 1",
            f"{ACT_1974}, Schedule 5",
            ProvisionKind.SCHEDULE,
        ),
        (f"{ACT_1974}, section 26", f"{ACT_1974}, section 26", ACT_1974, ProvisionKind.ACT),
        (
            "Public Contracts Regulations 2015, regulation 13",
            "Public Contracts Regulations 2015, regulation 13",
            "Public Contracts Regulations 2015",
            ProvisionKind.REGULATIONS,
        ),
        (
            "SEND Code of Practice, paragraph 9.1",
            "SEND Code of Practice, paragraph 9.1",
            "SEND Code of Practice",
            ProvisionKind.GUIDANCE,
        ),
    ],
)
def test_the_parent_of_a_provision_is_of_its_own_kind(
    text: str, label: str, parent: str, kind: ProvisionKind
) -> None:
    (citation,) = citations(split(one_paragraph(text)))
    assert citation.provision.label == label
    above = citation.provision.parent
    assert above is not None
    assert (above.label, above.kind, above.paragraph) == (parent, kind, None)
