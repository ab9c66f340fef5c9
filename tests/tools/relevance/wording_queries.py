"""Judged queries by law, reference, exact words, questions and date, and those of real files."""

from tests.tools.relevance.facts import (
    BUSES,
    CHARGING,
    HOMELESS,
    HOUSING,
    NOISE,
    REASONS,
    RECENT,
    REFUSE,
    SEN,
    STORY,
)
from tests.tools.relevance.judging import (
    Fact,
    Query,
    category,
    closed,
    council,
    mainly,
    outcome,
    reference,
    says,
    topic,
)


def _newest_of(text: str, subject: Fact) -> Query:
    """A whole subject, its newer decisions first: all are about it alike."""
    return Query(text, "What is decided about this nowadays?", subject & RECENT, subject)


def _one(text: str, number: str) -> Query:
    return Query(text, f"The decision {number}.", reference(number))


WORDING_QUERIES = {
    "law": (
        Query(
            "section 26B",
            "Where the time limit of section 26B was applied.",
            best=closed("late"),
            good=says("26B", "law"),
        ),
        Query(
            "Care Act 2014 section 27",
            "Reviews of care plans under section 27 of the Care Act.",
            best=says(r"Care Act 2014, section 27\b", "law"),
            good=says("Care Act 2014", "law") & topic("Assessment and care plan"),
            fair=says("Care Act", "law"),
        ),
        Query(
            "housing act 1996 section 166A",
            "Allocation schemes under section 166A.",
            best=says("Housing Act 1996, section 166A", "law"),
            fair=says("Housing Act 1996", "law"),
        ),
        Query(
            "equality act reasonable adjustments bins",
            "Disability and bin collections.",
            best=REFUSE & says("Equality Act", "findings", "action", "summary"),
            good=REFUSE & says("Equality Act", "law"),
            fair=REFUSE & says("assisted collection"),
        ),
        Query(
            "section 117 aftercare",
            "Aftercare under section 117 of the Mental Health Act.",
            best=topic("Mental health services") & says("aftercare", "summary", "complaint"),
            good=topic("Mental health services"),
            fair=says("section 117"),
        ),
        Query(
            "children act section 17 child in need",
            "Children in need under section 17.",
            best=says("Children Act 1989, section 17|child in need")
            & topic("Other")
            & category("Children's care services"),
            good=says(r"section 17\b", "law", "findings", "action"),
        ),
        Query(
            "schedule 5 paragraph 4 personnel matters",
            "Complaints of staff, which Schedule 5 shuts out.",
            best=closed("employment"),
        ),
        Query(
            "education act 1996 section 508B",
            "The duty to provide free school transport.",
            best=says("section 508B", "law"),
            good=BUSES,
        ),
        Query(
            "six weeks bed and breakfast suitability order 2003",
            "The order that limits bed and breakfast to six weeks.",
            best=HOMELESS & says("Suitability of Accommodation", "law"),
            good=HOMELESS & says("bed and breakfast", *STORY),
            fair=HOMELESS,
        ),
        Query(
            "section 42 children and families act provision not made",
            "Provision of a plan that was not made, under section 42.",
            best=SEN & says("Families Act 2014, section 42", "law") & outcome("upheld"),
            good=SEN & says("Families Act 2014, section 42", "law"),
            fair=SEN,
        ),
    ),
    "reference": (
        _one("95 200 122", "95 200 122"),
        _one("95-200-455", "95 200 455"),
        _one("95200788", "95 200 788"),
        _one("21-019-030", "21 019 030"),
        _one("(20 009 466)", "20 009 466"),
        _one("15016298", "15 016 298"),
    ),
    "phrase": (
        Query(
            '"best value" hours reduced',
            "Care cut in the name of best value.",
            best=says("best value") & topic("Assessment and care plan"),
            fair=says("best value"),
        ),
        Query(
            "“from pillar to post” homelessness",
            "Homeless people who were passed from pillar to post.",
            best=HOMELESS & says("from pillar to post"),
            fair=HOMELESS | HOUSING & says("from pillar to post"),
        ),
        Query(
            '"not expedient" enforcement',
            "Planning breaches that it was not expedient to act on.",
            best=category("Planning") & says("not expedient"),
            fair=category("Planning") & says("enforcement", *STORY),
        ),
        Query(
            '"gesture of goodwill" noise',
            "Goodwill offered to people who complained of noise.",
            best=NOISE & says("gesture of goodwill"),
        ),
        Query(
            '"housing benefit" overpayment -landlord',
            "Overpaid housing benefit, leaving out whatever is about landlords.",
            best=topic("Housing benefit and council tax benefit")
            & says("overpayment", "summary", "complaint")
            & ~says(r"\blandlords?\b"),
            good=topic("Housing benefit and council tax benefit")
            & says("overpayment")
            & ~says(r"\blandlords?\b"),
        ),
        Query(
            "minibus OR taxi escort school",
            "An escort in the taxi or minibus to school.",
            best=BUSES & says("escort") & says("minibus|taxi"),
            good=BUSES & says("escort"),
            fair=BUSES,
        ),
    ),
    "rare words and names": (
        Query(
            "CaseWeaver",
            "Trouble with the computer system CaseWeaver.",
            best=says("CaseWeaver"),
        ),
        Query(
            "community trigger",
            "Reviews under the community trigger.",
            best=topic("Antisocial behaviour") & says("community trigger", "summary", "complaint"),
            good=topic("Antisocial behaviour") & says("community trigger|case review", *STORY),
            fair=topic("Antisocial behaviour"),
        ),
        Query(
            "disabled facilities grant stairlift",
            "Grants for stairlifts.",
            best=topic("Disabled facilities grants") & says("stairlift"),
            fair=topic("Disabled facilities grants"),
        ),
        Query(
            "definitive map modification",
            "Applications to change the definitive map.",
            best=topic("Rights of way") & says("definitive map|change the map", *STORY),
            good=topic("Rights of way"),
        ),
        Query(
            "test and trace support payment",
            "Payments for self-isolation.",
            best=topic("COVID-19") & says("test and trace|self-isolation", "summary", "complaint"),
            fair=topic("COVID-19"),
        ),
        Query(
            "NHS continuing healthcare checklist",
            "Whether the NHS pays for care.",
            best=topic("Assessment and funding"),
        ),
        Query(
            "special guardianship allowance",
            "Allowances for special guardians.",
            best=topic("Friends and family carers") & says("special guardianship allowance"),
            good=topic("Friends and family carers") & says("special guardian"),
            fair=topic("Friends and family carers"),
        ),
        Query(
            "japanese knotweed",
            "Knotweed.",
            best=says("knotweed"),
        ),
    ),
    "question": (
        Query(
            "can the council make my mother sell her house to pay for her care",
            "Whether a house counts when care is charged for.",
            best=CHARGING & says("value of (his|her|their) house", "summary", "complaint"),
            good=CHARGING,
        ),
        Query(
            "how much compensation for a late education health and care plan",
            "What was paid where a plan came late?",
            best=SEN & says("longer than it should|20 weeks", *STORY) & says("£", "action"),
            good=SEN & says("£", "action"),
            fair=SEN,
        ),
        Query(
            "what can I do if the council refuses free transport to school",
            "Refusals of school transport.",
            best=BUSES & says("refus", *STORY),
            good=BUSES,
        ),
        Query(
            "is a council allowed to keep a family in a hotel for more than six weeks",
            "Homeless families kept in hotels.",
            best=HOMELESS & says("six weeks", "findings"),
            good=HOMELESS & says("bed and breakfast|hotel", *STORY),
            fair=HOMELESS,
        ),
        Query(
            "why will the ombudsman not look at a complaint after twelve months",
            "Complaints turned away because they came too late.",
            best=mainly("late"),
            good=closed("late"),
        ),
        Query(
            "does the council have to clear a footpath that a farmer has blocked",
            "Blocked footpaths.",
            best=topic("Rights of way")
            & says("blocked footpath|obstructed footpath|lock a gate", "summary", "complaint"),
            good=topic("Rights of way"),
        ),
        Query(
            "can I complain about the behaviour of a councillor",
            "How councillors' conduct is dealt with.",
            best=topic("Councillor conduct and standards"),
        ),
        Query(
            "who deals with repairs when I am a council tenant",
            "Repairs to council homes, which are for the Housing Ombudsman.",
            best=closed("social-landlord"),
            good=topic("Managing council tenancies"),
        ),
    ),
    "words of standard wording": (
        Query(
            "information commissioner",
            "Complaints about information, which are for the Information Commissioner.",
            best=closed("better-placed-body") & says("Information Commissioner", *REASONS),
            good=says("Information Commissioner"),
        ),
        Query(
            "housing ombudsman",
            "Complaints which are for the Housing Ombudsman.",
            best=closed("social-landlord"),
            good=topic("Managing council tenancies"),
            fair=says("Housing Ombudsman"),
        ),
        Query(
            "court proceedings",
            "Complaints closed over what happens in court.",
            best=closed("court-proceedings"),
            fair=says("court (action|proceedings)"),
        ),
        Query(
            "late complaint good reasons",
            "Late complaints, and what is a good reason.",
            best=mainly("late"),
            good=closed("late"),
        ),
        Query(
            "balance of probabilities",
            "Findings made on the balance of probabilities.",
            best=says("balance of probabilities"),
        ),
        Query(
            "suitable representative consent",
            "Who may complain for another?",
            best=closed("no-consent"),
        ),
        Query(
            "satisfied with actions council has taken",
            "Complaints closed since things were put right.",
            best=closed("already-remedied"),
        ),
    ),
    "fresher first": (
        _newest_of("homelessness", HOMELESS),
        _newest_of("school transport", BUSES),
        _newest_of("noise nuisance", NOISE),
        _newest_of("council tax support", topic("Council tax support")),
        _newest_of("safeguarding enquiry", topic("Safeguarding")),
        _newest_of("direct payments", topic("Direct payments")),
    ),
    "real files": (
        Query(
            "kent county council",
            "What has been decided about Kent?",
            best=council("Kent County"),
        ),
        Query(
            "social worker lied to court",
            "What a social worker told a court.",
            best=reference("21 019 030"),
            fair=topic("Child protection") & closed("court-proceedings"),
        ),
        Query(
            "gender bias children services father",
            "A father who was treated with bias.",
            best=reference("20 009 466"),
        ),
        Query(
            "wirral school transport appeals",
            "The school transport appeals in Wirral.",
            best=reference("15 018 169", "15 019 136", "15 020 236"),
            fair=BUSES & says("appeal", "summary", "complaint"),
        ),
        Query(
            "niece removed from aunt and uncle",
            "A niece taken from her family's care.",
            best=reference("15 016 298"),
        ),
        Query(
            "personal injury payment care finances",
            "Whether damages for an injury count when care is paid for.",
            best=reference("15 017 863"),
        ),
        Query(
            "legal advice special guardianship order",
            "Legal costs of special guardians.",
            best=reference("15 018 561"),
            fair=topic("Friends and family carers") & says("special guardian"),
        ),
        Query(
            "transport removed midway through the school year",
            "School transport taken away in the middle of a year.",
            best=reference("15 018 169", "15 019 136", "15 020 236")
            | BUSES
            & says(
                "withdrew (his|her|their) school transport in the middle", "complaint", "summary"
            ),
            fair=BUSES,
        ),
    ),
}
