"""Facts about the archive's decisions that many judged queries share."""

from tests.tools.relevance.judging import Fact, Query, category, says, since, topic

ADULT_CARE = category("Adult care services")
EDUCATION = category("Education")
HOUSING = category("Housing")
ALLOCATIONS = topic("Allocations")
ALTERNATIVE_PROVISION = topic("Alternative provision")
ASSESSMENTS = topic("Assessment and care plan")
ANTISOCIAL_BEHAVIOUR = topic("Antisocial behaviour")
BENEFIT = topic("Housing benefit and council tax benefit")
SEN = topic("Special educational needs")
BUSES = topic("School transport")
CARE_HOMES = topic("Residential care")
CHARGING = topic("Charging")
CHILD_PROTECTION = topic("Child protection")
COUNCILLORS = topic("Councillor conduct and standards")
COVID = topic("COVID-19")
COUNCIL_TAX = topic("Council tax")
COUNCIL_TAX_SUPPORT = topic("Council tax support")
DIRECT_PAYMENTS = topic("Direct payments")
DRAINAGE = topic("Drainage")
FAMILY_CARERS = topic("Friends and family carers")
FOSTERING = topic("Fostering")
GRANTS = topic("Disabled facilities grants")
HOME_CARE = topic("Domiciliary care")
HOMELESS = topic("Homelessness")
IN_CARE = topic("Looked after children")
LAND = topic("Land")
LICENSING = topic("Licensing")
MENTAL_HEALTH = topic("Mental health services")
NHS_FUNDING = topic("Assessment and funding")
NOISE = topic("Noise")
PARKING = topic("Parking and other penalties")
PLANNING = topic("Planning applications")
PRIVATE_HOUSING = topic("Private housing")
REFUSE = topic("Refuse and recycling")
RIGHTS_OF_WAY = topic("Rights of way")
ROADS = topic("Highway repair and maintenance")
SAFEGUARDING = topic("Safeguarding")
TENANCIES = topic("Managing council tenancies")
TRANSITION = topic("Transition from childrens services")
TRANSPORT_FOR_ADULTS = topic("Transport")

# "Other" is a subcategory of most categories.
HOSPITAL_DISCHARGE = category("Health") & topic("Other")
OTHER_ENVIRONMENT = category("Environment and regulation") & topic("Other")
OTHER_HOUSING = HOUSING & topic("Other")
OTHER_MATTERS = category("Other Categories") & topic("Other")
OTHER_PLANNING = category("Planning") & topic("Other")
OTHER_SCHOOLS = EDUCATION & topic("Other")
OTHER_TRANSPORT = category("Transport and highways") & topic("Other")

COMPLAINT = ("summary", "complaint")
STORY = ("summary", "complaint", "findings")
REASONS = ("summary", "findings", "decision")
RECENT = since(2023)


def told(text: str, need: str, subject: Fact, story: str, *, fair: Fact | None = None) -> Query:
    """A query whose best answers are the decisions on a subject that tell this story.

    `story` is a pattern, looked for in `STORY`. Other decisions on the subject are good answers.
    """
    return Query(text, need, best=subject & says(story, *STORY), good=subject, fair=fair)
