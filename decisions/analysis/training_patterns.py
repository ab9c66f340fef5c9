"""The words that name training for staff or a reminder to them, for `action_patterns`."""

from decisions.analysis.pattern import Pattern
from decisions.analysis.personal_patterns import GIVE, GIVEN, WORDS

_STAFF = r"(?:[\w-]+ ){0,4}(?:staff|officers?|teams?|members|managers|workers|carers|employees)\b"

TRAINING_PATTERNS = (
    Pattern(
        "training",
        "train retrain re-train",
        r"(?:s|ing|ed)?\b(?! provider| course)",
        "the council will train staff.",
    ),
    Pattern(
        "training",
        f"{GIVE} ensur mak undergo attend",
        rf"{GIVEN}{WORDS} (?:training|trained)\b",
        "the council will arrange refresher training for its housing officers.",
    ),
    Pattern(
        "training",
        "ensur mak",
        rf"(?:e|es|ing)\b(?: sure)?(?: that)? {_STAFF}(?: \w+){{0,3}}? (?:training|trained|"
        rf"coaching)\b",
        "the council will ensure that all of its officers have had training.",
    ),
    Pattern(
        "training",
        f"{GIVE} attend",
        rf"{GIVEN}(?: for {_STAFF} to attend)? (?:an? )?(?:[\w-]+ )?(?:workshops?\b|"
        rf"(?<=attend a )course\b)",
        "the council will hold a workshop for its staff.",
    ),
    Pattern(
        "training",
        "improv refresh increas",
        r"(?:e|es|ing)?\b (?:its |the |their )?(?:[\w-]+ )?(?:training|staff (?:knowledge|"
        r"awareness|understanding|skills))\b",
        "the council has agreed to improve staff training.",
    ),
    Pattern(
        "reminder",
        "highlight reiterat emphasis reinforc",
        rf"(?:e|es|s|ing)?\b[^.;]{{0,60}}? (?:to|with|among) {_STAFF}",
        "the council will highlight the importance of good records to its staff.",
    ),
    Pattern(
        "reminder",
        "discuss",
        r"(?:es|ing)?\b (?:this|the) (?:case|complaint) (?:with|in|at) (?:[\w-]+ ){0,2}?(?:staff|"
        r"teams?|officers?)\b",
        "the council will discuss this case with its officers.",
    ),
    Pattern(
        "reminder",
        "ensur mak",
        rf"(?:e|es|ing)\b(?: sure)?(?: that)? {_STAFF}(?: (?:are|is|be))?(?: \w+)? (?:aware|"
        rf"familiar"
        r"|know|understand|remember|reminded)\b",
        "the council will make sure its officers know how to do so.",
    ),
    Pattern(
        "reminder",
        "rais",
        rf"(?:e|es|ing)? awareness\b[^.;]{{0,60}}? (?:among|with|of|by) {_STAFF}",
        "the council will raise awareness of the duty among its officers.",
    ),
    Pattern(
        "training",
        "provid",
        r"(?:e|es|ing)\b[^.;:£]{1,60}? with (?:\w+ )?training\b",
        "the council will provide its housing officers with training.",
    ),
    Pattern(
        "reminder", "remind", r"(?:s|ing|ed)?\b", "the council will remind officers to keep notes."
    ),
    Pattern(
        "reminder",
        GIVE,
        rf"{GIVEN}{WORDS} (?:reminders?|guidance|briefings?|memo)\b(?=(?: [\w’'-]+){{0,3}}? (?:to|"
        rf"for|among) {_STAFF})",
        "the council will issue guidance to its planning officers.",
    ),
    Pattern(
        "reminder",
        f"{GIVE} put",
        rf"{GIVEN}(?: (?!with\b|and\b)[\w’'-]+){{0,4}}? (?:staff|officer|team|manager)s?[’']?"
        r" (?:\w+ )?(?:reminders?|guidance|briefings?|memos?)\b",
        "the council will issue a staff reminder.",
    ),
    Pattern(
        "reminder",
        "issu provid",
        rf"(?:e|es|ing)\b (?:(?:all|its|the|relevant) ){{0,2}}{_STAFF} with (?:an? |written )?"
        r"(?:\w+ )?(?:reminders?|guidance|briefings?)\b",
        "the council will issue its officers with a reminder.",
    ),
    Pattern(
        "training",
        "us",
        r"(?:e|es|ing) (?:this|the) (?:case|complaint|decision|learning)\b[^.;:]{0,40} (?:training|"
        r"case study)\b",
        "the council has agreed to use this case in training.",
    ),
    Pattern(
        "reminder",
        "reminder reminders",
        rf" (?:to|for) {_STAFF}",
        "it agreed to a reminder to officers.",
    ),
    Pattern(
        "reminder",
        "shar circulat discuss",
        rf"(?:e|es|ing)?\b{WORDS} (?:decision|statement|report|lessons|learning|"
        rf"findings)\b(?: from this \w+)?(?= (?:with|among|to) {_STAFF}|[.;]|$)",
        "the council will share this decision with staff in its housing team.",
    ),
    Pattern(
        "reminder",
        "tell brief",
        rf"(?:s|ing)? {_STAFF}",
        "the council will tell its frontline staff how to recognise a complaint.",
    ),
)
