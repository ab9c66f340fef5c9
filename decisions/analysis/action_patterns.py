"""The words that name an action, and which kind of remedy it is: "pay", "review its procedure"."""

from decisions.analysis.pattern import Pattern

_GIVE = (
    "mak giv provid send issu offer arrang deliver organis undertak hold conduct complet carr"
    " commission produc circulat shar distribut remit award credit receiv"
)
_GIVEN = r"(?:e|es|ing|s|y|ies|ying)?(?: out)?\b"
# Up to six words between a verb and its object.
_WORDS = r"(?: (?!with\b|and\b)[\w’'-]+){0,6}?"
# After "payment" as a remedy: not "payment plan", "payments on time".
_AFTER_PAYMENT = (
    r"(?= (?:of|to|for|totalling|in|within|as|and|or|is|are|that|which|from|by|equal|equivalent|"
    r"each"
    r"|described|detailed|listed|outlined|explained|recommended|set out)\b"
    r"(?! (?:instal|due|full and|time))|[.,;:)]|$)"
)
# A payment named without the word: "a financial settlement".
_MONEY = r"(?:financial|monetary) (?:remedy|redress|settlement|recognition|award)s?"
_STAFF = r"(?:[\w-]+ ){0,4}(?:staff|officers?|teams?|members|managers|workers|carers|employees)\b"

ACTION_PATTERNS = (
    Pattern("apology", "apologis", r"(?:e|es|ing)\b", "the council will apologise to mr x."),
    Pattern("apology", "apolog letter", r"(?:y|ies)\b|s? of apology\b", "it agreed to an apology."),
    Pattern("apology", "say", r"(?:s|ing)? sorry\b", "the council will say sorry to mr x."),
    Pattern(
        "apology",
        "writ meet",
        r"(?:e|es|s|ing|ting)?\b[^.;:£]{1,120}?\bapolog(?:ise|y|ising)\b",
        "the council has agreed to write to the aunt and, separately, the uncle to apologise.",
    ),
    Pattern(
        "apology",
        _GIVE,
        rf"{_GIVEN}(?:(?! (?:pay|financial|monetary|compensation))[^.;:£]){{0,60}}?"
        r" apolog(?:y|ies)\b",
        "the council will send mrs x a written apology.",
    ),
    Pattern(
        "payment",
        "pay",
        r"(?:s|ing)?\b"
        r"(?! (?:(?:due|particular|close|full|more|proper) )?(?:regard|attention|heed))",
        "the council should pay ms y £250.",
    ),
    Pattern("payment", "paid", r"\b", "mr x should be paid £100."),
    Pattern(
        "payment",
        "payment cheque compensation",
        rf"s?{_AFTER_PAYMENT}",
        "we have recommended payment for ms x.",
    ),
    Pattern(
        "payment",
        "financial monetary",
        rf" (?:remedy|redress|settlement|recognition|compensation|award|payment)s?{_AFTER_PAYMENT}",
        "the council has agreed to a financial settlement.",
    ),
    Pattern(
        "payment",
        _GIVE,
        rf"{_GIVEN}{_WORDS} (?:(?:payments?|cheques?|compensation|{_MONEY})\b{_AFTER_PAYMENT}"
        r"|remedy (?:of|totalling)\b(?=[^.;]{0,30}£))",
        "the council will make a symbolic payment.",
    ),
    Pattern(
        "payment",
        _GIVE,
        rf"{_GIVEN}(?: (?:an?|the|her|him|them|further|additional|one-off)){{0,3}}(?= £[\d,.]+ "
        r"(?:[\w-]+ )?(?:payments?|contribution|award)\b)",
        "the council has agreed to make a £200 payment.",
    ),
    Pattern(
        "payment",
        "refund reimburs repay re-pay compensat",
        r"(?:e|es|ing|s|ed)?\b",
        "the council has agreed to refund the fees.",
    ),
    Pattern(
        "payment",
        "remedy",
        r" (?:of|totalling)\b(?=[^.;]{0,30}£)",
        "the council agreed a remedy of £120.",
    ),
    Pattern(
        "payment",
        "settl",
        r"(?:e|es|ing)\b(?= (?:the|an?|any|all|his|her|their|this|that|m(?:r|rs|s|iss) \w+[’']s?)"
        r" (?:[\w-]+ ){0,3}?(?:invoices?|bills?|fees|charges|arrears|costs|accounts?|debts?)\b)",
        "the council will settle the invoice with the care home.",
    ),
    Pattern(
        "payment",
        "cover meet",
        r"(?:s|ing)?\b(?= (?:the|any|all|his|her|their|m(?:r|rs|s|iss) \w+[’']s?) (?:[\w-]+ ){0,3}?"
        r"(?:costs?|fees|expenses|bills?|charges)\b)",
        "the council will meet his legal costs.",
    ),
    Pattern(
        "payment",
        "contribut honour",
        r"(?:e|es|s|ing)?\b(?=[^.;:]{0,40}(?:£|\bpayment\b|\boffer of (?:an? )?(?:payment|"
        r"compensation)\b))",
        "the council will contribute £200 towards the repairs.",
    ),
    Pattern(
        "payment",
        "backdat",
        r"(?:e|es|ing)\b(?=[^.;]{0,40}\b(?:payments?|allowances?|fees|benefits?)\b)",
        "the council should backdate its payments to the date of the assessment.",
    ),
    Pattern(
        "payment",
        "increas rais",
        r"(?:e|es|ing)\b(?=[^.;]{0,80} to £)",
        "i recommended the council increase its offer from £100 to £250.",
    ),
    Pattern(
        "payment",
        "offer giv provid send award credit",
        r"(?:e|es|s|ing)?\b(?=(?:(?! and | pay\b)[^.;:,]){0,60}?£)",
        "the council will credit mr x’s account with £120.",
    ),
    Pattern(
        "payment",
        "increas rais",
        r"(?:e|es|ing)\b(?: (?:the|its|this|that|his|her|their|proposed|previous|earlier|remedy"
        r"|financial|symbolic)){0,4} (?:payments?|offer|compensation|remedy)\b",
        "the council has agreed to increase the payment to mr x.",
    ),
    Pattern(
        "training",
        "train",
        r"(?:s|ing|ed)?\b(?! provider| course)",
        "the council will train staff.",
    ),
    Pattern(
        "training",
        f"{_GIVE} ensur mak",
        rf"{_GIVEN}{_WORDS} (?:training|trained)\b",
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
        _GIVE,
        rf"{_GIVEN}{_WORDS} (?:reminders?|guidance|briefings?|memo)\b"
        rf"(?=(?: [\w’'-]+){{0,3}}? (?:to|for|among) {_STAFF})",
        "the council will issue guidance to its planning officers.",
    ),
    Pattern(
        "reminder",
        f"{_GIVE} put",
        rf"{_GIVEN}(?: (?!with\b|and\b)[\w’'-]+){{0,4}}? (?:staff|officer|team|manager)s?[’']?"
        r" (?:\w+ )?(?:reminders?|guidance|briefings?|memos?)\b",
        "the council will issue a staff reminder.",
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
        rf"(?:e|es|ing)?\b{_WORDS} (?:decision|statement|report|lessons|learning|findings)\b"
        rf"(?: from this \w+)?(?= (?:with|among|to) {_STAFF}|[.;]|$)",
        "the council will share this decision with staff in its housing team.",
    ),
    Pattern(
        "reminder",
        "tell brief",
        rf"(?:s|ing)? {_STAFF}",
        "the council will tell its frontline staff how to recognise a complaint.",
    ),
    # One decision about one person is made again; "its decisions" are a practice.
    Pattern(
        "reassessment",
        "review revisit",
        r"(?:s|ing|ed)?\b(?= (?:its|the|this|that|his|her|their|m(?:r|rs|s|iss) \w+[’']s)"
        r" (?:[\w-]+ ){0,2}?(?:decision|refusal|application|assessment|eligibility|entitlement"
        r"|banding|priority)\b(?![- ](?:mak|process|letter|form|procedure|polic)))",
        "the council has agreed to review its decision on mr x’s grant.",
    ),
    Pattern("review", "review audit", r"(?:s|ing|ed)?\b", "the council will review its procedure."),
    Pattern(
        "review",
        _GIVE,
        rf"{_GIVEN}{_WORDS} (?<!right of )(?<!right to a )(?<!annual )(?:reviews?|audits?)\b"
        r"(?! (?:meeting|panel|hearing|rights?))",
        "the council will also undertake a review of the decisions it has made.",
    ),
    Pattern(
        "review",
        "revis amend updat chang improv",
        rf"(?:e|es|s|ing)?\b{_WORDS} (?:polic(?:y|ies)|process(?:es)?|procedures?"
        r"|(?<!future )practices?"
        r"|guidance|systems?|forms?|templates?|(?:standard|template) letters)\b",
        "the council will amend its complaints policy.",
    ),
    Pattern(
        "review",
        "look examin evaluat strengthen rewrit redraft",
        rf"(?:e|es|s|ing)?\b(?: again)?(?: at| into)?{_WORDS} (?:polic(?:y|ies)|process(?:es)?|"
        rf"procedures?"
        r"|practices?|systems?|arrangements|(?:standard|template) letters)\b",
        "the council will look again at its procedures.",
    ),
    Pattern(
        "review",
        "mak",
        rf"(?:e|es|ing)\b{_WORDS} (?:changes?|improvements?|amendments?) (?:to|in)\b"
        rf"{_WORDS} (?:polic(?:y|ies)|process(?:es)?|procedures?|practices?|guidance|systems?)\b",
        "the council will make changes to its complaints procedure.",
    ),
    Pattern(
        "reassessment",
        "rehear re-hear rerun re-run retak re-tak redetermin redecid re-decid",
        r"(?:e|es|s|ing)?\b(?= (?:its|the|this|that|his|her|their|an?|m(?:r|rs|s|iss))\b)",
        "the council has agreed to rehear her appeal.",
    ),
    Pattern(
        "reassessment",
        "reassess re-assess reconsider re-consider",
        r"(?:es|s|ing)?\b",
        "the council will reassess miss x’s needs.",
    ),
    Pattern(
        "reassessment",
        "assess consider decid determin",
        r"(?:e|es|s|ing)?\b[^.;:]{0,60}? (?:afresh|again|anew)\b",
        "the council will consider his application afresh.",
    ),
    Pattern(
        "reassessment",
        f"{_GIVE} mak conven",
        rf"{_GIVEN}{_WORDS} (?:re-?assessments?\b|(?:new|fresh|(?<!without a )"
        r"further) (?:[\w’'-]+ ){0,3}?(?:appeals?|hearings?|decisions?|panel|assessments?)\b"
        r"|re-?hearing\b)",
        "the council will hold a fresh appeal.",
    ),
    Pattern(
        "reassessment",
        "new fresh further updated",
        r" (?:[\w’'-]+ ){0,2}?(?:assessments?|appeal|hearing|appeal panel|"
        r"decision)\b(?! (?:process|form"
        r"|procedure|polic|right))",
        "it agreed to a fresh assessment.",
    ),
    Pattern(
        "reassessment",
        "complet carr undertak arrang",
        rf"{_GIVEN}{_WORDS} assessments?\b",
        "the council will carry out an occupational therapy assessment.",
    ),
    Pattern(
        "action",
        "cancel waiv remov withdraw reinstat arrang issu complet amend updat produc publish meet"
        " backdat carr provid offer ensur plac clear repair inspect install stop reduc appoint send"
        " consult contact hold",
        r"(?:e|es|s|y|ing)?\b(?: out\b)?+"
        r"(?!:| (?:the |these |this |all |our |my |agreed |above |remaining |other )*(?:following"
        r"|actions?|steps|recommend\w*)\b(?! (?:from|of|in) (?!this|that|my|our|paragraph))"
        r"| (?:\w+ ){0,4}?(?:remed(?:y|ies)|redress|resolution|settlement)\b)",
        "the council has agreed to cancel the invoice.",
    ),
    Pattern(
        "action",
        "tak",
        r"(?:e|es|ing)\b(?: (?!following)[\w-]+){0,2}? (?:actions?|steps|"
        r"measures)\b(?: \w+){0,3}? to"
        r" (?:\w+ly )?(?:prevent|improve|address|ensure|avoid|learn|stop|reduce|minimi[sz]e|make"
        r"|strengthen)\b",
        "the council will take measures to prevent it happening again.",
    ),
    Pattern(
        "action",
        "tak",
        r"(?:e|es|ing)\b (?:further|other|additional) (?:\w+ )?(?:actions?|steps|measures)\b",
        "the council has agreed to take further action.",
    ),
    Pattern(
        "action",
        "act",
        r"(?:s|ing)?\b to (?:prevent|improve|address|ensure|avoid|learn|stop|reduce|minimi[sz]e)\b",
        "the council should act to improve its services.",
    ),
    Pattern(
        "action",
        "improv",
        r"(?:e|es|ing)\b (?:its|their|the) (?:[\w-]+ ){0,2}?(?:services?|communications?"
        r"|record|records|monitoring|handling)\b",
        "the council will improve its services.",
    ),
    Pattern(
        "action",
        "consider investigat",
        r"(?:e|es|s|ing)?\b (?:the|her|his|their|m(?:r|rs|s|iss) \w+[’']s) (?:\w+ )?"
        r"(?:complaints?|concerns)\b",
        "the council will now consider her complaint at stage two.",
    ),
    Pattern(
        "action",
        "explain",
        r"(?:s|ing)?\b (?:the|its|that|this|these|those) ",
        "the council has agreed to explain its decision.",
    ),
    Pattern(
        "action",
        "inform notif open start restart re-start restor replac return delet commission"
        " communicat finalis develop creat implement increas extend deliver",
        r"(?:e|es|s|y|ies|ing)?\b(?= (?:(?:a|an|the|its|all|any|mr|mrs|ms|miss|her|his|him|them|"
        r"their"
        r"|this|that|these|those|local|clear|new|works?)\b(?! (?:[\w-]+ ){0,3}?(?:recommend\w+"
        r"|actions?|remed\w+)\b)|(?:\w+ ){0,2}?(?:improvements?|changes|measures)\b))",
        "the council has agreed to inform all tenants of their rights.",
    ),
    Pattern(
        "action",
        "giv grant allow",
        r"(?:e|es|s|ing)?\b(?= (?:[\w’'-]+ ){1,5}?(?:rights?|priority|access|extension)\b)",
        "the council has agreed to give her a right of review.",
    ),
    Pattern(
        "action",
        "correct rectif",
        r"(?:s|y|ies|ing|ying)?\b(?= (?:its|the|any|an?|all|his|her|their|m(?:r|rs|s|iss)|this)\b)",
        "the council has been asked to correct its records.",
    ),
    Pattern(
        "action",
        "service procedural practice",
        r" (?:improvements?|changes?)\b",
        "we have recommended service improvements.",
    ),
    Pattern(
        "action",
        "mak introduc",
        rf"(?:e|es|ing)\b{_WORDS} (?:improvements?|changes)\b",
        "the council will make service improvements.",
    ),
    Pattern(
        "action",
        "consider identif monitor check",
        r"(?:y|s|ies|ing)?\b(?= (?:whether|how|what|if|all|any|other|complaints|cases|its)\b)",
        "the council will consider whether others were affected.",
    ),
    Pattern(
        "action",
        "write writing put set",
        r" (?:off|in place|up)\b",
        "the council has agreed to write off the arrears.",
    ),
)
