"""What people call a closure reason, a category or a term, where this is not its own name."""

# By the code of the reason.
REASONS = {
    "late": (
        "too late",
        "out of time",
        "time limit",
        "12 months",
        "12 month rule",
        "12 month limit",
        "twelve months",
        "more than 12 months ago",
        "over a year ago",
    ),
    "premature": (
        "too soon",
        "too early",
        "premature",
        "complain to the council first",
        "council has not replied",
        "council has not answered",
    ),
    "court-or-tribunal-remedy": (
        "right of appeal",
        "could have appealed",
        "could appeal",
        "could go to court",
        "could go to a tribunal",
        "tribunal instead",
    ),
    "court-proceedings": ("court proceedings", "went to court", "already in court", "court case"),
    "better-placed-body": ("better placed", "another ombudsman", "wrong ombudsman"),
    "nothing-to-add": ("nothing to add",),
    "no-worthwhile-outcome": ("no worthwhile outcome",),
    "insufficient-evidence-of-fault": ("no fault", "no evidence of fault", "not enough fault"),
    "insufficient-injustice": ("no injustice", "insufficient injustice"),
    "already-remedied": ("already remedied", "already resolved", "already settled"),
    "schools": ("inside schools", "internal school matters"),
    "social-landlord": ("social landlord", "council as landlord", "council is my landlord"),
    "employment": ("personnel", "staff matters", "employment matters"),
    "contract": ("contracts", "commercial matters", "contractual matters"),
    "all-inhabitants": ("affects everyone", "all or most inhabitants", "all inhabitants"),
    "not-administrative": ("outside jurisdiction", "out of jurisdiction", "no jurisdiction"),
    "no-consent": ("no consent", "not a suitable representative", "no suitable representative"),
    "complaint-handling-only": ("only complaint handling", "complaint handling alone"),
    "previously-considered": ("already considered", "same complaint again"),
    "withdrawn": ("withdrew", "withdrawn by the complainant"),
}

# By the name of the category, which is the Ombudsman's.
CATEGORIES = {
    "Alternative provision": ("education otherwise than at school", "EOTAS"),
    "Antisocial behaviour": ("anti-social behaviour",),
    "Council tax support": ("council tax reduction",),
    "Disabled facilities grants": ("DFG",),
    "Domiciliary care": ("home care", "homecare", "care at home"),
    "Highway repair and maintenance": ("potholes", "pothole"),
    "Homelessness": ("homeless", "temporary accommodation"),
    "Parking and other penalties": ("parking fines", "parking tickets", "penalty charge notice"),
    "Planning applications": ("planning permission",),
    "Refuse and recycling": ("bins", "bin collections", "missed bins", "rubbish collections"),
    "Residential care": ("care homes",),
    "School transport": ("school bus", "home to school transport", "transport to school"),
    "Special educational needs": ("EHCP", "EHC plan", "SEND", "SEN"),
}

# By the fragment of the term's address in the glossary.
TERMS = {
    "fault": ("maladministration", "service failure"),
    "closed-after-initial-enquiries": ("initial enquiries",),
    "premature": ("premature",),
    "payment": ("payment", "compensation"),
    "upheld": ("uphold",),
    "investigation": ("investigate", "investigated"),
}
