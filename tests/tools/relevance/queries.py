"""The judged queries, by the kind of need behind them.

Each says what is typed, what the reader wants in one sentence, and which decisions are best (3),
good (2) and fair (1); all others are irrelevant. Every second query of a kind belongs to the half
that weights are tuned on; the rest is held out.
"""

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
    since,
    topic,
)

ADULT_CARE = category("Adult care services")
EDUCATION = category("Education")
HOUSING = category("Housing")
SEN = topic("Special educational needs")
BUSES = topic("School transport")
CARE_HOMES = topic("Residential care")
CHARGING = topic("Charging")
COUNCIL_TAX = topic("Council tax")
HOMELESS = topic("Homelessness")
NOISE = topic("Noise")
PARKING = topic("Parking and other penalties")
PLANNING = topic("Planning applications")
REFUSE = topic("Refuse and recycling")
ROADS = topic("Highway repair and maintenance")

STORY = ("summary", "complaint", "findings")
REASONS = ("summary", "findings", "decision")
RECENT = since(2023)


def _newest(text: str, name: str) -> Query:
    """A council's decisions, the newer ones first."""
    need = f"What has been decided about {name} of late?"
    return Query(text, need, council(name) & RECENT, council(name))


def _newest_of(text: str, subject: Fact) -> Query:
    """A whole subject, its newer decisions first: all are about it alike."""
    return Query(text, "What is decided about this nowadays?", subject & RECENT, subject)


def _one(text: str, number: str) -> Query:
    return Query(text, f"The decision {number}.", reference(number))


QUERIES = {
    "council": (
        _newest("Brindledale Council", "Brindledale"),
        _newest("basset and wyke", "Basset & Wyke"),
        _newest("royal borough of queens mere", "Queen's Mere"),
        _newest("east pellow", "East Pellow"),
        _newest("london borough of elderden", "Elderden"),
        _newest("averham council", "Averham"),
        _newest("st orrins", "Orrin's"),
        _newest("marrick with thornhowe council", "Thornhowe"),
        _newest("greyfell ccg", "Greyfell"),
        _newest("ISLES OF CARROW", "Isles of Carrow"),
        _newest("harrowmere county council complaints", "Harrowmere"),
        _newest("sprentshaw metropolitan borough", "Sprentshaw"),
    ),
    "council and topic": (
        Query(
            "brindledale special educational needs",
            "How does Brindledale do on special educational needs?",
            best=council("Brindledale") & SEN,
            fair=council("Brindledale") & EDUCATION,
        ),
        Query(
            "sprentshaw school transport",
            "Complaints about school transport in Sprentshaw.",
            best=council("Sprentshaw") & BUSES,
            fair=council("Sprentshaw") & EDUCATION,
        ),
        Query(
            "crowley missed bin collections",
            "Bins that Crowley did not empty.",
            best=council("Crowley") & REFUSE & says("missed.* collections?|missed bin", *STORY),
            good=council("Crowley") & REFUSE,
        ),
        Query(
            "elderden child protection",
            "Child protection in Elderden.",
            best=council("Elderden") & topic("Child protection"),
            fair=council("Elderden") & category("Children's care services"),
        ),
        Query(
            "queen's mere council tax arrears",
            "How Queen's Mere collects council tax that is owed.",
            best=council("Queen's Mere") & COUNCIL_TAX,
            good=council("Queen's Mere") & topic("Council tax support"),
        ),
        Query(
            "teaselminster planning permission neighbour",
            "Planning permission that Teaselminster gave to a neighbour.",
            best=council("Teaselminster") & PLANNING,
            fair=council("Teaselminster") & category("Planning"),
        ),
        Query(
            "harrowmere pothole",
            "Potholes in Harrowmere.",
            best=council("Harrowmere") & ROADS & says("pothole"),
            good=council("Harrowmere") & ROADS,
        ),
        Query(
            "scarrowstoke care home",
            "Care homes that Scarrowstoke placed people in.",
            best=council("Scarrowstoke") & CARE_HOMES,
            fair=council("Scarrowstoke") & CHARGING,
        ),
        Query(
            "isles of carrow EHC plan",
            "Education, health and care plans in the Isles of Carrow.",
            best=council("Isles of Carrow") & SEN,
            fair=council("Isles of Carrow") & EDUCATION,
        ),
        Query(
            "wrenworth care assessment",
            "How Wrenworth assesses adults' need for care.",
            best=council("Wrenworth") & topic("Assessment and care plan"),
            fair=council("Wrenworth") & ADULT_CARE,
        ),
        Query(
            "crowley antisocial behaviour",
            "Antisocial behaviour that Crowley was told of.",
            best=council("Crowley") & topic("Antisocial behaviour"),
            fair=council("Crowley") & NOISE,
        ),
        Query(
            "brindledale upheld safeguarding",
            "Where Brindledale was at fault in safeguarding.",
            best=council("Brindledale") & topic("Safeguarding") & outcome("upheld"),
            good=council("Brindledale") & topic("Safeguarding"),
        ),
    ),
    "topic in lay words": (
        Query(
            "bus to school cancelled",
            "Transport to school that was taken away.",
            best=BUSES & says("withdr[ae]w|removed", "summary", "complaint"),
            good=BUSES,
        ),
        Query(
            "flat with mould",
            "A home with mould that nobody put right.",
            best=(topic("Private housing") | topic("Managing council tenancies")) & says("mould"),
            good=HOUSING & says("mould"),
            fair=topic("Private housing"),
        ),
        Query(
            "noisy neighbours at night",
            "Noise at night.",
            best=NOISE & says(r"\bnight", *STORY),
            good=NOISE | topic("Antisocial behaviour") & says("noise|music|shouting", *STORY),
            fair=topic("Antisocial behaviour"),
        ),
        Query(
            "bins not emptied",
            "Bins that were not emptied.",
            best=REFUSE
            & says("missed.* collections?|missed bin|not empty", "summary", "complaint"),
            good=REFUSE,
        ),
        Query(
            "bailiffs council tax not owed",
            "Bailiffs sent for council tax that was not owed.",
            best=COUNCIL_TAX & says("bailiffs|enforcement agents", "summary", "complaint"),
            good=COUNCIL_TAX,
            fair=says("bailiffs|enforcement agents", "summary", "complaint"),
        ),
        Query(
            "car damaged by pothole",
            "Damage to a car by a bad road.",
            best=ROADS & says("damage to", "summary", "complaint") & says("pothole"),
            good=ROADS & (says("pothole") | says("damage to", "summary", "complaint")),
            fair=ROADS,
        ),
        Query(
            "neighbour extension loss of light",
            "A neighbour's extension that takes the light.",
            best=PLANNING & says("extension") & says("loss of light"),
            good=PLANNING & (says("extension") | says("loss of light")),
            fair=PLANNING,
        ),
        Query(
            "carers late or missed visits",
            "Home carers who came late or not at all.",
            best=topic("Domiciliary care")
            & says("late or not|late visits", "summary", "complaint"),
            good=topic("Domiciliary care"),
        ),
        Query(
            "mother's house counted for care fees",
            "Whether a house counts when care is charged for.",
            best=CHARGING & says("value of (his|her|their) house", "summary", "complaint"),
            good=CHARGING,
        ),
        Query(
            "children in bed and breakfast for weeks",
            "Homeless families kept in bed and breakfast.",
            best=HOMELESS & says("bed and breakfast", *STORY),
            good=HOMELESS,
        ),
        Query(
            "EHCP late",
            "Education, health and care plans that came late.",
            best=SEN & says("longer than it should|20 weeks", *STORY),
            good=SEN,
        ),
        Query(
            "too ill to go to school and no lessons",
            "A child who is ill and is not taught.",
            best=topic("Alternative provision")
            & says("could not go to school", "complaint", "summary"),
            good=topic("Alternative provision"),
        ),
        Query(
            "parking ticket hidden signs",
            "A parking penalty where the signs could not be seen.",
            best=PARKING & says("signs were hidden"),
            good=PARKING,
        ),
        Query(
            "taxi driver licence refused",
            "A taxi driver who is not given a licence.",
            best=topic("Licensing") & says("taxi licence", *STORY),
            good=topic("Licensing"),
        ),
        Query(
            "covid grant for business refused",
            "A business that got no grant in the pandemic.",
            best=topic("COVID-19") & says("grant", "summary", "complaint"),
            good=topic("COVID-19"),
        ),
        Query(
            "looking after a relative's child no money",
            "Relatives who look after a child and get no allowance.",
            best=topic("Friends and family carers") & says("allowance", *STORY),
            good=topic("Friends and family carers"),
        ),
    ),
    "closure reason": (
        Query(
            "complained too late",
            "Complaints turned away because they came too late.",
            best=mainly("late"),
            good=closed("late"),
            fair=says("it is late", "other"),
        ),
        Query(
            "late complaint school transport",
            "Late complaints about school transport.",
            best=closed("late") & BUSES,
            good=closed("late") & EDUCATION,
            fair=BUSES,
        ),
        Query(
            "could have appealed to a tribunal",
            "Complaints closed since there was a tribunal to appeal to.",
            best=closed("court-or-tribunal-remedy") & says("tribunal|right of appeal", *REASONS),
            good=closed("court-or-tribunal-remedy"),
        ),
        Query(
            "reasonable to go to court",
            "Complaints closed since the person could go to court.",
            best=closed("court-or-tribunal-remedy") & says("court", "summary", "decision"),
            good=closed("court-or-tribunal-remedy"),
        ),
        Query(
            "court has already decided",
            "Complaints about what happened in court.",
            best=closed("court-proceedings"),
            fair=closed("court-or-tribunal-remedy") & says("court", "summary", "decision"),
        ),
        Query(
            "data protection complaint information commissioner better placed",
            "Complaints about personal information, which are for the Information Commissioner.",
            best=closed("better-placed-body") & says("Information Commissioner", *REASONS),
            fair=closed("better-placed-body"),
        ),
        Query(
            "not enough evidence of fault",
            "Complaints closed for want of evidence of fault.",
            best=mainly("insufficient-evidence-of-fault"),
            good=closed("insufficient-evidence-of-fault"),
        ),
        Query(
            "injustice not significant enough planning",
            "Planning complaints closed since the harm was small.",
            best=closed("insufficient-injustice") & category("Planning"),
            fair=closed("insufficient-injustice"),
        ),
        Query(
            "council has not had a chance to reply",
            "Complaints that came before the council could answer.",
            best=closed("premature"),
        ),
        Query(
            "repairs council tenant housing ombudsman",
            "Repairs to council homes, which are for the Housing Ombudsman.",
            best=closed("social-landlord"),
            good=topic("Managing council tenancies"),
        ),
        Query(
            "head teacher and governors of a school",
            "Complaints about what happens inside schools, which nobody here may look at.",
            best=closed("schools"),
            fair=EDUCATION & says("head teacher", *STORY),
        ),
        Query(
            "already decided previous complaint",
            "Complaints that the Ombudsman has decided before.",
            best=closed("previously-considered"),
        ),
        Query(
            "complaint withdrawn",
            "Complaints that were taken back.",
            best=closed("withdrawn"),
        ),
        Query(
            "no consent to complain for mother",
            "Complaints for somebody who did not agree to it.",
            best=closed("no-consent"),
        ),
    ),
    "remedy": (
        Query(
            "£500 for distress",
            "Who was paid £500 for distress?",
            best=says("£500 for the (distress|frustration and worry)", "action"),
            good=says(r"£500\b(?!,)", "action"),
            fair=says("£[0-9,]+ for the (distress|frustration and worry)", "action"),
        ),
        Query(
            "apology and staff training",
            "Where a council had to apologise and train its staff.",
            best=says("apolog", "action") & says(r"\btrain", "action"),
            fair=says("apolog", "action") | says(r"\btrain", "action"),
        ),
        Query(
            "£1,000 remedy",
            "Where £1,000 was paid.",
            best=says(r"£1,000\b", "action"),
            good=says(r"£1,000\b", "summary"),
        ),
        Query(
            "£250 time and trouble",
            "Who was paid £250 for time and trouble?",
            best=says("£250 for (his|her|their) time and trouble", "action"),
            good=says("for (his|her|their) time and trouble", "action") & says(r"£250\b", "action"),
            fair=says("for (his|her|their) time and trouble", "action"),
        ),
        Query(
            "refund top-up fees care home",
            "Care home top-ups that were paid back.",
            best=CARE_HOMES & says("refund the top-up", "action"),
            good=CARE_HOMES & says("top-up"),
            fair=CARE_HOMES,
        ),
        Query(
            "payment for each month of lost education",
            "What was paid for each month that a child was not taught?",
            best=EDUCATION & says("a month for the .* of lost provision", "action"),
            good=says("a month for the .* of lost provision", "action"),
            fair=EDUCATION & outcome("upheld") & says("pay ", "action"),
        ),
        Query(
            "backdate housing application",
            "Housing applications that count from an earlier date.",
            best=topic("Allocations") & says("backdate", "action"),
            good=topic("Allocations") & outcome("upheld"),
            fair=topic("Allocations"),
        ),
        Query(
            "fresh appeal panel school transport",
            "School transport appeals that had to be heard again.",
            best=BUSES & says("fresh appeal|new appeals", "action"),
            good=BUSES & outcome("upheld"),
            fair=BUSES,
        ),
        Query(
            "refund parking penalty",
            "Parking penalties that were paid back.",
            best=PARKING & says("refund", "action"),
            good=PARKING & outcome("upheld"),
            fair=PARKING,
        ),
        Query(
            "write off care charges",
            "Bills for care that a council gave up.",
            best=CHARGING & says("write off", "action"),
            good=CHARGING & outcome("upheld"),
            fair=CHARGING,
        ),
    ),
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


TUNED = [query for kind in QUERIES.values() for query in kind[::2]]
HELD_OUT = [query for kind in QUERIES.values() for query in kind[1::2]]
