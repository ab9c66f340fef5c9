"""Judged queries that nobody looks at while the search changes: only their means are printed.

Of the queries that people ask in sentences and in lay words, every third was put here when they
were written. Neither weights nor words that widen a search are chosen for them, and no single
score of theirs is printed, so their means say how well a change serves queries not yet asked.
"""

from tests.tools.relevance.facts import (
    ALTERNATIVE_PROVISION,
    ANTISOCIAL_BEHAVIOUR,
    CARE_HOMES,
    CHARGING,
    COMPLAINT,
    COUNCIL_TAX,
    EDUCATION,
    HOME_CARE,
    HOMELESS,
    HOUSING,
    NOISE,
    OTHER_ENVIRONMENT,
    OTHER_SCHOOLS,
    PARKING,
    PRIVATE_HOUSING,
    REASONS,
    REFUSE,
    SEN,
    STORY,
)
from tests.tools.relevance.judging import (
    Query,
    category,
    closed,
    mainly,
    outcome,
    says,
    topic,
)

UNSEEN_QUESTIONS = (
    Query(
        "what happens if the council is late with an EHCP",
        "What is found where a plan came late.",
        best=SEN & says("longer than it should|20 weeks", *STORY) & outcome("upheld"),
        good=SEN & says("longer than it should|20 weeks", *STORY),
        fair=SEN,
    ),
    Query(
        "what can I do about a pub next door that plays loud music until late",
        "Music from a business.",
        best=NOISE & says("music|karaoke|juke box|drum|public house", *COMPLAINT),
        good=NOISE,
        fair=ANTISOCIAL_BEHAVIOUR,
    ),
    Query(
        "can they chase me for council tax on a flat I moved out of years ago",
        "Council tax for a home that somebody has left.",
        best=COUNCIL_TAX & says("flat (he|she|they) had left", *COMPLAINT),
        good=COUNCIL_TAX,
    ),
    Query(
        "does the council have to pay for my mum's care after she was sectioned",
        "Free aftercare under the Mental Health Act.",
        best=topic("Mental health services") & says("aftercare", *COMPLAINT),
        good=topic("Mental health services"),
    ),
    Query(
        "social services wrote lies about me in a report can I get it changed",
        "Assessments that hold false statements.",
        best=topic("Child protection") & says("false information|untrue", *STORY),
        good=topic("Child protection"),
    ),
    Query(
        "mum's carer keeps turning up late or not at all who is responsible",
        "Home carers who came late or not at all.",
        best=HOME_CARE & says("late or not|late visits", *COMPLAINT),
        good=HOME_CARE,
    ),
    Query(
        "I was accused of stealing from my mother and nobody asked me for my side",
        "People who were suspected in a safeguarding enquiry.",
        best=topic("Safeguarding") & says("wrongly accused|never asked for", *STORY),
        good=topic("Safeguarding"),
    ),
    Query(
        "is the council allowed to fine me for taking my child out of school",
        "Penalties for a child's absence from school.",
        best=EDUCATION & says("wrongly fined|penalty notice|truancy", *COMPLAINT),
        good=EDUCATION & says("fixed penalty|threat of a penalty", *STORY),
        fair=OTHER_SCHOOLS,
    ),
    Query(
        "my garden floods every time it rains and nobody will clear the drain what can I do",
        "Gardens that flood.",
        best=topic("Drainage") & says("flood", *COMPLAINT),
        good=topic("Drainage"),
    ),
    Query(
        "is it worth complaining if the council has already said sorry",
        "Complaints closed since things were put right.",
        best=mainly("already-remedied"),
        good=closed("already-remedied"),
    ),
    Query(
        "the council gave my private details to someone where do I complain",
        "Complaints about information, which are for the Information Commissioner.",
        best=closed("better-placed-body") & says("Information Commissioner", *REASONS),
        fair=closed("better-placed-body"),
    ),
    Query(
        "my landlord won't fix the damp and the council won't do anything",
        "Rented homes in bad repair.",
        best=PRIVATE_HOUSING & says(r"\bdamp\b|mould|disrepair", *STORY),
        good=PRIVATE_HOUSING,
        fair=HOUSING & says(r"\bdamp\b|mould", *STORY),
    ),
)
UNSEEN_LAY_WORDS = (
    Query(
        "binmen keep missing our street",
        "Bins that were not emptied.",
        best=REFUSE & says("missed", *COMPLAINT),
        good=REFUSE,
    ),
    Query(
        "dog warden took my dog",
        "Dogs that a council took by mistake.",
        best=OTHER_ENVIRONMENT & says("seized .* dog", *COMPLAINT),
        good=OTHER_ENVIRONMENT,
    ),
    Query(
        "stuck at home for months no teacher",
        "Children who are out of school and not taught.",
        best=ALTERNATIVE_PROVISION & says("did not provide|hours of tuition", *COMPLAINT),
        good=ALTERNATIVE_PROVISION,
    ),
    Query(
        "kicked out by landlord locks changed",
        "Tenants who were put out without a court order.",
        best=PRIVATE_HOUSING & says("evict|locks changed", *STORY),
        good=PRIVATE_HOUSING,
        fair=HOMELESS,
    ),
    Query(
        "heating broken in council flat",
        "Council homes without heating.",
        best=topic("Managing council tenancies") & says("boiler|radiator", *STORY),
        good=topic("Managing council tenancies"),
        fair=PRIVATE_HOUSING & says("boiler|no hot water", *STORY),
    ),
    Query(
        "extra fees for old folks home",
        "Payments that families are asked for on top.",
        best=CARE_HOMES & says("top-up", *COMPLAINT),
        good=CARE_HOMES & says("top-up", *STORY),
        fair=CARE_HOMES | CHARGING,
    ),
    Query(
        "not allowed to see my kids in care",
        "Parents who do not see a child in care.",
        best=topic("Looked after children") & says("contact", *COMPLAINT),
        good=topic("Looked after children"),
    ),
    Query(
        "bus lane fine",
        "Penalties for driving in a bus lane.",
        best=PARKING & says("bus lane", *COMPLAINT),
        good=PARKING,
    ),
    Query(
        "debt collectors at the door",
        "Enforcement agents who call for a debt.",
        best=(COUNCIL_TAX | PARKING) & says("bailiffs|enforcement agents", *COMPLAINT),
        good=COUNCIL_TAX | PARKING & says("bailiffs|enforcement agents", *STORY),
    ),
    Query(
        "yobs outside at night",
        "People who make trouble outside at night.",
        best=ANTISOCIAL_BEHAVIOUR & says(r"\bgang\b|shouting at night", *STORY),
        good=ANTISOCIAL_BEHAVIOUR,
        fair=NOISE,
    ),
    Query(
        "derelict house next door",
        "Empty houses that are a nuisance.",
        best=HOUSING & topic("Other") & says("empty house", *COMPLAINT),
        good=HOUSING & topic("Other"),
    ),
    Query(
        "sacked by the council",
        "Complaints of former staff, which nobody here may look at.",
        best=closed("employment"),
    ),
    Query(
        "hospital sent nan home too soon",
        "People who left hospital without the care they needed.",
        best=category("Health") & topic("Other") & says("discharged?", *COMPLAINT),
        good=category("Health") & topic("Other"),
        fair=topic("Mental health services") & says("discharged", *COMPLAINT),
    ),
)
