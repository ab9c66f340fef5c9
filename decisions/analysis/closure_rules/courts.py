"""What courts and tribunals could decide, and what they did."""

from decisions.analysis.closure_rules.rule import NO_POWER, Reason, anywhere, hints, said

COURT_OR_TRIBUNAL_REMEDY = Reason(
    "court-or-tribunal-remedy",
    "Could appeal or go to court",
    "The person could have appealed or gone to court, or had done so, and it was reasonable "
    "to expect them to use that way.",
    hints("appeal|court|tribunal|legal|claim|right|inspector"),
    (
        anywhere(
            r"(?:(?<!not )(?<!not be )(?<!un)reasonable|not "
            r"unreasonable)\b[^.]{0,80}?\b(?:appeal\w*|"
            r"courts?\b|tribunal|legal (?:action|remedy)|claim\b|(?:use|used|exercise\w*) "
            r"(?:that|"
            r"the|this|his|her|their|it|such)|inspector\w*)",
            "It is reasonable to expect her to appeal to the tribunal.",
            unless=r"appeal\w* to (?:its|the council's) ",
        ),
        anywhere(
            r"\b(?:would|normally|usually) (?:have )?(?:normally )?expect(?:ed)? (?:\w+ "
            r"){1,4}to "
            r"(?:\w+ ){0,3}(?:appeal|use (?:that|it|the)|go to (?:a )?(?:court|tribunal))",
            "We would expect her to appeal.",
        ),
        said(
            r"\b(?:could|can|may|might|should) (?:also |still )?(?:have )?(?:appeal(?:ed)?|"
            r"go(?:ne)? "
            r"to (?:a |the )?(?:court|tribunal)|take (?:\w+ ){1,3}to (?:a |the )?(?:court|"
            r"tribunal))",
            "Mrs T can appeal to a tribunal.",
        ),
        said(
            r"\b(?:appeal rights?|rights? (?:of|to) (?:an )?(?:appeal|review)|right to (?:put|"
            r"go|take|"
            r"ask)|right to (?:a )?(?:review|challenge))\b|\bopportunity of [^.]{0,30}appeal",
            "Mr S has used his right of appeal.",
            unless=r"told (?:\w+ ){1,3}about (?:\w+ )?right",
        ),
        said(
            r"\b(?:has|have|had|he|she|they|already) (?:\w+ ){0,2}(?:appealed|(?:taken|lodged|"
            r"made) "
            r"(?:\w+ ){1,3}(?:to|with) (?:the|a) [^.]{0,25}tribunal)",
            "He has appealed to the SEND Tribunal.",
        ),
        said(
            r"\b(?:remedy|redress)\b[^.]{0,30}\b(?:courts?|tribunal|legal)|\b(?:legal|"
            r"alternative|"
            r"another) (?:legal )?remedy\b",
            "There was an alternative remedy through the courts.",
        ),
        said(
            r"\b(?:courts?|tribunal|magistrates|inspectorate|inspector|secretary of state|"
            r"insurers?)"
            r"\b[^.]{0,70}\b(?:expect|better placed|to decide|can decide|determine|should)|"
            r"\b(?:expect|should|matter for|for)\b[^.]{0,70}\b(?:tribunal|courts? to|"
            r"magistrates|"
            r"inspectorate|inspector|insurers?)",
            "This is for the magistrates to decide.",
            unless=r"what happened|proceedings|separable|evidence (?:to|for|in)",
        ),
    ),
    (
        "It was not reasonable to expect him to appeal.",
        "The Council told Mr E that it would be reasonable to go to court.",
        "She has no need to go to court, as the Council once said she should.",
        "It would be unreasonable to expect her to go to court.",
    ),
)

COURT_PROCEEDINGS = Reason(
    "court-proceedings",
    "What happened in court",
    "The matter was before a court, or court action about it has begun, which the law puts "
    "beyond the Ombudsman.",
    hints("court|judge|proceedings|prosecut|legal action|judicial"),
    (
        anywhere(
            r"\b(?:happened|happens|said|decided|considered|heard|dealt with|place|gave|given|"
            r"put|"
            r"written|presented|evidence|matters?|reports?|statements?|information|started|"
            r"start|"
            r"beginning|commencement|begun|began|conduct|issues?)\b[^.]{0,50}?\b(?:(?:in|to|by|"
            r"before|for|a|the) (?:a |the |any )?(?:family |county |crown |magistrates' |high "
            r")?"
            r"(?:courts?|judge)\b|(?:court|legal|care|criminal)[^.]{0,8} (?:action|"
            r"proceedings|case))",
            "We cannot investigate the information a Council officer gave a Court.",
            needs=NO_POWER,
            unless=r"\breasonable\b|\bgo to\b|\bcan (?:go|take|apply)\b|appeal|\bcould\b|"
            r"\bremedy",
        ),
        said(
            r"\b(?:happened|happens|decided|considered|heard|dealt with|determined|tested|"
            r"been|took "
            r"place|matters?)\b[^.]{0,50}?\b(?:in|by|to|before) (?:a |the |any )?(?:judge|\w+ "
            r")?"
            r"(?:in )?(?:courts?|judge)\b",
            "The matters complained of were considered in court.",
            unless=r"reasonable|remedy|go to|\bcould\b|can (?:go|take|decide)|to decide",
        ),
        anywhere(
            r"\bnot (?:be )?separa\w+|\binseparabl\w+|\binextricabl\w+|\bcannot (?:be "
            r")?separate|"
            r"\b(?:closely|intimately) (?:linked|connected|tied) (?:to|with) (?:those|the|"
            r"court|legal)",
            "The matter is not separable from what happened in court.",
            needs=r"court|proceedings|hearing|judge",
        ),
        said(
            r"\b(?:about|concerns?|concerning|part of|subject of|written for|bound up with|"
            r"relates? "
            r"to|investigate|consider|linked to|commencement of|beginning|start of|conduct "
            r"of)\b"
            r"[^.]{0,50}\b(?:(?:court|care|legal|criminal|family|civil)[^.]{0,10} "
            r"(?:proceedings|action|"
            r"hearing|case|report)|prosecut\w+)",
            "The complaint is about the content of a court report.",
            unless=r"reasonable|could|remedy|will not (?:investigate|consider)(?![^.]* "
            r"because)",
        ),
        said(
            r"\b(?:has|have|had|already|court|legal|proceedings)\b[^.]{0,20}\b(?:start(?:ed)?|"
            r"begun|"
            r"began|issued|commenced|taken)\b[^.]{0,30}\b(?:court|legal action|proceedings|"
            r"claim|"
            r"judicial review|action)|\b(?:court|legal) (?:action|proceedings) (?:has|have) "
            r"(?:begun|started|commenced|been)|\b(?:now|already|currently) before (?:a|the) "
            r"court",
            "Mr D has started court proceedings.",
            unless=r"could|not (?:started|begun|issued)",
        ),
        said(
            r"\b(?:prosecut\w+|evidence to (?:a|the) (?:\w+ )?court|to take \w+(?: \w+)? to "
            r"court)",
            "We cannot investigate the Council's decision to take Mr F to court.",
            needs=NO_POWER,
            unless=r"reasonable|remedy|wants",
        ),
    ),
    (
        "Mr K says the Council should be taken to court.",
        "Mr X went to court last year to see a friend.",
        "It is for a court to decide.",
    ),
)
