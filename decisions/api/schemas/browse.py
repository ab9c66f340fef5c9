"""What the API says of the values of filters, and how many decisions each would find."""

from rest_framework import serializers

from decisions.api.schemas.base import described, or_null, string, whole
from decisions.models import Council

CouncilEntry = described(
    "CouncilEntry",
    "A council or other body.",
    slug=string(),
    name=string(),
    kind=serializers.ChoiceField(Council.Kind.choices, allow_null=True),
    address=string("Its page."),
    decisions=string("The address of its decisions in this API."),
    count=whole("How many decisions; null while the search index is rebuilt.", allow_null=True),
)


CategoryEntry = described(
    "CategoryEntry",
    "A category, or a subcategory.",
    path=string(),
    name=string(),
    parent=or_null("Path of the main category; null for one."),
    address=string("Its page."),
    decisions=string("The address of its decisions in this API."),
    count=whole("How many decisions; null while the search index is rebuilt.", allow_null=True),
)


ReasonEntry = described(
    "ReasonEntry",
    "A reason for closing a complaint.",
    code=string(),
    label=string(),
    explanation=string(),
    address=string("Its page."),
    decisions=string("The address of its decisions in this API."),
    count=whole("How many decisions; null while the search index is rebuilt.", allow_null=True),
)


ProvisionEntry = described(
    "ProvisionEntry",
    "A law, case or guidance, or a part of a law.",
    key=string(),
    label=string(),
    short=string(),
    parent=or_null("Key of the law that it is part of."),
    legislation_address=or_null("On legislation.gov.uk, or the like."),
    address=string("Its page here."),
    decisions=string("The address of its decisions in this API."),
    count=whole("How many decisions; null while the search index is rebuilt.", allow_null=True),
)


Option = described(
    "Option",
    "A value of a filter, and how many decisions it would find under the other filters.",
    value=string(),
    label=string(),
    count=whole(),
)


FacetCounts = described(
    "FacetCounts",
    "Each filter's values, the most frequent first.",
    council=Option(many=True),
    category=Option(many=True),
    outcome=Option(many=True),
    reason=Option(many=True),
    remedy=Option(many=True),
    provision=Option(many=True),
    year=Option(many=True),
)


Facets = described(
    "Facets",
    "What a search finds, by the values of each filter.",
    total=whole("Decisions that the search finds, without the closest matches."),
    facets=FacetCounts(),
)
