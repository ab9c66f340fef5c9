"""Closure rules: a court has dealt with the matter, or court action has begun."""

from decisions.analysis.closure_rules.rule import (
    NO_POWER,
    ReasonDefinition,
    anywhere,
    decision_only,
)

COURT_PROCEEDINGS = ReasonDefinition(
    "court-proceedings",
    "What happened in court",
    "A court has dealt with the matter, or court action about it has begun. The law does not "
    "let the Ombudsman investigate that.",
    (
        anywhere(
            r"\b(?:happened|happens|said|decided|considered|heard|dealt with|looked at|place|gave|"
            r"given(?! (?:the|that)\b)|put|written|presented|evidence|matters?|reports?|"
            r"statements?|information|started|start|beginning|commencement|begun|began|conduct|"
            r"issues?)\b[^.]{0,50}?\b(?:(?:in|to|by|before|for|a|the) (?:a |the |any )?(?:family |"
            r"county |crown |magistrates' |high )?(?:courts?|judge)\b|(?:court|legal|care|"
            r"criminal)[^.]{0,8} (?:action|proceedings|case))",
            "We cannot investigate the information a Council officer gave a Court.",
            needs=NO_POWER,
            unless=r"\breasonable\b|\bgo to\b|\bcan (?:go|take|apply)\b|appeal|\bcould\b|\bremedy|"
            r"\b(?:best|better) (?:\w+ ){0,2}(?:in|by)\b|\bmatters? for (?:an? |"
            r"the )?(?:\w+ )?courts?\b|\bcourts? (?:can|may)\b|\bcourts? or (?:\w+ )?tribunal",
            contains="court|judge|legal|care|criminal",
        ),
        decision_only(
            r"\b(?<!no )(?:courts?|judges?|magistrates)\b (?:(?:has|have|had|already|also|then|"
            r"since"
            r"|itself) )*(?:dealt with|decided|considered|heard|ruled|determined|gave|given|made|"
            r"granted|found|settled|issued|approved|dismissed|ordered|looked at|disposed)\b",
            "We cannot lawfully do so because a court dealt with the case.",
            unless=r"\b(?:until|once|if|unless|when|whether)\b[^.]{0,30}\b(?:court|judge)|"
            r"\bcould\b",
            contains="court|judge|magistrates",
        ),
        anywhere(
            r"\b(?:decisions?|orders?|judge?ments?|rulings?|findings?|verdicts?|conduct|actions?)"
            r" (?:(?:made |given )?by|made in|given in|of|in) (?:an? |the |any )?(?:\w+ )?"
            r"(?:courts?|judges?|magistrates)\b|\b(?:courts?|judges?)(?:'s?)? (?:decisions?|"
            r"orders?|"
            r"judge?ments?|rulings?)\b",
            "The Ombudsman has no jurisdiction to look at decisions of the court.",
            needs=NO_POWER,
            unless=r"reasonable|appeal|\bgo to\b|\bcould\b|enforce",
            contains="court|judge|magistrates",
        ),
        decision_only(
            r"\b(?:sought|applied for|lodged|brought|asked for)\b[^.]{0,20}\bjudicial review|"
            r"\bcourt's (?:decision|order|judgment|ruling)\b|"
            r"\b(?:closely|directly) [^.]{0,20}\bcourt (?:process|action)",
            "We cannot investigate the court's decision to grant an order.",
            unless=r"could|reasonable|wants|enforce",
            contains="court|judicial review",
        ),
        decision_only(
            r"\b(?:happened|happens|decided|considered|heard|dealt with|determined|tested|been|"
            r"took place|matters?)\b[^.]{0,50}?\b(?:in|by|to|before) (?:a |the |any )?(?:judge|"
            r"\w+ )?(?:in )?(?:courts?|judge)\b",
            "The matters complained of were considered in court.",
            unless=r"reasonable|remedy|go to|\bcould\b|can (?:go|take|decide)|to decide"
            r"|\b(?:best|better|properly|being|be|is|are) (?:left|decided|considered|heard|dealt|"
            r"determined|tested)\b|\btak(?:e|ing)\b",
            contains="court|judge",
        ),
        anywhere(
            r"\bnot (?:be )?separa\w+|\binseparabl\w+|\binextricabl\w+|\bcannot (?:be )?separate|"
            r"\b(?:closely|intimately) (?:linked|connected|tied) (?:to|with) (?:those|the|court|"
            r"legal)",
            "The matter is not separable from what happened in court.",
            needs=r"court|proceedings|hearing|judge",
            unless=r"\b(?:is|are|best|one) (?:left )?for (?:an? |the )?(?:\w+ )?courts?\b",
            contains="closely|inextricabl|intimately|separa",
        ),
        decision_only(
            r"\b(?:about|concerns?|concerning|part of|subject of|written for|bound up with|"
            r"relates? to|investigate|consider|linked to|commencement of|beginning|start of|"
            r"conduct of)\b[^.]{0,50}\b(?:(?:court|care|legal|criminal|family|civil)[^.]{0,10} "
            r"(?:proceedings|action|hearing|case|report)|prosecut\w+)",
            "The complaint is about the content of a court report.",
            unless=r"reasonable|could|remedy|will not (?:investigate|consider)(?![^.]* because)",
            contains="action|case|hearing|proceedings|prosecut|report",
        ),
        decision_only(
            r"\b(?:has|have|had|already|court|legal|proceedings)\b[^.]{0,20}\b(?:start(?:ed)?|"
            r"begun|began|issued|commenced|taken)\b[^.]{0,30}\b(?:court|legal action|proceedings|"
            r"claim|judicial review|action)|\b(?:court|legal) (?:action|proceedings) (?:has|have) "
            r"(?:begun|started|commenced|been)|\b(?:now|already|currently) before (?:a|the) court",
            "Mr D has started court proceedings.",
            needs=r"court|legal|proceedings|claim|judicial",
            unless=r"could|not (?:started|begun|issued)",
            contains="court|legal|proceedings|claim|judicial",
        ),
        decision_only(
            r"\b(?:evidence|information|reports?|statements?)\b[^.]{0,40}\b(?:gave|gives?|given|"
            r"provided|"
            r"presented|put|submitted|made|wrote|written)\b[^.]{0,20}\b(?:to|for|in|"
            r"before) (?:an? |the )?"
            r"(?:family |county |crown |high |magistrates' )?(?:courts?|judge)\b|\btold (?:an? |"
            r"the )(?:\w+ )?"
            r"(?:courts?|judge)\b",
            "The complaint concerns evidence the Council gave to the family court.",
            unless=r"reasonable|could|\bcan (?:go|take|appeal)|remedy|wants",
            contains="court|judge|told",
        ),
        decision_only(
            r"\b(?:have|has|had) been\b[^.]{0,40}\b(?:raised|aired|argued|addressed|dealt with|"
            r"considered)"
            r" (?:in|as part of|during|through) [^.]{0,20}\b(?:court|proceedings)\b",
            "The issues have been, or could have been, raised in court proceedings.",
            unless=r"\bnot (?:yet )?been",
            contains="court|proceedings",
        ),
        decision_only(
            r"\b(?:prosecut\w+|evidence to (?:a|the) (?:\w+ )?court|(?:to take|took|"
            r"has taken) \w+(?: \w+)? to (?:the )?(?:\w+ )?court)",
            "We cannot investigate the Council's decision to take Mr F to court.",
            needs=NO_POWER,
            unless=r"reasonable|remedy|wants",
            contains="evidence to|prosecut|to take|took|has taken",
        ),
        decision_only(
            r"\b(?:obtained|granted|secured|got)\b[^.,;]{0,20}\b(?:liability|possession|"
            r"care|court|charging|eviction|suspension|placement) orders?\b|\b(?:liability|"
            r"possession|care|court|charging|placement) orders? (?:was|were|has been|had "
            r"been) (?:made|granted|obtained|issued)\b",
            "We cannot investigate because the Council obtained a liability order.",
            needs=NO_POWER,
            unless=r"reasonable|\bcould\b|wants",
            contains=" order",
        ),
        decision_only(
            r"\b(?:start\w*|bring\w*|brought|tak\w+|took|issu\w+|begin\w*|began|commenc\w+|"
            r"pursu\w+)\b[^.,;]{0,25}\b(?:possession|eviction|bankruptcy|care|court|legal|criminal|"
            r"insolvency|recovery) (?:proceedings|action|claim)s?\b",
            "We cannot investigate the Council's decision to start possession proceedings.",
            needs=NO_POWER,
            unless=r"\bcould\b|reasonable|wants|threat|\bmay\b|\bcan (?:bring|take|start|pursue|"
            r"issue)",
            contains="possession |eviction |bankruptcy |insolvency |recovery |care proceedings|"
            "care action|"
            "care claim|court proceedings|court action|court claim|legal proceedings|legal action|"
            "legal claim|criminal proceedings|criminal action|criminal claim",
        ),
    ),
    (
        "Mr K says the Council should be taken to court.",
        "Mr X went to court last year to see a friend.",
        "It is for a court to decide.",
        "The claim is best dealt with in court.",
        "We may look at it once a court has decided the claim.",
        "No court has dealt with the case.",
        "There is no fault in the Council's decision to wait while court proceedings go on.",
        "She wants the court's order to be enforced.",
        "We cannot achieve what she wants, and this is a matter for the courts.",
    ),
)
