"""Reads category and subcategory from the address of a decision's page.

The address is `/decisions/CATEGORY/SUBCATEGORY/REFERENCE`. The table below is only used for
addresses: a category that a file states is accepted even if the table lacks it.
"""

import re
from urllib.parse import urlsplit

_NAMES = {
    "Adult care services": (
        "Assessment and care plan",
        "Charging",
        "Direct payments",
        "Disabled facilities grants",
        "Domiciliary care",
        "Residential care",
        "Safeguarding",
        "Transition from childrens services",
        "Transport",
        "Other",
    ),
    "Children's care services": (
        "Child protection",
        "Fostering",
        "Friends and family carers",
        "Looked after children",
        "Other",
    ),
    "Education": (
        "Alternative provision",
        "School transport",
        "Special educational needs",
        "Other",
    ),
    "Housing": (
        "Allocations",
        "Homelessness",
        "Managing council tenancies",
        "Private housing",
        "Other",
    ),
    "Planning": ("Planning applications", "Other"),
    "Benefits and tax": (
        "Council tax",
        "Council tax support",
        "COVID-19",
        "Housing benefit and council tax benefit",
    ),
    "Environment and regulation": (
        "Antisocial behaviour",
        "Drainage",
        "Licensing",
        "Noise",
        "Refuse and recycling",
        "Other",
    ),
    "Transport and highways": (
        "Highway repair and maintenance",
        "Parking and other penalties",
        "Rights of way",
        "Other",
    ),
    "Health": ("Assessment and funding", "Mental health services", "Other"),
    "Other Categories": (
        "Commercial and contracts",
        "Councillor conduct and standards",
        "Land",
        "Other",
    ),
}


def _slug(name: str) -> str:
    """ "Children's care services" → `children-s-care-services`, as in the addresses."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower())


_BY_SLUG = {
    _slug(category): (category, {_slug(name): name for name in subcategories})
    for category, subcategories in _NAMES.items()
}


def category_in_address(url: str) -> tuple[str | None, str | None]:
    """Category and subcategory in a decision's address; None for a name outside the table."""
    try:
        parts = urlsplit(url).path.casefold().split("/")
    except ValueError:
        return None, None
    # ["", "decisions", "education", "other", "21-019-030"]
    if len(parts) < 4 or parts[1] != "decisions" or parts[2] not in _BY_SLUG:
        return None, None
    category, subcategories = _BY_SLUG[parts[2]]
    return category, subcategories.get(parts[3])
