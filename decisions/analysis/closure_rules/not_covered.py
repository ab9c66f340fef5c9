"""Closure rules: bodies and functions that the Act does not cover."""

from decisions.analysis.closure_rules.rule import (
    NO_POWER,
    ReasonDefinition,
    anywhere,
    decision_only,
)

# Bodies that the Act does not name, where the complaint is about the body itself.
OUTSIDE_BODIES = (
    r"(?:academy (?:schools?|trusts?)|academies|(?:free|independent|private) schools?|academy(?!'s|"
    r" (?!(?:and|or|so|but|which|as|because|we)\b)\w)"
    r"|housing associations?|private (?:companies|company|landlords?|bod(?:y|ies)|providers?|"
    r"individuals?)|(?:the )?police(?: force)?|government departments?|central government|"
    r"(?:the )?(?:department (?:for|of) \w+|home office|ministry of \w+)|national highways|"
    r"network rail|"
    r"universit(?:y|ies))"
)

# Every name in OUTSIDE_BODIES has one of these in it.
_OUTSIDE_BODY_WORDS = (
    "academ|school|housing association|private|police|government|department|home office|ministry|"
    "national highways|network rail|universit"
)

NOT_ADMINISTRATIVE = ReasonDefinition(
    "not-administrative",
    "Body or action not covered by the law",
    "The law does not let the Ombudsman investigate this body, or what it did.",
    (
        anywhere(
            r"\b(?:parish|town) (?:council|meeting)\w*\b",
            "We have no power to investigate parish councils.",
            needs=NO_POWER + r"|not a body",
            contains="parish|town",
        ),
        anywhere(
            r"\b(?:over|about|against|of|by|investigate|consider) (?:an? |the |most |any |such |"
            r"private )*"
            + OUTSIDE_BODIES
            + r"\b|\b"
            + OUTSIDE_BODIES
            + r"\b (?:is|are|lies?|falls?) (?:outside|beyond|not (?:within|in|a bod))",
            "We have no jurisdiction to consider complaints about academies.",
            needs=NO_POWER,
            contains=_OUTSIDE_BODY_WORDS,
        ),
        decision_only(
            r"\b(?:is|are) (?:an? |both |all )?"
            + OUTSIDE_BODIES
            + r"\b|\b(?:company|organisation|charity|business|firm)\b (?:that is |which is )?"
            r"(?:outside|not (?:in|within))\b",
            "Both schools are academies, and we have no powers to consider its admissions.",
            needs=NO_POWER,
            contains=_OUTSIDE_BODY_WORDS + "|company|organisation|charity|business|firm",
        ),
        anywhere(
            r"\b(?:not|[acdhimnsw]\w{1,5}n't|no|nor)\b[^.]{0,50}\badministrative (?:functions?|"
            r"action|capacity)|\bfunctions? (?:that is |which is )?not administrative",
            "It does not relate to an administrative function of the Council.",
            contains="administrative",
        ),
        decision_only(
            r"\bnot\b[^.]{0,25}\b(?:a |any |the )?(?:body|bodies|organisation|"
            r"one)\b[^.]{0,50}\b(?:jurisdiction|remit|investigate|powers?)|\bbod(?:y|"
            r"ies)\b[^.]{0,40}\b(?:outside|not one|not within|not in our|beyond)|\bhave no "
            r"jurisdiction over "
            r"(?:it|him|her|them)\b|\b(?:complaints? from|"
            r"complainant is) (?:an? )?(?:\w+ )?(?:public bod|parish|authorit|an "
            r"authority)",
            "The complaint is not about a body within our jurisdiction.",
            unless=r"better placed",
            contains="bod|organisation| one |jurisdiction over|complaint from|complaints from|"
            "complainant is",
        ),
        decision_only(
            r"\bcouncil (?:is|was) not responsible\b|\bresponsibility of (?!the council\b|the "
            r"local authority\b|its?\b|his\b|her\b|their\b|them\b|him\b)[a-z]|"
            r"\bnot\b[^.]{0,30}\bthe council (?:is|was) responsible for\b|\bnot the "
            r"responsibility of",
            "The Council is not responsible for what Mrs R complains about.",
            contains="responsib",
        ),
        decision_only(
            r"\b(?:initial|original|first|earlier|other|remaining|second) complaints? "
            r"(?:is|are|falls?|lies?) outside (?:our|the ombudsm[ae]n's) (?:jurisdiction|"
            r"remit|powers)(?=[.,;]|$)|\b(?:about|of|by) (?:an? |the |her |his "
            r")?(?:members? of parliament|mps?)\b|\b(?:act|law|legislation) does not "
            r"(?:cover|extend to|apply to)\b",
            "The initial complaint is outside our jurisdiction.",
            unless=r"substantive|jurisdiction because|complaint handling|school|landlord|hous",
            contains="outside|parliament| mp|not cover|not extend|not apply",
        ),
        decision_only(
            r"\b(?:investigation|prevention|detection) (?:or (?:prevention|"
            r"investigation) )?of (?:an? |the |any |\w+ )?(?:reported |alleged )?crimes?\b|"
            r"\bcriminal investigations?\b",
            "We cannot investigate action taken in the investigation of a reported crime.",
            needs=NO_POWER,
            contains="crim",
        ),
        decision_only(
            r"\b(?:about|against|of|by|over|investigate) (?:an? |the |"
            r"any )*(?:nhs(?! (?:continuing|funding))|coroners?|crown prosecution service|"
            r"fire (?:and rescue )?service personnel)\b",
            "We have no power to investigate the actions of a coroner.",
            needs=NO_POWER,
            unless=r"better placed|\brefer",
            contains="nhs|coroner|prosecution|fire",
        ),
        decision_only(
            r"\bnot (?:acting|carry\w*|perform\w*|exercis\w*|provid\w*)\b[^.;]{0,40}\b(?:on behalf "
            r"of (?:the|a|any) (?:council|local authority)|on the council's behalf|(?:council|"
            r"public|local authority)(?:'s)? functions?)\b",
            "We cannot investigate as the company is not acting on behalf of the Council.",
            needs=NO_POWER,
            contains="behalf|function",
        ),
    ),
    (
        "The Council has a policy on the prevention of crime.",
        "The parish council objected.",
        "The Council could not be directly responsible for this.",
        "We cannot investigate what happens in an academy.",
        "The Council could not have known about the academies.",
        "We cannot say how the police were told.",
        "The policy does not apply to him.",
        "We will not investigate a complaint about a member of the public.",
    ),
)
