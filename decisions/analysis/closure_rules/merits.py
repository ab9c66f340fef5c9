"""Closure rules: an investigation would add nothing or achieve nothing."""

from decisions.analysis.closure_rules.rule import (
    BODY,
    ReasonDefinition,
    anywhere,
    decision_only,
)

# "We have no power to", "We are unable to"
_NO_POWER_TO = (
    r"\b(?:we|i|ombudsm[ae]n) (?:cannot|can not|can't|could not|(?:have|"
    r"has) no (?:legal )?powers? to|(?:do|does) not have (?:the |any )?(?:legal )?powers? to|"
    r"(?:are|is) (?:not able|unable) to)"
)

NOTHING_TO_ADD = ReasonDefinition(
    "nothing-to-add",
    "Nothing to add to the body’s own investigation",
    "The body had looked into the complaint itself and answered it, and another investigation "
    "would add nothing.",
    (
        anywhere(
            r"\b(?:not|[acdhimnsw]\w{1,5}n't|unlikely|cannot|nothing|little|nor|doubt|doubtful|"
            r"no)\b[^.]{0,70}?\badd(?:ed|ing)?(?= (?:to\b|anything|much|more|significantly|"
            r"usefully|any\b|materially|further|value|that|meaningfully))",
            "It is unlikely we could add to that reply.",
            unless=r"\b(?:council|provider|he|she) (?:could|did|would) not (?:\w+ )?add\b",
            contains="add |added |adding ",
        ),
        anywhere(
            r"\badds? (?:nothing|little)\b|\b(?:nothing|little|not much|no "
            r"more)\b[^.]{0,50}\b(?:to|could|can|would) (?:\w+ )?add\b",
            "There is little we could add.",
            unless=r"\b(?:council|provider) (?:had|has|could) (?:nothing|add)",
            contains="little|no more|not much|nothing",
        ),
        decision_only(
            r"\b(?:not|[acdhimnsw]\w{1,5}n't|unlikely|cannot|nothing|"
            r"little)\b[^.]{0,60}?\b(?:uncover|discover|find out|get|tell (?:him|her|them|"
            r"m\w+ \w+)|take (?:it|this|matters)) (?:[^.]{0,11}\b)?(?:anything|more|new|further)\b",
            "An investigation is unlikely to uncover anything new.",
            unless=r"\b(?:council|provider) (?:could|did|would|has) ?not",
            contains="uncover|discover|find out|get |tell |take it|take this|take matters",
        ),
        decision_only(
            r"\b(?:not|cannot|unlikely) (?:to |\w+ )?improve "
            r"(?:up)?on\b[^.,;]{0,40}\b(?:investigation|response|reply|work)\b",
            "We could not improve on the Council's own investigation.",
            unless=r"council (?:did|could|has) not",
            contains="improve",
        ),
    ),
    (
        "The Council could not add him to the list.",
        "There was fault in that it did not add his diary to the file.",
        "She says the Council could not add to its reply.",
        "The Council did not improve on its earlier response.",
    ),
)

NO_WORTHWHILE_OUTCOME = ReasonDefinition(
    "no-worthwhile-outcome",
    "No worthwhile outcome",
    "An investigation would not lead to a different result, or could not get the person what "
    "they wanted.",
    (
        anywhere(
            r"\b(?:not|[acdhimnsw]\w{1,5}n't|unlikely|cannot|no|nor|never|could we|nothing|"
            r"without)\b[^.]{0,80}?\b(?:different|another|other|worthwhile|useful|meaningful|"
            r"better|alter the|change the|affect the|any|that|further) (?:\w+ )?(?:outcomes?|"
            r"results?)\b",
            "It is unlikely to lead to a different outcome.",
            unless=r"evidence of fault affecting|worse",
            contains="outcome|result",
        ),
        anywhere(
            r"\b(?:not|[acdhimnsw]\w{1,5}n't|unlikely|cannot|nor|no longer|"
            r"unable)\b[^.]{0,45}?\b(?:achieved?|"
            r"obtain|"
            r"secure|provide|deliver|give|bring about|result in|lead to)\b[^.]{0,30}\b(?:more|"
            r"outcomes?|result|"
            r"remedy|anything|what (?:he|she|they|m\w+ \w+) (?:wants?|seeks?|is|are))",
            "We cannot achieve the outcome Mr C wants.",
            unless=r"\b(?:council|provider) (?:could|did|would|can|has) ?not",
            contains="achieve|obtain|secure|provide|deliver|give|bring about|result in|lead to",
        ),
        decision_only(
            r"\b(?:outcomes?|remedy|redress)\b[^.]{0,50}\b(?:(?:is|are|was) (?:not|"
            r"un) ?(?:achievable|possible|"
            r"(?:ones?|something|an outcome) (?:that |which )?(?:we|i|the ombudsm[ae]n) (?:can|"
            r"could))|(?:cannot|can not|could not) be achieved|beyond "
            r"(?:our|my))\b",
            "The outcome that Mr C seeks is not achievable.",
            unless=r"\b(?:council|provider) (?:said|says)",
            contains="outcome|redress|remedy",
        ),
        anywhere(
            r"\b(?:not|unlikely|cannot|nor)\b[^.]{0,120}\b(?:or|nor) (?:that )?(?:(?:our|any|an|we|"
            r"further|such|would|could|will) )*(?:intervention |investigation |involvement |"
            r"enquiries )?"
            r"(?:by us )?(?:(?:would|could|will|to) )*(?:achieve|secure|obtain|lead to|"
            r"provide)\b[^.]{0,40}"
            r"\boutcome",
            "We cannot add to the investigation carried out by the Council or achieve the outcome "
            "she seeks.",
            unless=r"\b(?:council|provider) (?:could|did|would|can|has) ?not",
            contains="outcome",
        ),
        decision_only(
            r"\b(?:could|can)(?: not|not|n't) say\b[^.]{0,60}\b(?:outcome|result|"
            r"decision)s?\b[^.]{0,25}\b"
            r"different\b",
            "We could not say the outcome would be any different.",
            contains="different",
        ),
        decision_only(
            r"\b(?:we|i|ombudsm[ae]n)\b[^.]{0,30}\b(?:not|unlikely|cannot|"
            r"[acdhimnsw]\w{1,5}n't)\b[^.]{0,30}\b"
            r"recommend\b[^.]{0,20}\b(?:more|further|anything)\b|\b(?:we|i|"
            r"ombudsm[ae]n) (?:cannot|can "
            r"not|could not|have no power to) (?:order|require|direct|force|make|tell|instruct|"
            r"compel) "
            r"(?:an? |the |its )" + BODY + r"\b",
            "We cannot make the Council dismiss an officer.",
            contains="recommend|order|require|direct|force|make|tell|instruct|compel",
        ),
        decision_only(
            r"\b(?:not|unlikely|nor|no)\b[^.]{0,60}\b(?:different|another|alternative|other) "
            r"(?:findings?|conclusions?|decision|view)\b",
            "An investigation would not lead to different findings.",
            needs=r"investigat|\bwe\b|\bi\b|ombudsm",
            contains="alternative|different|other",
        ),
        anywhere(
            r"\b(?:unlikely|not)\b[^.]{0,50}\bachieve more than\b|\boutcome (?:that |which "
            r")?(?:we|i|the ombudsman|he|she) (?:can(?:not)?|could) (?:not )?(?:achieve|provide)",
            "It is unlikely our investigation would achieve more than the £600 offered.",
            needs=r"\bnot\b|cannot|unlikely|\bno\b|nor",
            contains="achieve more than|outcome",
        ),
        decision_only(
            r"\bno (?:\w+ )?(?:worthwhile|useful|practical)|\b(?:nothing|"
            r"no)\b[^.]{0,25}\b(?:worthwhile|useful|further|more|"
            r"achieved?)\b[^.]{0,25}\b(?:achiev\w+|do|gain\w*|purpose|served)|\bachieve "
            r"(?:nothing|no|little)",
            "There is nothing further we can do for Mrs I.",
            contains="achieve|further|more|practical|useful|worthwhile",
        ),
        decision_only(
            r"\b(?:nothing|little|not)\b[^.]{0,30}\b(?:be gained|to (?:be )?gain(?:ed)?)\b|"
            r"\b(?:we|i|ombudsm[ae]n) (?:cannot|can not|could not|have no power to) (?:order|"
            r"require|"
            r"direct|force|make|tell)\b[^.]{0,80}\b(?:wants?|seeks?|wishes|would like|asks?)\b",
            "Nothing would be gained by an investigation.",
            contains="gain|not order|not require|not direct|not force|not make|not tell|power to",
        ),
        decision_only(
            r"\bnot clear\b[^.]{0,50}\b(?:achieve|gain)|\b(?:we|i|ombudsm[ae]n) (?:cannot|can not|"
            r"could not) "
            r"(?:get|give|offer|award|grant)\b[^.]{0,40}\b(?:wants?|seeks?|asks? for)\b|"
            r"\b(?:not|unlikely|[acdhimnsw]\w{1,5}n't)\b[^.]{0,50}\b(?:change|alter|"
            r"make) (?:anything|matters|"
            r"things|(?:any|a) difference|the position)|\bwould (?:not|make no) (?:be "
            r")?(?:worthwhile|difference)",
            "It is unlikely an investigation would change anything.",
            contains="not clear|not get|not give|not offer|not award|not grant|e anything|"
            "r anything|e matters|r matters|e things|r things|difference|the position|worthwhile",
        ),
        decision_only(
            r"\b(?:outcome|result)s? would (?:still |probably |likely )?(?:be|have been) "
            r"the same\b|\b(?:not something|nothing) (?:that )?(?:we|i|the ombudsm[ae]n) "
            r"(?:can|could) (?:do|achieve|provide|recommend|order|require)\b|\b(?:we|i|"
            r"ombudsm[ae]n) (?:cannot|can not|have no power to|are not able to|are unable "
            r"to) (?:overturn|quash|reverse|dismiss|discipline)\b|\bachieve (?:nothing|no|"
            r"little) (?:more|further)\b",
            "We have no power to overturn the decision.",
            contains="same|not something|nothing|overturn|quash|reverse|dismiss|discipline|"
            "achieve|recommend",
        ),
        decision_only(
            rf"{_NO_POWER_TO} (?:(?:order|require|direct|force|make|tell|instruct|compel) (?:an? |"
            rf"the |its |any )?(?:{BODY}|school|developer|officer)|(?:overturn|quash|reverse|"
            r"dismiss|discipline|remove|cancel|change|alter|replace|"
            r"take (?:\w+ ){0,2}disciplinary)\b)",
            "We have no powers to make the Council change her social worker.",
            unless=r"\b(?:courts?|judges?|magistrates|tribunals?)\b",
            contains="power|cannot|can not|could not|unable|not able",
        ),
        decision_only(
            r"\b(?:no|little|without|not (?:any|much))\b[^.,;]{0,25}\b(?:prospects?|chance|"
            r"likelihood|possibility|hope|value|merit|point|benefit|purpose)\b(?: (?:of|that|in|to|"
            r"from|by)\b[^.;]{0,60}\b(?:outcome|result|achiev\w*|investigat\w*|involvement|"
            r"pursu\w+)|[^.,;]{0,15}$|[.,;])",
            "There is little prospect of a different outcome.",
            needs=r"prospect|chance|likelihood|possibility|hope|value|merit|point|benefit|purpose",
            unless=r"no point in (?:his|her|their)|\b(?:council|provider) (?:saw|sees|had|said)|"
            r"successful|success\b|appeal",
            contains="prospect|chance|likelihood|possibility|hope|value|merit|point|benefit|purpose",
        ),
        decision_only(
            r"\b(?:not|[acdhimnsw]\w{1,5}n't|unlikely|cannot|no|nor|nothing|"
            r"without)\b[^.]{0,60}?\b(?:different|better|further|additional|greater|"
            r"higher) (?:\w+ )?(?:remed(?:y|ies)|redress|recommendations?|payment|benefit)\b",
            "It is unlikely we would recommend a different remedy.",
            needs=r"investigat|\bwe\b|\bi\b|ombudsm",
            unless=r"\b(?:council|provider) (?:could|did|would|can|has|will|does) ?not|made (?:a |"
            r"any )?(?:further|additional) payment",
            contains="different |better |further |additional |greater |higher ",
        ),
        decision_only(
            r"\b(?:not|[acdhimnsw]\w{1,5}n't|unlikely|cannot|nor)\b[^.]{0,60}?\b(?:exceed|"
            r"go beyond|improve (?:up)?on|better|more than)\b[^.]{0,50}\b(?:offer\w*|paid|pay|"
            r"remed\w+|done|achiev\w+|agreed)\b",
            "Any remedy is unlikely to exceed what he has been offered.",
            unless=r"\b(?:council|provider) (?:could|did|would|can|has|will) ?not|no more than",
            contains="exceed|beyond|improve|better|more than",
        ),
        decision_only(
            r"\b(?:could|can)(?: not|not|n't) (?:say|conclude|show|know)\b[^.]{0,60}\b(?:changed|"
            r"affected|altered|influenced|would have (?:been|led))\b[^.,;]{0,20}\b(?:outcomes?|"
            r"decisions?|results?|different)\b",
            "We could not say the fault affected the outcome.",
            contains="changed|affected|altered|influenced|would have",
        ),
    ),
    (
        "The Council said there was no point in a review.",
        "There is no chance that he will get the place.",
        "She has asked for a different outcome.",
        "The outcome of the review was not sent to him for a month.",
        "The Council cannot overturn the panel's decision.",
    ),
)
