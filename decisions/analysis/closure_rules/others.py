"""Closure rules: another body, consent, an earlier decision, withdrawal."""

from decisions.analysis.closure_rules.rule import (
    REASONABLE,
    REGULATOR,
    REGULATOR_WORDS,
    ReasonDefinition,
    anywhere,
    decision_only,
)

BETTER_PLACED_BODY = ReasonDefinition(
    "better-placed-body",
    "Another body is better placed",
    "Another body is the right one to ask. For example, the Information Commissioner deals "
    "with personal data.",
    (
        anywhere(
            r"\b(?:better|best) (?:placed|suited|able|equipped)\b|\bbetter (?:body|position)\b|"
            r"\b(?:better|best) (?:considered|addressed|handled|dealt with|raised|directed|taken|"
            r"pursued|investigated)(?: and \w+)? (?:by|with|to)\b|\bbetter "
            r"for\b[^.]{0,30}\bto (?:deal|consider|look)",
            "Another body is better placed to consider it.",
            unless=r"(?:court|tribunal|magistrate|judge|inspector)s?(?: \w+){1,3} (?:better|best)|"
            r"not (?:be )?(?:better|best)|no better|may be another|(?:better|best) (?:\w+ ){0,3}"
            r"(?:by|in|with|to) (?:an? |the )?(?:\w+ )?(?:court|tribunal)",
            contains="better|best",
        ),
        anywhere(
            r"\bmore (?:suitable|suitably|appropriate|appropriately|properly)\b[^.]{0,30}(?:"
            + REGULATOR
            + r"|body|organisation|ombudsman)",
            "This is more suitable for the ICO to consider.",
            contains="more suitab|more appropriat|more proper",
        ),
        decision_only(
            r"\b(?:approach|contact|complain|ask|go|turn|refer|report|raise|take|put|write|use|"
            r"bring)(?:ed|d|n|red)?\b[^.]{0,120}?" + REGULATOR,
            "It is reasonable to expect Ms Hale to approach the Information Commissioner.",
            needs=rf"\b(?:{REASONABLE}|expect|can|could|may|able to|free to|entitled to|right to)\b"
            r"[^.]{0,60}?\b(?:approach|contact|complain|ask|go|turn|refer|report|raise|take|put|"
            r"write|use|bring)(?:ed|d|n|red)?\b",
            unless=r"\bcould not\b|\bnot (?:be )?reasonable|\bunreasonable|\bcan(?:not|'t)\b|"
            r"\b(?:council|provider) (?:can|could|may)\b|\balready\b",
            contains=REGULATOR_WORDS,
        ),
        decision_only(
            r"\b" + REGULATOR + r"\b[^.]{0,100}\b(?<!not )(?<!not be )(?<!un)reasonable (?:for|"
            r"to expect) [^.]{1,30} to "
            r"(?:go|complain|approach|contact|use|ask|raise|take)\b",
            "The ICO was set up for such disputes and it is reasonable for him to go there.",
            unless=r"\bcourts?\b|tribunal|\bappeal",
            contains=REGULATOR_WORDS,
        ),
        decision_only(
            r"\bset up (?:the )?" + REGULATOR,
            "Parliament set up the Information Commissioner for such disputes.",
            contains="set up",
        ),
        decision_only(
            r"\bmore (?:suitable|appropriate) (?:body|organisation|person)\b",
            "There is a more suitable organisation for it.",
            contains="more suitable|more appropriate",
        ),
        anywhere(
            r"\bshould (?:therefore |instead |now |first )*(?:approach|contact|complain to|"
            r"ask|go to|"
            r"refer|report|raise|take|put)[^.]{0,40}" + REGULATOR,
            "Miss X should therefore approach the ICO about her concerns.",
            unless=r"had refused",
            contains=REGULATOR_WORDS,
        ),
        decision_only(
            r"(?:appropriate|proper|right|correct|suitable) (?:body|way|place|organisation|route|"
            r"channel)\b",
            "The General Medical Council is the appropriate body to consider it.",
            needs=REGULATOR + r"|\bother bod|\banother bod|commission|ombudsman",
            contains="appropriate|correct|proper|right|suitable",
        ),
        decision_only(
            r"(?:matters? for|one for|(?:is|are) for|belongs? (?:to|with)|expect[^.]{0,60}(?:to|"
            r"with)|dealt with by) (?:the )?" + REGULATOR,
            "We normally expect such complaints to be taken to the ICO.",
            contains=REGULATOR_WORDS,
        ),
        decision_only(
            r"\b"
            + REGULATOR
            + r"[^.]{0,30}\b(?:can|should|could|is able to|exists to|(?:deals|dealing) with|"
            r"considers|"
            r"oversees|(?:is|are) the (?:\w+ )?(?:body|organisation|regulator) (?:that |which |"
            r"who |"
            r"set up |created |responsible )?)\b(?! not)",
            "The Information Commissioner can look at that.",
            contains=REGULATOR_WORDS,
        ),
        decision_only(
            r"\b(?:can|could|may|should|would need to|reasonable for (?:m\w+ \w+|him|her|"
            r"them) to) (?:also )?(?:report|refer|raise|complain|go|take)\b[^.,;]{0,40}\b(?:to|"
            r"with) the police\b|\bmatters? for the police\b|\bpolice (?:is|"
            r"are) the (?:appropriate|right|proper)",
            "He can report the theft to the police.",
            unless=r"\b(?:council|provider) (?:can|could|may|should)\b|\bnot a matter",
            contains="the police|police is|police are",
        ),
    ),
    (
        "The Council should report such cases to the police.",
        "He has already complained to the Information Commissioner.",
        "She went to the Care Quality Commission, which said it could not help.",
        "There may be another body better placed to consider this complaint.",
        "It is not reasonable to expect her to approach the Information Commissioner.",
        "The Council could report it to the Environment Agency.",
        "The letter about the data was for the Information Commissioner.",
    ),
)

NO_CONSENT = ReasonDefinition(
    "no-consent",
    "No consent or not a suitable representative",
    "The person who complained for someone else did not have their consent, or was not "
    "suitable to speak for them.",
    (
        anywhere(
            r"\b(?:not|cannot|[acdhimnsw]\w{1,5}n't|insufficient|no)\b[^.]{0,60}\b(?:suitable|"
            r"appropriate|"
            r"proper|"
            r"right) (?:person|representative)|"
            r"\bcannot accept\b[^.]{0,30}\brepresentative|\bunsuitable (?:person|representative)|"
            r"\b(?:cannot|can't|not (?:suitable|able|the right person|appropriate for \w+) to|"
            r"unable to) "
            r"(?:properly |fairly |adequately )*represent (?:(?:the|his|her|their) (?!cost|value)|"
            r"him\b|them\b|her\b(?! (?:cost|value))|"
            r"m(?:r|rs|s|iss) )",
            "We do not consider he is a suitable representative.",
            contains="cannot accept|person|represent|unsuitable",
        ),
        anywhere(
            r"\b(?:we|i|ombudsm[ae]n) (?:do|does) not have (?:\w+ )?consent\b",
            "We do not have consent from Mr Y.",
            contains="not have",
        ),
        decision_only(
            r"\b(?:not|no|without|absence of|lack of|lacks|refused)\b[^.]{0,50}\b(?:consent(?:ed)?|"
            r"authority|authoris\w+|permission|agreed to (?:him|her|them))\b",
            "Mrs S does not have consent to complain for her brother.",
            unless=r"shar(?:ed|ing)|disclos|information|data|planning|local authority|authority's|"
            r"the authority\b(?! of| to)|building|consent (?:for|to) (?:it|(?:the |"
            r"an? )?(?:proposed |"
            r"safeguarding )?(?:investigation|enquiry|referral|assessment|treatment|works?|move|"
            r"placement|visit|adoption))\b",
            contains="agreed to|authoris|authority|consent|permission",
        ),
        decision_only(
            r"\bnot (?:someone|somebody|a person|entitled|able|authorised|permitted)\b[^.]{0,40}"
            r"\bbehalf\b",
            "He is not someone who can complain on her behalf.",
            contains="behalf",
        ),
        decision_only(
            r"\bnot (?:\w+ )?agreed (?:to|that|for) (?:him|her|them|m\w+ \w+|the \w+)(?: "
            r"\w+)? (?:act|complain|represent|speak|bring)\w*|\bcannot (?:complain|bring|"
            r"act|speak)\b[^.]{0,40}\b(?:on [\w']+(?: [\w']+)? behalf|for (?:him|her|them|m\w+ "
            r"\w+))\b|\bnot (?:want|wish)\w* (?:him|her|them|m\w+ \w+) to (?:complain|act|"
            r"represent|speak)\b|\bnot (?:an? |the )?(?:personal|legal) representative\b",
            "She does not wish Mr S to complain for her.",
            unless=r"council (?:did|does|has)",
            contains="agreed|behalf|cannot|wish|want|represent",
        ),
    ),
    (
        "The officer gave third parties information about her without her consent.",
        "We accept Ms B as a suitable representative.",
        "The resident did not consent to the referral.",
        "The figures cannot represent what she spent.",
        "The Council has not agreed to the residents acting as stewards, she says.",
        "He cannot act on the advice.",
    ),
)

PREVIOUSLY_CONSIDERED = ReasonDefinition(
    "previously-considered",
    "Already considered by the Ombudsman",
    "The Ombudsman had already considered or decided the same complaint.",
    (
        anywhere(
            r"\b(?:we|i|ombudsm[ae]n|us) (?:have |has |had )?(?:already|"
            r"previously)\b[^.]{0,25}\b(?:considered|decided|made|determined|dealt|looked|"
            r"investigated|reached|closed|issued)|\b(?:we|i|ombudsman) (?:have |has "
            r")?(?:considered|decided|determined|dealt with|investigated|looked at) (?:\w+ "
            r"){0,3}(?:before|previously|last year|already)\b",
            "We have already considered it.",
            unless=r"whether|the information",
            contains="already|before|last year|previously",
        ),
        anywhere(
            r"\balready (?:been )?(?:considered|decided|dealt with|determined)\b[^.]{0,30}\bby "
            r"(?:us|the ombudsm[ae]n)\b",
            "The complaint has already been considered and decided by us.",
            contains="already",
        ),
        decision_only(
            r"\b(?:previous|earlier) (?:complaint|decision)\b|\bsame (?:complaint|"
            r"as)\b[^.]{0,60}\b(?:again|before|decided|determined|previous|dealt|closed|"
            r"last year)|\b(?:repeats?|"
            r"second time|reopen)\b|\bbrought it to (?:us|the ombudsm[ae]n) before\b",
            "It is the same as his previous complaint which we have decided.",
            needs=r"\bwe\b|\bi\b|\bus\b|\bour\b|ombudsm|\bshe\b|\bhe\b",
            unless=r"cites|complaint to the council|previous decision (?:of|by) the council",
            contains="brought it to|earlier|previous|reopen|repeat|same|second time",
        ),
        decision_only(
            r"\b(?:complained|came|brought [^.]{1,30}) to us\b[^.]{0,40}\b(?:in (?:\w+ )?\d{4}|"
            r"before|"
            r"previously|last year)\b[^.]{0,60}\b(?:we|i|ombudsm[ae]n) (?:\w+ )?(?:decided|"
            r"considered|closed|"
            r"investigated|determined)\b",
            "Mr N complained to us about this in 2020 and we decided his complaint then.",
            contains="to us",
        ),
        decision_only(
            r"\b(?:we|i|ombudsm[ae]n) (?:have |has |had )?(?:made|issued|reached|gave) (?:an?|our|"
            r"my|his|"
            r"its|the) (?:final )?decision (?:on|about) (?:it|(?:this|that|the same|these|those|"
            r"the) "
            r"\w+)\b[^.,]{0,40}\b(?:in (?:\w+ )?\d{4}|last|before|earlier|previously|already|"
            r"ago)\b",
            "We made a decision on this matter in 2021.",
            contains="decision",
        ),
        decision_only(
            r"\b(?:we|i|ombudsm[ae]n) (?:have |has )?(?:decided|considered|investigated|"
            r"determined|closed) (?:an?|another|an earlier) complaint (?:about|on) the "
            r"same\b|\bcomplained to us about (?:this|it|the same|"
            r"these)\b[^.,;]{0,20}\b(?:before|previously|already|in \d{4})\b|"
            r"\b(?:previous|earlier) investigation by (?:us|the ombudsm[ae]n)\b|"
            r"\b(?:closed|decided|considered|determined|investigated|dealt with) by us in "
            r"\d{4}|\bwe (?:looked at|considered|decided) (?:this|it|the same|"
            r"these)\b[^.,;]{0,30}\bin (?:\w+ )?\d{4}|\bcannot (?:investigate|consider|"
            r"look at) the same [^.,;]{1,30} twice\b|\bre-?(?:investigate|open|consider|"
            r"visit) (?:\w+ ){0,3}(?:we|i|the ombudsm[ae]n) (?:have|has) (?:already "
            r")?(?:decided|determined|considered|investigated)\b",
            "We have decided a complaint about the same matter.",
            contains="same|to us|investigation by|by us in|we looked|we considered|we decided|"
            "reinvestigate|re-investigate|reopen|re-open|reconsider|revisit",
        ),
        decision_only(
            r"\b(?:has|have|had) (?:already|previously) (?:complained|brought|raised|"
            r"made)\b[^.,;]{0,40}\bto (?:us|the ombudsm[ae]n)\b",
            "We cannot investigate because he has previously complained to us about it.",
            needs=r"because|\bas\b|since|decid|consider|determin",
            unless=r"housing ombudsman|complained to the council",
            contains="already|previously",
        ),
    ),
    (
        "She has already complained to the Housing Ombudsman.",
        "We have made a decision on this matter.",
        "He asked whether we had already considered a complaint about his neighbour.",
        "The Council had already considered it.",
        "He cites a previous decision by the Ombudsman.",
        "We could not add to the Council's earlier investigation.",
    ),
)

WITHDRAWN = ReasonDefinition(
    "withdrawn",
    "Complaint withdrawn",
    "The person who complained decided not to continue.",
    (
        anywhere(
            r"\bwithdr(?:ew|awn|aw|awal|awing)\b[^.]{0,20}\b(?:the|this|his|her|their) "
            r"complaint\b|\bcomplaint (?:has been|was|is) (?:now )?withdrawn\b",
            "Mr P has withdrawn his complaint.",
            unless=r"could|may withdraw",
            contains="withdr",
        ),
        decision_only(
            r"\b(?:has|have|had|she|he|they) (?:now )?withdr(?:awn|ew)(?: it|\b)|\bwithdraw "
            r"(?:his|her|their|the) complaint",
            "Because he has withdrawn it we have closed the file.",
            unless=r"council (?:has |had )?withdr\w+|withdr\w+ (?:the |its |an? )(?!complaint)",
            contains="withdr",
        ),
        decision_only(
            r"\b(?:no longer|not) (?:wish\w*|want\w*)\b[^.]{0,30}\b(?:pursue|continue|go on|carry "
            r"on|us to|proceed|complain|take)|\basked (?:us|me) to(?: (?:close|withdraw|stop|end)|"
            r"(?=[.,;]|$))|"
            r"\b(?:decided|chosen|chose|opted) not to (?:go on|continue|pursue|"
            r"proceed)\b[^.]{0,20}\bcomplaint",
            "Miss F does not wish to pursue her complaint.",
            unless=r"council (?:did|does|has)|\bnot (?:want|wish)\w* (?:him|m\w+ \w+) to "
            r"(?:complain|act|represent)",
            contains="wish|want|asked|decided not|chosen not|opted not|chose not",
        ),
        decision_only(
            r"\bat (?:the request of|[^.]{1,25}'s? request)",
            "I have discontinued my investigation at Mrs L's request.",
            needs=r"discontinu|closed|ended|stopped",
            contains="request",
        ),
    ),
    ("The Council withdrew its notice.", "She wanted the officer to withdraw."),
)
