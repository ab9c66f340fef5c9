"""Facts about the archive's decisions that many judged queries share."""

from tests.tools.relevance.judging import category, since, topic

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
