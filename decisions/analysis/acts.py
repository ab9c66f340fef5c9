"""Tables of the acts of Parliament and the guidance that decisions cite by name.

Acts outside the table are recognised by their full title. The table adds the address on
legislation.gov.uk, the common initials, and whether the title alone identifies the act.
"""

import re
from dataclasses import dataclass

from decisions.analysis import lazy_regex


@dataclass(frozen=True, slots=True)
class Act:
    """An act of Parliament.

    `chapter` is its number among the public general acts of its year. `only` says that no other act
    has the title, so that "the Care Act" identifies it.
    """

    title: str
    year: int
    chapter: int
    initials: str | None = None
    only: bool = False

    @property
    def url(self) -> str:
        """The address of the act on legislation.gov.uk."""
        return f"https://www.legislation.gov.uk/ukpga/{self.year}/{self.chapter}"


ACTS: tuple[Act, ...] = (
    Act("Adoption and Children Act", 2002, 38, only=True),
    Act("Anti-social Behaviour Act", 2003, 38),
    Act("Anti-social Behaviour, Crime and Policing Act", 2014, 12, only=True),
    Act("Building Act", 1984, 55, only=True),
    Act("Care Act", 2014, 23, only=True),
    Act("Children Act", 1989, 41),
    Act("Children Act", 2004, 31),
    Act("Children and Families Act", 2014, 6, "CFA", only=True),
    Act("Children (Leaving Care) Act", 2000, 35, only=True),
    Act("Chronically Sick and Disabled Persons Act", 1970, 44, "CSDPA"),
    Act("Commons Act", 2006, 26),
    Act("Control of Pollution Act", 1974, 40),
    Act("Countryside and Rights of Way Act", 2000, 37, "CROW", only=True),
    Act("Data Protection Act", 1998, 29, "DPA"),
    Act("Data Protection Act", 2018, 12, "DPA"),
    Act("Education Act", 1996, 56),
    Act("Education Act", 2002, 32),
    Act("Education Act", 2011, 21),
    Act("Environment Act", 1995, 25),
    Act("Environmental Protection Act", 1990, 43, "EPA", only=True),
    Act("Equality Act", 2010, 15),
    Act("Flood and Water Management Act", 2010, 29, only=True),
    Act("Freedom of Information Act", 2000, 36, "FOIA", only=True),
    Act("Health and Social Care Act", 2008, 14),
    Act("Health and Social Care Act", 2012, 7),
    Act("Health Service Commissioners Act", 1993, 46, "HSCA", only=True),
    Act("Highways Act", 1980, 66),
    Act("Homelessness Act", 2002, 7),
    Act("Homelessness Reduction Act", 2017, 13, only=True),
    Act("Housing Act", 1985, 68),
    Act("Housing Act", 1988, 50),
    Act("Housing Act", 1996, 52),
    Act("Housing Act", 2004, 34),
    Act("Housing and Planning Act", 2016, 22),
    Act("Housing Grants, Construction and Regeneration Act", 1996, 53, "HGCRA", only=True),
    Act("Human Rights Act", 1998, 42, "HRA", only=True),
    Act("Land Drainage Act", 1991, 59),
    Act("Landlord and Tenant Act", 1985, 70),
    Act("Licensing Act", 2003, 17),
    Act("Limitation Act", 1980, 58),
    Act("Local Government Act", 1972, 70, "LGA"),
    Act("Local Government Act", 1974, 7, "LGA"),
    Act("Local Government Act", 2000, 22, "LGA"),
    Act("Local Government Act", 2003, 26, "LGA"),
    Act("Local Government and Public Involvement in Health Act", 2007, 28, only=True),
    Act("Local Government Finance Act", 1988, 41, "LGFA"),
    Act("Local Government Finance Act", 1992, 14, "LGFA"),
    Act("Local Government (Miscellaneous Provisions) Act", 1976, 57),
    Act("Localism Act", 2011, 20, only=True),
    Act("Mental Capacity Act", 2005, 9, "MCA"),
    Act("Mental Health Act", 1983, 20, "MHA"),
    Act("Mobile Homes Act", 1983, 34),
    Act("National Health Service Act", 2006, 41),
    Act("National Health Service and Community Care Act", 1990, 19, only=True),
    Act("Planning Act", 2008, 29),
    Act("Planning and Compulsory Purchase Act", 2004, 5, "PCPA", only=True),
    Act("Planning (Listed Buildings and Conservation Areas) Act", 1990, 9, only=True),
    Act("Protection from Eviction Act", 1977, 43),
    Act("Road Traffic Act", 1988, 52),
    Act("Road Traffic Act", 1991, 40),
    Act("Road Traffic Regulation Act", 1984, 27, "RTRA"),
    Act("School Standards and Framework Act", 1998, 31, "SSFA", only=True),
    Act("Social Security Administration Act", 1992, 5),
    Act("Town and Country Planning Act", 1990, 8, "TCPA"),
    Act("Traffic Management Act", 2004, 18, "TMA", only=True),
    Act("Tribunals, Courts and Enforcement Act", 2007, 15, only=True),
    Act("Wildlife and Countryside Act", 1981, 69, "WCA"),
)

BY_NAME = {(act.title.casefold(), act.year): act for act in ACTS}
BY_TITLE = {act.title.casefold(): act for act in ACTS if act.only}

# Regulations whose title alone identifies them: title, year.
REGULATIONS: tuple[tuple[str, int | None], ...] = (
    ("Care and Support (Charging and Assessment of Resources) Regulations", 2014),
    ("Care and Support (Eligibility Criteria) Regulations", 2015),
    ("Council Tax (Administration and Enforcement) Regulations", 1992),
    ("Environmental Information Regulations", 2004),
    ("Housing Benefit Regulations", 2006),
    ("Special Educational Needs and Disability Regulations", 2014),
)
DATED_REGULATIONS = {title.casefold(): (title, year) for title, year in REGULATIONS}
# "the UK General Data Protection Regulations", "UK GDPR": it has no year in its title.
DATA_PROTECTION = "General Data Protection Regulation"
DATA_PROTECTION_PATTERN = lazy_regex.compile(
    r"\b(?:UK )?(?:General Data Protection Regulations?(?: \((?:UK )?GDPR\))?|GDPR)\b"
    r"(?: (?:\(EU\) )?2016(?:/679)?| 2018)?"
)

# Guidance and codes: (title, pattern of its spellings). A year or an age range may follow.
GUIDANCE: tuple[tuple[str, str], ...] = (
    (
        "Care and Support Statutory Guidance",
        r"Care (?:and|&) Support Statutory Guidance|Statutory Guidance on Care and Support"
        r"|Care Act(?: 2014)? statutory guidance",
    ),
    (
        "SEND Code of Practice",
        r"SEND Code(?: of Practice)?|Special Educational Needs and Disabilit(?:y|ies)"
        r"(?: \(SEND\))? Code of Practice",
    ),
    (
        "Homelessness Code of Guidance",
        r"Homelessness Code of Guidance(?: for (?:Local Authorities|Councils))?",
    ),
    ("Mental Health Act Code of Practice", r"Mental Health Act(?: 1983)?:? Code of Practice"),
    ("Mental Capacity Act Code of Practice", r"Mental Capacity Act(?: 2005)?:? Code of Practice"),
    ("School Admission Appeals Code", r"School Admissions? Appeals Code"),
    ("School Admissions Code", r"School Admissions Code"),
    ("Working Together to Safeguard Children", r"Working Together to Safeguard Children"),
    ("National Planning Policy Framework", r"National Planning Policy Framework"),
    ("Planning Practice Guidance", r"(?:National )?Planning Practice Guidance"),
    ("Keeping Children Safe in Education", r"Keeping Children Safe in Education"),
    (
        "National Framework for NHS Continuing Healthcare",
        r"National Framework for (?:NHS )?Continuing Healthcare"
        r"(?: and NHS[- ]funded Nursing Care)?",
    ),
    (
        "Home to School Travel and Transport Guidance",
        r"Home[- ]to[- ]school (?:travel and )?transport (?:statutory )?guidance",
    ),
)

# "SEND code of practice: 0 to 25 years (2015)", "Care and Support Statutory Guidance 2014"
GUIDANCE_PATTERN = lazy_regex.compile(
    r"(?i)\b(?:"
    + "|".join(f"(?P<g{number}>{pattern})" for number, (_, pattern) in enumerate(GUIDANCE))
    + r")(?::? 0(?: to |-|–)25(?: years)?)?(?:,? \(?(?:19|20)\d\d\b\)?)?"
)


def guidance_title(match: re.Match[str]) -> str:
    """The title in GUIDANCE of the guidance that GUIDANCE_PATTERN matched."""
    return GUIDANCE[int((match.lastgroup or "g0")[1:])][0]
