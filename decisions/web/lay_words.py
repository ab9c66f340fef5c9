"""What people call a closure reason or a term of the glossary, where this is not its own name.

These words ask for a page of this site. Decisions use them too, but not for the reason or the term,
so the thesaurus of the search does not have them; it has what people call the categories.
"""

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
    "previously-considered": ("already considered", "already complained"),
    "withdrawn": ("withdrew", "withdrawn by the complainant"),
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
