"""Closure rules: too little fault or injustice to justify an investigation."""

from decisions.analysis.closure_rules.rule import (
    BODY,
    ReasonDefinition,
    anywhere,
    decision_only,
)

INSUFFICIENT_EVIDENCE_OF_FAULT = ReasonDefinition(
    "insufficient-evidence-of-fault",
    "Not enough evidence of fault",
    "There was too little sign that the body had done anything wrong.",
    (
        anywhere(
            r"\b(?:not (?:\w+ )?(?:enough|sufficient)|insufficient|no|little|limited|few|lack of|"
            r"absence of|want of|without|any|neither|nor|not|nothing)\b[^.]{0,45}?\b(?:evidence|"
            r"signs?|indications?|suggest\w*|proof|trace|point(?:s|ing)?)\b[^.]{0,40}?\b(?:fault|"
            r"maladministration)\b",
            "There is not enough evidence of fault by the Council.",
            unless=r"fault (?:\w+ )?found|whether",
            contains="fault|maladministration",
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
            contains="fault",
        ),
        anywhere(
            r"\b(?:seen|see|is|was|be) no (?:\w+ )?(?:fault|flaw)\b",
            "We have seen no fault in the way the Council inspects its roads.",
            contains="fault|flaw",
        ),
        anywhere(
            r"\bneither\b[^.]{0,60}?\bfault\b[^.]{0,80}?\b(?:enough|sufficient|significant|"
            r"justif\w+|warrant\w*)\b",
            "Neither the fault by the Council nor the injustice is enough to warrant it.",
            contains="neither",
        ),
        anywhere(
            r"\bevidence of (?:\w+ )?fault\b[^.]{0,30}\b(?:is|was) (?:not (?:enough|sufficient)|"
            r"insufficient|too (?:weak|limited|slight))\b",
            "The evidence of fault is not sufficient to warrant an investigation.",
            contains="evidence of",
        ),
        decision_only(
            r"\bprobably not find fault|\bnot (?:\w+ )?(?:point to|show|suggest|disclose|"
            r"reveal)[^.]{0,20}\bfault\b|\bno (?:evidence|signs?|indications?|"
            r"suggestion)[^.]{0,50}\bwrong(?:ly|doing)?\b",
            "The papers do not suggest fault.",
            contains="fault|wrong",
        ),
        decision_only(
            r"\b(?:not enough|not sufficient|insufficient|(?:too )?little|no) fault\b"
            r"(?! (?:of|on) (?:his|her|their|its|mr|mrs|ms|miss)\b)",
            "There is not enough fault in the remaining matters to warrant it.",
            unless=r"through no fault",
            contains="fault",
        ),
        decision_only(
            r"\b(?:properly|appropriately|correctly|in (?:a|the) proper way)\b"
            r"(?=[.,;]| and\b| because\b|$| (?:considered|reached|made|decided|followed|assessed|"
            r"applied|dealt|explained)\b)",
            "The Council reached its decision properly.",
            needs=r"\b(?:decisions?|application|request|matter|case|evidence|information|appeal|"
            r"process|policy|assessment|considered|decided|followed|assessed|applied)\b",
            unless=r"\b(?:(?:did|does|do|has|have|had|was|were|is|be)(?: not|"
            r"[acdhimnsw]\w{1,5}n't)|never|"
            r"whether|if|"
            r"should|unless|question|criticise|failed|could|provided|wants?|"
            r"how)\b[^.]{0,80}(?:properly|appropriately|correctly|proper way)",
            contains="appropriately|correctly|proper way|properly",
        ),
        decision_only(
            r"(?<!whether )\b" + BODY + r" (?:is|was|were|has) not (?:been )?at fault\b|\bnot "
            r"(?:identif(?:y|ied)|found|seen|see|find) (?:any |enough |sufficient )*fault\b",
            "We will not investigate because the Council was not at fault.",
            unless=r"\b(?:says|said|unless|if|whether|may|might)\b",
            contains="at fault|not identif|not found|not see|not find",
        ),
        decision_only(
            r"\b(?:acted|decided|did so|made|applied|used|dealt|handled|considered|"
            r"reached)\b[^.,;]{0,60}\b(?:in (?:line|accordance) with|as set out in|"
            r"according to) (?:(?:its|the|their|relevant|national|government|statutory|published|"
            r"adopted|\w+ing) )*(?:law|legislation|polic(?:y|ies)|guidance|procedures?|rules|"
            r"criteria|regulations|code|scheme|process)\b|\bas we would (?:normally "
            r")?expect\b(?=[.,;]|$| (?:and|it|an?)\b)|\b(?:because|as|since) (?:the |"
            r"it )?(?:council |provider |panel )?(?:has )?followed (?:its|"
            r"the) (?:\w+ ){0,2}(?:procedures?|process|polic(?:y|ies)|guidance|law|rules)\b|"
            r"\bfollow(?:ed|ing) (?:the |a |its |an )?(?:correct|right|proper|relevant|required|"
            r"due|necessary|appropriate|published) (?:\w+ )?(?:procedures?|process\w*|steps|"
            r"guidance|polic(?:y|ies)|law)\b",
            "We will not investigate because the Council acted in line with its policy.",
            unless=r"\b(?:not|[acdhimnsw]\w{1,5}n't|never|fail\w*|whether|if|should|unless|wants?|"
            r"says|said|"
            r"could|had) "
            r"(?:(?!investigat|because|as\b|since)\w+ ){0,6}?(?:act|acted|decided|did|made|"
            r"appl\w+|used|dealt|handled|considered|reached|"
            r"follow\w*)\b|remed|refund|repa(?:y|id)|offer|fault (?:by|because|for|when|as)",
            contains="accordance|according to|as set out in|as we would|follow|line",
        ),
        decision_only(
            r"\b(?:decisions?|judge?ments?|conclusions?|view|one|council|panel|officers?|"
            r"it)\b[^.;]{0,30}"
            r"\b(?:was|were|is|are) entitled to (?:make|take|reach|decide|form|refuse|exercise|"
            r"do so|"
            r"rely)\b",
            "It was a decision the Council was entitled to make.",
            unless=r"\bnot\b[^.]{0,15}entitled|complain(?:s|ed)|says|said|\bif\b|whether",
            contains="entitled to",
        ),
        decision_only(
            r"\b(?:unlikely|no (?:good )?(?:grounds?|reasons?|basis)|cannot|"
            r"could not)\b[^.]{0,40}\bcriticis\w+"
            r"|\bno (?:grounds?|basis) (?:on which |for us )?(?:to|(?:we|i) (?:can|"
            r"could)) (?:question|"
            r"challenge)\b",
            "We would be unlikely to criticise the Council.",
            unless=r"\b(?:council|provider) (?:cannot|could)",
            contains="criticis|ground|basis",
        ),
        decision_only(
            r"\b(?:took|taken|taking) (?:proper |full )?(?:account of|into account) "
            r"(?:all )?(?:of )?(?:the )?(?:relevant|material|proper)\b|\bfault (?:is|was) "
            r"not (?:evident|apparent|shown)\b",
            "We will not investigate as the Council took account of all relevant matters.",
            unless=r"\b(?:not|[acdhimnsw]\w{1,5}n't|never|fail\w*|whether|if|should|unless|"
            r"wants?|says|said) (?:\w+ ){0,4}tak",
            contains="account|fault is not|fault was not",
        ),
        decision_only(
            r"\b(?:made|reached|decided|acted|decisions?|considered|taken|"
            r"dealt with)\b[^.,;]{0,30}\bwithout (?:\w+ )?fault\b|\bacted (?:within (?:the law|"
            r"its (?:legal )?powers)|lawfully|reasonably|appropriately|properly)\b|\b(?:considered|"
            r"weighed|had regard to) (?:all )?(?:of )?(?:the )?relevant (?:information|evidence|"
            r"factors|matters|considerations|material|polic(?:y|ies)|law)\b",
            "The Council's decision was made without fault.",
            unless=r"\b(?:not|[acdhimnsw]\w{1,5}n't|never|fail\w*|whether|if|should|unless|wants?|"
            r"says|said|until|how)\b(?! (?:investigat|question|criticis|challeng|consider a|"
            r"look))(?![^.]{0,40}\bbecause\b)|question\w* whether|remed|offer|refund",
            contains="without|acted|relevant",
        ),
        decision_only(
            r"\b(?:not (?:\w+ )?(?:enough|sufficient)|insufficient|no|"
            r"little)\b[^.]{0,20}\bevidence\b[^.]{0,60}\b(?:(?:anything|something|acted|done|was|"
            r"were) (?:\w+ )?wrong\w*|improper\w*|unreasonabl\w*)\b",
            "There is not enough evidence that the Council has done anything wrong.",
            unless=r"\bnot unreasonabl",
            contains="wrong|improper|unreasonabl",
        ),
    ),
    (
        "The Council did not consider all the relevant information.",
        "She says the Council acted properly.",
        "The Council did not act in line with its policy.",
        "Mr X says the Council failed to follow the correct procedure.",
        "The Council has agreed to a refund in line with our guidance.",
        "He was not entitled to make a claim.",
        "The Council was at fault because it used a scheme in line with old guidance.",
        "The fault alleged is that a letter went astray.",
        "The Council was at fault.",
        "He says there is no evidence of fault on his own part.",
        "Through no fault of her own she missed the date.",
        "We cannot question a decision if the Council made it properly.",
        "The Council did not consider the application properly.",
        "She wants the Council to deal with the matter properly.",
        "The Council has not taken account of all the relevant evidence.",
    ),
)

INSUFFICIENT_INJUSTICE = ReasonDefinition(
    "insufficient-injustice",
    "Not enough injustice",
    "Even if something went wrong, it did not harm the person enough to justify an investigation.",
    (
        anywhere(
            r"\b(?:(?<!or )not(?! investigat| look)(?! consider)|(?<=do )not consider|"
            r"(?<=does )not consider|[acdhimnsw]\w{1,5}n't|no|insufficient|limited|without|little|"
            r"neither|nor|lack of|minimal|absence of)\b(?:(?!(?<!un)remed|redress|justify|fault "
            r"(?:and|which|that|caus|leading|resulting|to have))[^.]){0,100}?\binjustice\b",
            "It has not caused him significant injustice.",
            unless=r"(?<!un)remed(?:y|ies|ied)|repay|not (?:been )?put right",
            contains="injustice",
        ),
        anywhere(
            r"\binjustice\b(?:(?!remed)[^.]){0,70}?\b(?:(?:not|[acdhimnsw]\w{1,5}n't|"
            r"insufficiently) (?:\w+ "
            r"){0,3}(?:significant|enough|serious|sufficient|justify|warrant|merit|such|great)\w*|"
            r"insufficient|insignificant|(?:too|is|was|are) (?:\w+ )?(?:slight|limited|minor|"
            r"small|minimal|trivial|speculative|low))",
            "Any injustice is not significant enough to justify an investigation.",
            unless=r"remed(?:y|ies|ied)",
            contains="injustice",
        ),
        anywhere(
            r"\bnot (?:\w+ )?(?:serious|significant|grave|substantial) enough\b|\bnot (?:been "
            r")?(?:significantly|seriously|sufficiently|personally|adversely|directly) "
            r"(?:affected|harmed|disadvantaged|serious)",
            "Ms Z was not significantly affected by the matter.",
            unless=r"evidence",
            contains="affected|disadvantaged|enough|harmed|serious",
        ),
        decision_only(
            r"\btoo (?:slight|minor|trivial|small|limited)\b|\bnot\b[^.]{0,40}\bserious (?:enough "
            r")?(?:effect|harm|impact)|\bnot (?:harm|affect)(?:ed)?\b[^.]{0,25}\benough\b|\bnot "
            r"(?:warranted|justified|merited) by the injustice",
            "The lapse was too slight for us to pursue.",
            unless="evidence",
            contains="by the injustice|enough|serious|too",
        ),
        decision_only(
            r"\b(?:no|not|nothing|[acdhimnsw]\w{1,5}n't)\b[^.;]{0,40}\b(?:lost out|missed out|"
            r"worse off|"
            r"significantly "
            r"disadvantaged)\b",
            "There is no sign that Mr N lost out as a result.",
            unless=r"whether|remed",
            contains="lost out|missed out|significantly disadvantaged|worse off",
        ),
        decision_only(
            r"\b(?:not|[acdhimnsw]\w{1,5}n't)\b[^.;]{0,60}?(?: caus\w+|\bsuffer\w*|\bexperienc\w+|"
            r"\bled to|\bresulted in)\b[^.,;]{0,40}\b(?:serious|significant|enough|sufficient|any|"
            r"substantial|material) (?:(?:\w+ ){0,2}or )?(?:personal )?(?:loss|harm|distress|"
            r"disadvantage|detriment|impact|effect|hardship|inconvenience)\b",
            "The matter has not caused Mr N significant harm.",
            unless=r"remed|evidence of fault|whether|not consider (?:what|why|how|if)\b",
            contains=" caus|experienc|led to|resulted in|suffer",
        ),
        decision_only(
            r"\b(?:impact|effect|harm|loss|inconvenience|disadvantage|distress|frustration|upset|"
            r"annoyance|detriment)\b[^.,;]{0,40}\b(?:(?:is|was|were|has been) (?:\w+ )?(?:limited|"
            r"slight|minor|minimal|small|low)\b|(?:(?:is|was|does|do|did|has) not|"
            r"[acdhimnsw]\w{1,5}n't) (?:\w+ ){0,2}(?:warrant|justify|merit|enough|sufficient|"
            r"significant|serious)\b)|\bno (?:\w+ )?(?:significant|serious|real|material|adverse|"
            r"direct|personal|lasting) (?:\w+ )?(?:impact|effect|harm|loss|disadvantage|detriment|"
            r"consequences?)\b|\b(?:he|she|they|m(?:r|rs|s|iss|x) \w+|complainant|and) (?:is|was|"
            r"were|has|have) not (?:been )?affected\b|\bno (?:personal |direct )(?:stake|"
            r"interest)\b",
            "Any impact on her was limited.",
            unless=r"remed|evidence|whether|consider (?:the|its) (?:impact|effect)|\b(?:council|"
            r"provider) (?:says|said)",
            contains="detriment|disadvantage|effect|harm|impact|inconvenience|loss|distress|frustration|"
            "upset|annoyance|consequence|affected|stake|interest",
        ),
        decision_only(
            r"\b(?:has|have|was|is|were|are) not (?:been )?(?:\w+ )?(?:disadvantaged|"
            r"prejudiced)\b",
            "We will not investigate because Mr N has not been disadvantaged.",
            unless=r"remed|whether|so that",
            contains="disadvantaged|prejudiced",
        ),
    ),
    (
        "He says he suffered a significant injustice.",
        "It did not consider what caused the significant distress.",
        "The impact on traffic was not modelled.",
        "There is no evidence of fault that caused injustice.",
        "We considered whether the injustice was significant.",
        "It was not a suitable remedy for the injustice.",
        "It is to make sure that Mr N is put right so that he has not been disadvantaged.",
    ),
)
