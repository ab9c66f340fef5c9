"""Closure rules: too little fault, injustice or benefit to justify an investigation."""

from decisions.analysis.closure_rules.rule import (
    BODY,
    SUITABLE,
    ReasonDefinition,
    anywhere,
    decision_only,
    hints,
)

NOTHING_TO_ADD = ReasonDefinition(
    "nothing-to-add",
    "Nothing to add to the body's own investigation",
    "The body had looked into the complaint itself and answered it, and another investigation "
    "would add nothing to that.",
    hints("add|get no further|uncover|find out"),
    (
        anywhere(
            r"\b(?:not|\w{2,6}n't|unlikely|cannot|nothing|little|nor|no)\b[^.]{0,70}?\badd(?:ed|"
            r"ing)?(?= "
            r"(?:to\b|anything|much|more|significantly|usefully|any\b|materially|further|value|"
            r"meaningfully))",
            "It is unlikely we could add to that reply.",
            unless=r"\b(?:council|provider|he|she) (?:could|did|would) not (?:\w+ )?add\b",
        ),
        anywhere(
            r"\badds? (?:nothing|little)\b|\b(?:nothing|little|not much|no "
            r"more)\b[^.]{0,30}\b(?:to|could|can|would) (?:\w+ )?add\b",
            "There is little we could add.",
            unless=r"\b(?:council|provider) (?:had|has|could) (?:nothing|add)",
        ),
    ),
    (
        "The Council could not add him to the list.",
        "There was fault in that it did not add his diary to the file.",
        "She says the Council could not add to its reply.",
    ),
)

NO_WORTHWHILE_OUTCOME = ReasonDefinition(
    "no-worthwhile-outcome",
    "No worthwhile outcome",
    "An investigation would not lead to a different result, or could not get the person what "
    "they wanted.",
    hints(
        "outcome|result|achiev|purpose|worthwhile|further we|change anything|"
        "provide the remedy|do for|do more|could not give|cannot give"
    ),
    (
        anywhere(
            r"\b(?:not|\w{2,6}n't|unlikely|cannot|no|nor|never|could we|nothing|"
            r"without)\b[^.]{0,80}?\b(?:different|another|other|worthwhile|useful|meaningful|"
            r"better|alter the|change the|affect the|any|that|further) (?:\w+ )?(?:outcomes?|"
            r"results?)\b",
            "It is unlikely to lead to a different outcome.",
            unless=r"evidence of fault affecting|worse",
        ),
        anywhere(
            r"\b(?:not|\w{2,6}n't|unlikely|cannot|nor|no longer|unable)\b[^.]{0,45}?\b(?:achieve|"
            r"obtain|"
            r"secure|provide|deliver|give|bring about)\b[^.]{0,30}\b(?:more|outcomes?|result|"
            r"remedy|anything|what (?:he|she|they|m\w+ \w+) (?:wants?|seeks?|is|are))",
            "We cannot achieve the outcome Mr C wants.",
            unless=r"\b(?:council|provider) (?:could|did|would|can|has) ?not",
        ),
        anywhere(
            r"\b(?:unlikely|not)\b[^.]{0,50}\bachieve more than\b|\boutcome (?:that |which "
            r")?(?:we|i|the ombudsman|he|she) (?:can(?:not)?|could) (?:not )?(?:achieve|provide)",
            "It is unlikely our investigation would achieve more than the £600 offered.",
            needs=r"\bnot\b|cannot|unlikely|\bno\b|nor",
        ),
        decision_only(
            r"\bno (?:\w+ )?(?:worthwhile|useful|practical)|\b(?:nothing|"
            r"no)\b[^.]{0,25}\b(?:worthwhile|useful|further|more|"
            r"achieved?)\b[^.]{0,25}\b(?:achiev\w+|do|gain\w*|purpose|served)|\bachieve "
            r"(?:nothing|no|little)",
            "There is nothing further we can do for Mrs I.",
        ),
        decision_only(
            r"\b(?:not|unlikely|\w{2,6}n't)\b[^.]{0,50}\b(?:change|alter|make) (?:anything|matters|"
            r"things|(?:any|a) difference|the position)|\bwould (?:not|make no) (?:be "
            r")?(?:worthwhile|difference)",
            "It is unlikely an investigation would change anything.",
        ),
    ),
    (
        "She has asked for a different outcome.",
        "The outcome of the review was not sent to him for a month.",
    ),
)

INSUFFICIENT_EVIDENCE_OF_FAULT = ReasonDefinition(
    "insufficient-evidence-of-fault",
    "Not enough evidence of fault",
    "There was too little sign that the body had done anything wrong.",
    hints("fault|wrong|flaw|properly|appropriately|correctly|proper way"),
    (
        anywhere(
            r"\b(?:not (?:\w+ )?(?:enough|sufficient)|insufficient|no|little|few|lack of|absence "
            r"of|want of|without|any|neither|nor|not|nothing)\b[^.]{0,45}?\b(?:evidence|signs?|"
            r"indications?|suggest\w*|proof|trace|point(?:s|ing)?)\b[^.]{0,40}?\bfault\b",
            "There is not enough evidence of fault by the Council.",
            unless=r"fault (?:\w+ )?found|whether",
            contains="fault",
        ),
        anywhere(
            r"\b(?:unlikely|not likely|doubt|doubtful|would not|probably not|improbable|not "
            r"expect)\b[^.]{0,90}?\b(?:find|finding|found|identify|establish|"
            r"be)\b[^.]{0,30}?\bfault\b",
            "We are unlikely to find fault in that decision.",
            unless=r"\b(?:would|could|should) not be (?:at fault|fault to)",
            contains="fault",
        ),
        anywhere(
            r"\bfault\b[^.]{0,30}\b(?:unlikely|not likely) to (?:be|have been|come)\b|\bunlikely "
            r"(?:that )?(?:there (?:was|is|were) )?(?:any )?fault\b",
            "Fault by the Council is unlikely to be found.",
        ),
        anywhere(
            r"\b(?:seen|see|is|was|be) no (?:\w+ )?(?:fault|flaw)\b",
            "We have seen no fault in the way the Council inspects its roads.",
        ),
        decision_only(
            r"\bprobably not find fault|\bnot (?:\w+ )?(?:point to|show|suggest|disclose|"
            r"reveal)[^.]{0,20}\bfault\b|\bno (?:evidence|signs?|indications?|"
            r"suggestion)[^.]{0,30}\bwrong\b",
            "The papers do not suggest fault.",
        ),
        decision_only(
            r"\b(?:not enough|not sufficient|insufficient|(?:too )?little|no) fault\b"
            r"(?! (?:of|on) (?:his|her|their|its|mr|mrs|ms|miss)\b)",
            "There is not enough fault in the remaining matters to warrant it.",
            unless=r"through no fault",
        ),
        decision_only(
            r"\b(?:properly|appropriately|correctly|in (?:a|the) proper way)\b"
            r"(?=[.,;]| and\b| because\b|$| (?:considered|reached|made|decided|followed|assessed|"
            r"applied|dealt|explained)\b)",
            "The Council reached its decision properly.",
            needs=r"\b(?:decisions?|application|request|matter|case|evidence|information|appeal|"
            r"process|policy|assessment|considered|decided|followed|assessed|applied)\b",
            unless=r"\b(?:(?:did|does|do|has|have|had|was|were|is|be)(?: not|\w{2,6}n't)|never|"
            r"whether|if|"
            r"should|unless|question|criticise|failed|could|provided|wants?|"
            r"how)\b[^.]{0,80}(?:properly|appropriately|correctly|proper way)",
        ),
    ),
    (
        "The fault alleged is that a letter went astray.",
        "The Council was at fault.",
        "He says there is no evidence of fault on his own part.",
        "Through no fault of her own she missed the date.",
        "We cannot question a decision if the Council made it properly.",
        "The Council did not consider the application properly.",
        "She wants the Council to deal with the matter properly.",
    ),
)

INSUFFICIENT_INJUSTICE = ReasonDefinition(
    "insufficient-injustice",
    "Not enough injustice",
    "Even if something went wrong, it did not harm the person enough to justify an investigation.",
    hints("injustice|affected|serious|significant|harm|slight|minor|trivial"),
    (
        anywhere(
            r"\b(?:(?<!or )not(?! investigat| look)(?! consider)|(?<=do )not consider|"
            r"(?<=does )not consider|\w{2,6}n't|no|insufficient|limited|without|little|"
            r"neither|nor|lack of|minimal|absence of)\b(?:(?!remed|redress|justify|fault "
            r"and)[^.]){0,100}?\binjustice\b",
            "It has not caused him significant injustice.",
            unless=r"remed(?:y|ies|ied)|repay|not (?:been )?put right",
            contains="injustice",
        ),
        anywhere(
            r"\binjustice\b(?:(?!remed)[^.]){0,70}?\b(?:(?:not|\w{2,6}n't|insufficiently) (?:\w+ "
            r"){0,3}(?:significant|enough|serious|sufficient|justify|warrant|merit|such|great)\w*|"
            r"insufficient|insignificant|(?:too|is|was|are) (?:\w+ )?(?:slight|limited|minor|"
            r"small|minimal|trivial))",
            "Any injustice is not significant enough to justify an investigation.",
            unless=r"remed(?:y|ies|ied)",
        ),
        anywhere(
            r"\bnot (?:\w+ )?(?:serious|significant|grave|substantial) enough\b|\bnot (?:been "
            r")?(?:significantly|seriously|sufficiently|personally|adversely|directly) "
            r"(?:affected|harmed|disadvantaged|serious)",
            "Ms Z was not significantly affected by the matter.",
            unless=r"evidence",
        ),
        decision_only(
            r"\btoo (?:slight|minor|trivial|small|limited)\b|\bnot\b[^.]{0,40}\bserious (?:enough "
            r")?(?:effect|harm|impact)|\bnot (?:harm|affect)(?:ed)?\b[^.]{0,25}\benough\b|\bnot "
            r"(?:warranted|justified|merited) by the injustice",
            "The lapse was too slight for us to pursue.",
        ),
    ),
    (
        "He says he suffered a significant injustice.",
        "We considered whether the injustice was significant.",
        "It was not a suitable remedy for the injustice.",
    ),
)

ALREADY_REMEDIED = ReasonDefinition(
    "already-remedied",
    "Already put right",
    "The body had put the matter right, or agreed to, and the Ombudsman thought that enough.",
    hints(
        "satisfied|remed|right|resol|improv|settle|content with|redress|steps|action|apolog|agreed|"
        "cancel|withdrawn|rectified|quashed|replaced|repaired|been issued|been provided| paid|"
        "refund|repaid|correct|waive|written off|reinstat"
    ),
    (
        anywhere(
            r"\b(?:satisfied|content|happy) with\b[^.]{0,70}?\b(?:actions?|remedy|steps|offer\w*|"
            r"proposal|what (?:the|it)|done|response|taken)\b",
            "We are satisfied with the actions the Council has taken.",
            unless=r"\bnot (?:\w+ )?satisfied|dissatisfied|may decide|satisfied "
            r"with[^.]{0,30}actions (?:it|the council) has taken to change",
        ),
        anywhere(
            r"\b" + SUITABLE + r"(?: and \w+)? (?:\w+ )?(?:remedy|redress|resolution)\b",
            "I consider that a suitable remedy.",
            unless=r"\bnot\b[^.]{0,30}"
            + SUITABLE
            + r"|\bshould have|\bno "
            + SUITABLE
            + r"|alternative|legal|court|\bother remedy",
        ),
        decision_only(
            r"\b(?:has|have|already|now)\b[^.]{0,60}\b(?:put (?:matters|things|it|this|that|"
            r"everything|the matter)[^.]{0,15} right|remedied|resolved|settled|rectified|"
            r"corrected)\b",
            "The Council has already put matters right for Mr A.",
            unless=r"\bnot (?:\w+ )?(?:put|remedied|resolved)|\bshould have|whether|\bwants\b|"
            r"withdr",
        ),
        decision_only(
            r"\b(?:agreed|offered?|offer|taken|takes?|proposes?|actions?|steps|payment|"
            r"apolog\w+)\b[^.]{0,70}\b(?:remed(?:y|ies|ied|ying)|put (?:\w+ ){1,3}right|resolv\w+|"
            r"settle\w*)",
            "The Council has agreed to take suitable action to remedy the injustice.",
            unless=r"\bnot (?:agreed|offered|taken|an? \w+ remedy)|legal|court|alternative|"
            r"(?:\bnot|\w{2,6}n't|cannot|\bunable to|\bneither|\bnor|\bto) (?:\w+ )?(?:resolve|"
            r"settle)\b"
            r"[^.]{0,20}\b(?:disputes?|disagreements?|conflicts?|arguments?)|"
            r"\bnot\b[^.]{0,60}\b(?:enough|sufficient|adequate)\b[^.]{0,20}\bremed",
        ),
        decision_only(
            r"\b(?:has|have) (?:now |already |since |also |both )*been (?:\w+ )?(?:cancelled|"
            r"refunded|"
            r"repaid|paid|withdrawn|resolved|corrected|rectified|waived|quashed|put right|remedied|"
            r"written off|reinstated|removed|replaced|repaired|settled|issued|provided)\b",
            "It has been cancelled by the Council.",
            needs=r"will not|not (?:to )?investigate|cannot|\bas\b|because|since|\bby (?:the|"
            r"its)\b|"
            r"\bnow\b|already",
            unless=r"complaint (?:has been|was)|\bnot (?:yet )?been|\b(?:should|could|would|"
            r"might) have|"
            r"whether|withdrawn by (?:mr|mrs|ms|miss|him|her|the complainant)|\bif\b|until|once|"
            r"court|tribunal",
        ),
        decision_only(
            r"\b"
            + BODY
            + r"(?:'s)? (?:has |have )?(?:\w+ )?(?:agreed|promised) to (?:do what|take|"
            r"pay|carry out|give|make|apologise|provide)",
            "The Council has agreed to do what Mrs Y wanted.",
            unless=r"complaint",
        ),
        decision_only(
            r"\b"
            + BODY
            + r" has (?:now |already |since )(?:\w+ )?(?:offered|paid|refunded|apologised|"
            r"cancelled|provided|given|repaid|accepted|agreed|done|taken|completed)\b",
            "The Council has already apologised and made a payment.",
            unless=r"investigat|repl(?:y|ied)|answer",
        ),
        decision_only(
            r"\b"
            + BODY
            + r" has (?:cancelled|refunded|repaid|corrected|waived|written off|reinstated)\b",
            "We will not investigate because the Council has cancelled the penalty.",
            needs=r"because|since|\bas\b|and has\b|\bnow\b",
        ),
        decision_only(
            r"\b"
            + BODY
            + r" has (?:\w+ )?(?:upheld|accepted)\b[^.]{0,60}\b(?:apologised|paid|refunded|"
            r"made|improv\w+|offered)\b",
            "The Council has upheld the complaint, apologised and improved its service.",
        ),
    ),
    (
        "The Council's offer was not a suitable remedy.",
        "Mr G believes the Council should have offered a suitable remedy.",
        "The Council says that it has offered a suitable remedy.",
        "He has already complained to the Housing Ombudsman.",
        "We will not investigate a complaint that her pass has been cancelled by the Council.",
        "There are no actions, and we could not resolve a dispute about what was said.",
        "The charge has not been cancelled.",
    ),
)

# "complaint handling", "how the Council dealt with the complaint"
_HANDLING = (
    r"(?:complaints? (?:handling|process\w*|procedures?)|handl(?:ed|ing)|how [^.,;]{1,40}? "
    r"(?:dealt|dealing|responded|answered|replied|considered|investigated|looked)"
    r"[^.,;]{0,20}? complaints?)"
)
_SUBSTANCE = r"(?:main|substan\w+|underlying|original|core|issues?|matters?)"
_NOT_INVESTIGATING = (
    r"not (?:\w+ )?(?:looking|look|investigat\w+|dealing|considering|pursuing|able to (?:look|"
    r"investigate|consider))"
)

COMPLAINT_HANDLING_ONLY = ReasonDefinition(
    "complaint-handling-only",
    "Only complaint handling is left",
    "All that is left is how the body dealt with the complaint, and that alone is not worth an "
    "investigation.",
    hints(
        "complaint handling|complaints handling|complaint process|complaints process|"
        "complaint proc|complaints proc|handled|handling|dealt with|substan|underlying|main |"
        "core |original|investigating the|looking at the|considering the|dealing with the"
    ),
    (
        anywhere(
            r"\b(?:good|proper|appropriate|sensible) use of\b[^.]{0,130}\bcomplaints?(?:'s)?\b|"
            r"\bcomplaints?\b[^.]{0,100}\b(?:good|proper|appropriate|sensible) use of\b",
            "It is not a good use of public resources to look at complaint handling.",
            needs=r"handl|proce(?:ss|dure)|dealt with|repl(?:y|ies)",
        ),
        anywhere(
            r"\b(?:complaints?[ -](?:handling|process\w*|procedures?)|handling of (?:the|his|her|"
            r"their|this|an?) (?:[\w ]{0,30} )?complaint)\b[^.]{0,40}\b(?:alone|in isolation|by "
            r"itself|on its own|itself|as a stand-?alone|as a separate)\b",
            "We will not investigate complaint handling alone.",
        ),
        anywhere(
            rf"\b{_NOT_INVESTIGATING}\b[^.]{{0,60}}\b{_SUBSTANCE}\b[^.]{{0,60}}\b{_HANDLING}|"
            rf"\b{_HANDLING}\b[^.]{{0,90}}\b{_NOT_INVESTIGATING}\b[^.]{{0,40}}\b{_SUBSTANCE}\b",
            "As we are not investigating the main complaint, we will not look at the Council's "
            "complaint handling.",
        ),
    ),
    (
        "The Council has improved its complaint handling.",
        "We will not look at how the Council dealt with his application.",
        "We considered how the Council dealt with the complaint.",
    ),
)
