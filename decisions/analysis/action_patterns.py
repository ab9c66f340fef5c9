"""The words that name an action, and which kind of remedy it is: "pay", "review its procedure"."""

from decisions.analysis.pattern import Pattern
from decisions.analysis.personal_patterns import GIVE, GIVEN, PERSONAL_PATTERNS, WORDS
from decisions.analysis.training_patterns import TRAINING_PATTERNS

ACTION_PATTERNS = (
    *PERSONAL_PATTERNS,
    *TRAINING_PATTERNS,
    # One decision about one person is made again; "its decisions" are a practice.
    Pattern(
        "reassessment",
        "review revisit",
        r"(?:s|ing|ed)?\b(?= (?:its|the|this|that|his|her|their|m(?:r|rs|s|"
        r"iss) \w+[’']s) (?:[\w-]+ ){0,2}?(?:decision|refusal|application|assessment|eligibility|"
        r"entitlement|banding|priority|situation)\b(?![- ](?:mak|process|letter|form|procedure|"
        r"polic))| whether (?:he|she|they|his|her|m(?:r|rs|s|iss))\b"
        # "review his care plan", "review Y's plan"
        r"| (?:his|her|their|[\w]+[’']s|m(?:r|rs|s|iss) \w+[’']s) (?:[\w-]+,? (?:and "
        r")?){0,4}?(?:plan|needs|care|package|budget)\b(?! (?:staff|polic|proce))| (?:the|"
        r"an?) (?:ehc|care|support|care and support|pathway|education[\w, ]{0,24}) plan\b)",
        "the council has agreed to review its decision on mr x’s grant.",
    ),
    Pattern(
        "reassessment",
        f"{GIVE}",
        rf"{GIVEN} (?:an?|the) (?:new|fresh|further|second) (?:[\w-]+ ){{0,2}}?review\b"
        r"(?! (?:of|into) (?:its|the|all|other|how) (?:[\w-]+ ){0,3}?(?:polic|proce|practice|cases|"
        r"services?|complaints|files|records))",
        "the council will carry out a fresh review of his priority.",
    ),
    Pattern(
        "reassessment",
        GIVE,
        rf"{GIVEN}{WORDS} (?<!annual )reviews? of (?:its|the|this|that|his|her|their|[\w]+[’']s|"
        r"m(?:r|rs|s|iss) \w+[’']s) (?:[\w’'-]+ ){0,3}?(?:decision|refusal|assessment|application|"
        r"priority|banding|plan|needs|eligibility)\b(?![- ](?:mak|process|letter|form|procedure|"
        r"polic))",
        "the council has agreed to offer mrs x a review of its decision.",
    ),
    Pattern("review", "procedural", r" reviews?\b", "it agreed to a procedural review."),
    Pattern(
        "review",
        "look",
        r"(?:s|ing)?(?: again)? (?:at|into) how (?:it|they)\b",
        "the council should look into how it answers such requests.",
    ),
    Pattern("review", "review audit", r"(?:s|ing|ed)?\b", "the council will review its procedure."),
    Pattern(
        "review",
        GIVE,
        rf"{GIVEN}{WORDS} (?<!right of )(?<!right to a )(?<!annual )(?:reviews?|audits?)\b"
        r"(?! (?:meeting|panel|hearing|rights?))",
        "the council will also undertake a review of the decisions it has made.",
    ),
    Pattern(
        "review",
        "revis amend updat chang improv bring",
        rf"(?:e|es|s|ing)?\b{WORDS} (?<!improve its )(?<!improve their )(?:polic(?:y|ies)|"
        rf"process(?:es)?|procedures?"
        r"|(?<!future )practices?"
        r"|guidance|systems?|forms?|templates?|(?:(?:standard|template|its) )letters)\b",
        "the council will amend its complaints policy.",
    ),
    Pattern(
        "review",
        "look examin evaluat strengthen rewrit redraft",
        rf"(?:e|es|s|ing)?\b(?: again)?(?: at| into)?{WORDS} (?:polic(?:y|ies)|process(?:es)?|"
        rf"procedures?"
        r"|practices?|systems?|arrangements|(?:standard|template) letters)\b",
        "the council will look again at its procedures.",
    ),
    Pattern(
        "review",
        "mak",
        rf"(?:e|es|ing)\b{WORDS} (?:changes?|improvements?|amendments?) (?:to|in)\b"
        rf"{WORDS} (?:polic(?:y|ies)|process(?:es)?|procedures?|practices?|guidance|systems?)\b",
        "the council will make changes to its complaints procedure.",
    ),
    Pattern(
        "review",
        "consider reconsider re-consider identif explor",
        rf"(?:y|s|ies|ing|e|es)?\b(?:{WORDS} (?:changes?|improvements?|amendments?|revisions?) "
        r"(?:to|in))? (?:its|their|the) (?:[\w-]+ ){0,3}?(?:polic(?:y|ies)|procedures?|practices?|"
        r"guidance|process(?:es)?)\b",
        "the council has agreed to consider changes to its policy.",
    ),
    Pattern(
        "reassessment",
        "rehear re-hear rerun re-run retak re-tak redetermin re-determin redecid re-decid remak"
        " re-mak reconven re-conven",
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
        "assess",
        r"(?:es|ing)?\b(?= (?:his|her|their|m(?:r|rs|s|iss) \w+[’']s?)\b)",
        "the council will assess her council tax reduction.",
    ),
    Pattern(
        "reassessment",
        "look",
        r"(?:s|ing)? again at (?:(?:its|the) decision|(?:his|her|their|m(?:r|rs|s|iss) "
        r"\w+[’']s?)) ",
        "the council will look again at his application.",
    ),
    Pattern(
        "reassessment",
        "look",
        r"(?:s|ing)? at (?!(?:[\w’'-]+ ){0,4}?(?:polic|proce|practice|"
        r"system))(?:[\w’'-]+ ){1,5}?(?:again|afresh)\b",
        "the council will look at mr x’s application again.",
    ),
    Pattern(
        "reassessment",
        "assess",
        r"(?:es|ing)?\b(?= (?:whether|if|what) (?:he|she|they|his|her|their|m(?:r|rs|s|iss))\b)",
        "the council will now assess whether her child needs a taxi.",
    ),
    Pattern(
        "reassessment",
        "consider hear accept allow grant list put tak offer arrang conven invit",
        rf"{GIVEN}{WORDS} (?:new|fresh|further|another|different|second|late) "
        r"(?:[\w’'-]+ ){0,3}?(?:appeals?|hearings?|decisions?|panel|applications?|"
        r"assessments?)\b(?! (?:process|form|procedure|polic|right))",
        "the council has agreed to consider a new appeal for mr x.",
    ),
    Pattern(
        "reassessment",
        "consider",
        r"(?:s|ing)?\b(?= (?:his|her|their|[\w]+[’']s|m(?:r|rs|s|"
        r"iss) \w+[’']s) (?:[\w’'-]+ ){0,3}?(?:appeals?|applications?|requests?|eligibility|"
        r"entitlement|representations)\b)",
        "the council has agreed to consider her review request.",
    ),
    Pattern(
        "reassessment",
        "assess consider decid determin",
        r"(?:e|es|s|ing)?\b[^.;:]{0,60}? (?:afresh|again|anew)\b",
        "the council will consider his application afresh.",
    ),
    Pattern(
        "reassessment",
        f"{GIVE} mak conven",
        rf"{GIVEN}{WORDS} (?:re-?assessments?\b|(?:new|fresh|(?<!without a )"
        r"further) (?:[\w’'-]+ ){0,3}?(?:appeals?|hearings?|decisions?|panel|assessments?)\b"
        r"|re-?hearing\b)",
        "the council will hold a fresh appeal.",
    ),
    Pattern(
        "reassessment",
        "new fresh further updated",
        r" (?:[\w’'-]+ ){0,2}?(?:assessments?|appeal|hearing|appeal panel|"
        r"decisions?)\b(?! (?:process|form"
        r"|procedure|polic|right))",
        "it agreed to a fresh assessment.",
    ),
    Pattern(
        "reassessment",
        "complet carr undertak arrang offer provid giv conduct",
        rf"{GIVEN}{WORDS} assessments?\b(?! (?:process|form|tool|team|unit|centre|template|"
        r"procedure|polic|report|record))",
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
        r"| the above\b| (?:full )?compliance with (?:the|our|these) (?:\w+ )?recommendations"
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
        r"(?:e|es|ing)\b (?:(?:its|their|the|future) )?(?:[\w-]+ ){0,2}?(?:services?|"
        r"communications?|record|records|monitoring|handling|practices?|approach|performance)\b",
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
        r"their|this|that|these|those|local|clear|new|works?)\b(?! (?:[\w-]+ "
        r"){0,3}?(?:recommend\w+|actions?(?! plan)|remed\w+)\b)|(?:\w+ ){0,2}?(?:improvements?|"
        r"changes|measures)\b))",
        "the council has agreed to inform all tenants of their rights.",
    ),
    Pattern(
        "action",
        "giv grant allow award",
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
        "action actions steps measures",
        r" to (?:\w+ly )?(?:prevent|improve|address|ensure|avoid|learn|stop|reduce|minimi[sz]e)\b",
        "it agreed to our recommended remedy of action to prevent a recurrence.",
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
        rf"(?:e|es|ing)\b{WORDS} (?:improvements?|changes)\b",
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
        "monitor",
        r"(?:s|ing)?\b(?= (?:his|her|their|the|m(?:r|rs|s|iss)|waste|bin|future)\b)",
        "the council will monitor her collections for six months.",
    ),
    Pattern(
        "action",
        "cancellation removal monitoring consideration withdrawal waiver",
        r" of (?:an?|the|his|her|their|any|all|outstanding|care|its)\b",
        "the agreed action of removal of the charges is a suitable remedy.",
    ),
    Pattern(
        "action",
        "put",
        r"(?:s|ting)?\b(?: [\w-]+){1,3} in place\b",
        "the council will put service improvements in place.",
    ),
    Pattern(
        "action",
        "write writing put set",
        r"[ -](?:off|in place|up)\b",
        "the council has agreed to write off the arrears.",
    ),
)
