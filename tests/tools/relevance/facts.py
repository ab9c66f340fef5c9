"""Facts about the archive's decisions that many judged queries share."""

from tests.tools.relevance.judging import category, since, topic

ADULT_CARE = category("Adult care services")
EDUCATION = category("Education")
HOUSING = category("Housing")
ALLOCATIONS = topic("Allocations")
ALTERNATIVE_PROVISION = topic("Alternative provision")
ANTISOCIAL_BEHAVIOUR = topic("Antisocial behaviour")
BENEFIT = topic("Housing benefit and council tax benefit")
SEN = topic("Special educational needs")
BUSES = topic("School transport")
CARE_HOMES = topic("Residential care")
CHARGING = topic("Charging")
COUNCIL_TAX = topic("Council tax")
COUNCIL_TAX_SUPPORT = topic("Council tax support")
FAMILY_CARERS = topic("Friends and family carers")
GRANTS = topic("Disabled facilities grants")
HOME_CARE = topic("Domiciliary care")
HOMELESS = topic("Homelessness")
NOISE = topic("Noise")
PARKING = topic("Parking and other penalties")
PLANNING = topic("Planning applications")
PRIVATE_HOUSING = topic("Private housing")
REFUSE = topic("Refuse and recycling")
ROADS = topic("Highway repair and maintenance")

# "Other" is a subcategory of most categories.
OTHER_ENVIRONMENT = category("Environment and regulation") & topic("Other")
OTHER_PLANNING = category("Planning") & topic("Other")
OTHER_SCHOOLS = EDUCATION & topic("Other")
OTHER_TRANSPORT = category("Transport and highways") & topic("Other")

COMPLAINT = ("summary", "complaint")
STORY = ("summary", "complaint", "findings")
REASONS = ("summary", "findings", "decision")
RECENT = since(2023)
