"""Closure rules: only the handling of the complaint is left."""

from decisions.analysis.closure_rules.rule import ReasonDefinition, anywhere, decision_only

# "complaint handling", "how the Council dealt with the complaint"
_HANDLING = (
    r"(?:complaints? (?:handling|process\w*|procedures?)|handl(?:ed|ing)|how [^.,;]{1,40}? "
    r"(?:dealt|dealing|responded|answered|replied|considered|investigated|looked)"
    r"[^.,;]{0,20}? complaints?|delays? in (?:replying|responding|answering|"
    r"dealing)[^.,;]{0,20}? complaints?)"
)
_SUBSTANCE = r"(?:main|substan\w+|underlying|original|core|issues?|matters?)"
_NOT_INVESTIGATING = (
    r"not (?:\w+ )?(?:looking|look|investigat\w+|dealing|considering|pursuing|able to (?:look|"
    r"investigate|consider))"
)

COMPLAINT_HANDLING_ONLY = ReasonDefinition(
    "complaint-handling-only",
    "Only about how the complaint was handled",
    "The only thing left is how the body dealt with the complaint, and that alone is not worth an "
    "investigation.",
    (
        anywhere(
            r"\b(?:good|proper|appropriate|sensible) use of\b[^.]{0,130}\bcomplaints?(?:'s)?\b|"
            r"\bcomplaints?\b[^.]{0,100}\b(?:good|proper|appropriate|sensible) use of\b",
            "It is not a good use of public resources to look at complaint handling.",
            needs=r"handl|proce(?:ss|dure)|dealt with|repl(?:y|ies)",
            contains="use of",
        ),
        anywhere(
            r"\b(?:complaints?[ -](?:handling|process\w*|procedures?)|handling of (?:the|his|her|"
            r"their|this|an?) (?:[\w ]{0,30} )?complaint)\b[^.]{0,40}\b(?:alone|in isolation|by "
            r"itself|on its own|itself|as a stand-?alone|as a separate)\b",
            "We will not investigate complaint handling alone.",
            contains="handling|procedure|process",
        ),
        anywhere(
            r"\b(?:how|way)\b[^.;]{0,40}\b(?:handled|dealt with|responded to|answered|considered|"
            r"investigated)\b[^.;]{0,30}\bcomplaints?\b(?:(?!\bas\b|"
            r"\bbecause\b)[^.;]){0,20}\b(?:alone|in isolation|by itself|on its own)\b",
            "We will not investigate the way the Council handled the complaint in isolation.",
            contains="alone|in isolation|by itself|on its own",
        ),
        anywhere(
            rf"\b{_NOT_INVESTIGATING}\b[^.]{{0,60}}\b{_SUBSTANCE}\b[^.]{{0,60}}\b{_HANDLING}|"
            rf"\b{_HANDLING}\b[^.]{{0,90}}\b{_NOT_INVESTIGATING}\b[^.]{{0,40}}\b{_SUBSTANCE}\b",
            "As we are not investigating the main complaint, we will not look at the Council's "
            "complaint handling.",
            contains="handl|how |delay|complaint proc|complaints proc",
        ),
        anywhere(
            r"\bsubstantive (?:issues?|matters?|complaints?) (?:is|are|was|were|falls?|lies?) "
            r"(?:\w+ )?(?:out(?:side)?|not|beyond)\b",
            "This is because the substantive issue is out of our jurisdiction.",
            unless=r"outcome|worthwhile|\bappeal|tribunal",
            contains="substantive",
        ),
        decision_only(
            r"\b(?:solely|only|purely|entirely) (?:about|concerns?|concerned with|"
            r"relates? to|the (?=handling))[^.,;]{0,50}\b(?:complaints? (?:was|has been|"
            r"is|were) (?:handled|dealt with|considered|investigated)|complaints? "
            r"(?:handling|process\w*|procedures?)|handling of (?:the|his|her|their|this) "
            r"complaint)\b|\bonly the handling of (?:the|his|her|their) complaint\b",
            "His complaint is solely about the way his complaint was handled.",
            contains="solely|only|purely|entirely",
        ),
        decision_only(
            r"\bsubstantive (?:issues?|matters?|complaints?)(?: [\w']+){0,6}? (?:is|was|"
            r"were|are|has been) (?:\w+ )?(?:decided|settled|determined|dealt with|"
            r"considered|heard) (?:in|by|at) (?:an? |the )?(?:\w+ )?courts?\b",
            "The substantive issue was decided in court.",
            contains="substantive",
        ),
        decision_only(
            r"\bresponses? to (?:the|his|her|their|this) (?:\w+ )?complaint (?:alone|in "
            r"isolation|by itself|on its own)\b",
            "We will not investigate the Council's response to the complaint in isolation.",
            contains="response",
        ),
    ),
    (
        "The substantive issue is planning.",
        "The Council has improved its complaint handling.",
        "We will not look at how it dealt with the complaint as in isolation it did no harm.",
        "We will not look at how the Council dealt with his application.",
        "We considered how the Council dealt with the complaint.",
        "She wants the Council to consider only the complaint that was dealt with in May.",
        "The Council's response to the complaint was late.",
    ),
)
