"""Closure rules: the matter has been put right already."""

from decisions.analysis.closure_rules.rule import (
    BODY,
    BODY_HAS,
    SUITABLE,
    ReasonDefinition,
    anywhere,
    decision_only,
)

# The body did not do it, or it is not certain.
_NOT_DONE = (
    r"\b(?:not|[acdhimnsw]\w{1,5}n't|never|whether|how|if|until|once|unless|wants?|fail\w*|"
    r"refus\w+|should|could|would|says|said)\b(?! (?:now |be |to |\w+ly )?(?:investigat|consider|"
    r"look|pursu|start|continu))[^.,;]{0,40}\b(?:remed\w+|rectif\w+|put right|made good|amends|"
    r"solutions?|forward|agreed|offered|promised|undertaken|apologis\w+|awarded|granted|"
    + SUITABLE
    + r")\b"
)

ALREADY_REMEDIED = ReasonDefinition(
    "already-remedied",
    "Already put right",
    "The body had put the matter right, or agreed to, and the Ombudsman thought that was enough.",
    (
        anywhere(
            r"\b(?:satisfied|content|happy) with\b[^.]{0,70}?\b(?:actions?|remedy|steps|offer\w*|"
            r"proposal|what (?:the|it)|done|response|taken)\b",
            "We are satisfied with the actions the Council has taken.",
            unless=r"\bnot (?:\w+ )?satisfied|dissatisfied|may decide|satisfied "
            r"with[^.]{0,30}actions (?:it|the council) has taken to change",
            contains="content|happy|satisfied",
        ),
        anywhere(
            r"\b" + SUITABLE + r"(?: and \w+)? (?:\w+ )?(?:remedy|redress|resolution)\b",
            "I consider that a suitable remedy.",
            unless=r"\bnot\b[^.]{0,30}"
            + SUITABLE
            + r"|\bshould have|\bno "
            + SUITABLE
            + r"|alternative|legal|court|\bother remedy",
            contains="remedy|redress|resolution",
        ),
        decision_only(
            r"\b(?:has|have|already|now)\b(?:(?!investigat)[^.]){0,60}\b(?:put (?:matters|things|"
            r"it|this|that|everything|the matter)[^.]{0,15} right|remedied|resolved|settled|"
            r"rectified|corrected)\b",
            "The Council has already put matters right for Mr A.",
            unless=r"\bnot (?:\w+ )?(?:put|remedied|resolved)|\bshould have|whether|\bwants\b|"
            r"withdr|\b(?:not|yet)\b[^.]{0,30}\b(?:chance|opportunity)\b",
            contains="corrected|rectified|remedied|resolved|right|settled",
        ),
        decision_only(
            r"\b(?:agreed|acted|offered?|offer|taken|takes?|proposes?|actions?|steps|payment|"
            r"apolog\w+)\b[^.]{0,70}\b(?:remed(?:y|ies|ied|ying)|put (?:\w+ ){1,3}right|resolv\w+|"
            r"settle\w*)",
            "The Council has agreed to take suitable action to remedy the injustice.",
            unless=r"\bnot (?:agreed|offered|taken|satisfied|caused|an? \w+ remedy)|legal|court|"
            r"alternative|(?:\bnot|[acdhimnsw]\w{1,5}n't|cannot|\bunable to|\bneither|\bnor|"
            r"\bto) (?:\w+ )?(?:resolve|settle)\b[^.]{0,20}\b(?:disputes?|disagreements?|"
            r"conflicts?|arguments?)|\bnot\b[^.]{0,60}\b(?:enough|sufficient|"
            r"adequate)\b[^.]{0,20}\bremed",
            contains="remed|resolv|right|settle",
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
            contains="been",
        ),
        decision_only(
            r"\b"
            + BODY
            + r"(?:'s)? (?:has |have )?(?:\w+ )?(?:agreed|promised) to (?:do what|take|"
            r"pay|carry out|give|make|apologise|provide|(?:re-?)?start|complete|issue|arrange|"
            r"cancel|refund|waive|write off|remove|repair|reassess|backdate|reinstate|change)",
            "The Council has agreed to do what Mrs Y wanted.",
            unless=r"complaint",
            contains="agreed|promised",
        ),
        decision_only(
            r"\b"
            + BODY
            + r"(?:'s)? (?:has |have )?(?:\w+ )?(?:agreed|promised) to (?:\w+ )?(?:review|"
            r"reconsider|revisit|change|reverse|overturn|remake) (?:its|the|that|this) "
            r"(?:\w+ )?decisions?\b",
            "The Council has agreed to review its decision not to accept the form.",
            contains="decision",
        ),
        decision_only(
            r"\b(?:because|as|since) (?:the |it |its )?(?:"
            + BODY
            + r" )?(?:will|is (?:now |going )?to) (?:now )?(?:make|pay|apologise|provide|"
            r"refund|cancel|"
            r"arrange|put|carry out|complete|write off|waive|remedy|reassess)\b",
            "We will not investigate because the Council will make a payment to her.",
            unless=r"\bcomplain(?:s|ed)\b|\bnot\b[^.]{0,40}\benough\b|complaint procedure|enquir|"
            r"investigation\b[^.]*$",
            contains="will make|will pay|will apolog|will provide|will refund|will cancel|"
            "will arrange|will put|"
            "will carry|will complete|will write|will waive|will remedy|will reassess|will now|"
            "is to |is now to|is going to",
        ),
        decision_only(
            r"\b(?:remed(?:y|ies)|offer|apology|payment|redress)\b[^.,;]{0,60}\b(?:is|are|was|"
            r"were) "
            r"(?:an? |therefore |already |both |\w+ and )?(?:"
            + SUITABLE
            + r"|sufficient|enough)\b",
            "The remedy the Council offered is proportionate.",
            unless=r"\b(?:not|[acdhimnsw]\w{1,5}n't|neither|never|nor)\b[^.]{0,25}(?:"
            + SUITABLE
            + r"|sufficient|enough)|legal|court|tribunal|alternative|whether|\bif\b",
            contains="apology|offer|payment|redress|remed",
        ),
        decision_only(
            r"\b(?:apologis(?:ed|ing)|refund(?:ed|ing)|paid|paying|offer(?:ed|ing)|apology|"
            r"payment)\b"
            r"[^.]{0,80}\b(?:"
            + SUITABLE
            + r" response\b|(?:this|that|which) (?:is|was) (?:therefore )?(?:"
            + SUITABLE
            + r"|sufficient|enough)\b)|\bresponse to the (?:fault|complaint|"
            r"matter)\b[^.,;]{0,30}\b(?:is|was) "
            r"(?:\w+ )?(?:" + SUITABLE + r"|sufficient|enough)\b",
            "It has apologised and refunded the charge, which is an appropriate response.",
            unless=r"\b(?:not|[acdhimnsw]\w{1,5}n't)\b[^.]{0,25}(?:"
            + SUITABLE
            + r"|sufficient|enough)|whether",
            contains="apologis|apology|offer|paid|paying|payment|refund|response to the",
        ),
        decision_only(
            r"\b(?:taken|took|taking) (?:"
            + SUITABLE
            + r"|sufficient|all (?:the )?reasonable)(?: and \w+)?(?: \w+)? (?:actions?|steps|"
            r"measures)\b"
            r"|\b(?:in line with|consistent with|similar to|as much as)"
            r" (?:what )?(?:we|i|the ombudsm[ae]n) (?:would|could|might)(?: \w+)? (?:recommend\w*|"
            r"suggest\w*|ask\w*)\b|\b(?:taken|done|offered|agreed|"
            r"taking)\b[^.,;]{0,30}\b(?:actions?|steps|what|"
            r"remedy|sum|everything)(?: that)? (?:we|i|the ombudsm[ae]n) (?:would|could|might|"
            r"asked|"
            r"suggested|recommended)\b",
            "The Council has taken appropriate action in response to the complaint.",
            unless=r"\b(?:not|[acdhimnsw]\w{1,5}n't)\b (?:taken|took|taking|in line)|whether|"
            r"should have",
            contains="action|agreed|as much as|consistent with|done|in line with|measures|offered|"
            "similar to|steps|taken|taking",
        ),
        decision_only(
            r"\b(?:because|as|since) (?:the |it |its )?(?:care )?(?:"
            + BODY
            + r" )?has (?:now |already |since |also |\w+ly )*(?:awarded|granted|issued|approved|"
            r"reversed|"
            r"overturned|changed|given|paid|carried out|completed|cleared|supplied|delivered|"
            r"installed|"
            r"restored|allocated|housed|rehoused|reopened|reduced|lifted|replaced|"
            r"repaired|provided|put|"
            r"made|"
            r"removed|amended|updated|arranged|reassessed|backdated)\b",
            "We will not investigate because the Council has now awarded a badge.",
            unless=r"(?:given|provided|issued|made|put|reached|completed|carried out|"
            r"paid) (?:\w+ ){0,4}"
            r"(?:reasons?|explanations?|advice|information|response|reply|evidence|attention|"
            r"regard|"
            r"decisions?|investigation|enquir\w+|consideration|notice|proceedings|claim|summons|"
            r"order|"
            r"penalty|charge|fine|review|forward|procedure|process|arguments?|mistakes?|errors?|"
            r"right)\b|\bnot (?:yet )?(?:been )?" + r"(?:given|granted|done)",
            contains=BODY_HAS + "|it has",
        ),
        decision_only(
            r"\b(?:has|have) (?:now |already |since |also )*been (?:\w+ly )?(?:given|granted|"
            r"awarded|approved|"
            r"completed|carried out|cut back|cleared|reversed|overturned|allocated|rehoused|mended|"
            r"fixed|delivered|installed|updated|amended|restored|lifted)\b",
            "We will not investigate because she has now been given the place.",
            needs=r"\b(?:because|as|since)\b[^.]{0,60}\bbeen\b",
            unless=r"(?:given|granted) (?:\w+ ){0,3}(?:reasons?|explanation|advice|information|"
            r"response|reply|"
            r"rights?|opportunity|chance|permission|leave|order)|\b(?:complaint|investigation|"
            r"enquiry|"
            r"procedure|process|permission|application|order|appeal)s? (?:has|have)|"
            r"\bnot (?:yet )?been|"
            r"(?:should|could|would|might) have|whether|\bif\b|until|once|court|tribunal",
            contains="been",
        ),
        decision_only(
            r"\bsatisfied (?:that )?(?:the|its|these|this|those|with|it)\b[^.]{0,110}?\b"
            r"(?:remed(?:y|ies|ied)|put(?:s)? (?:\w+ ){1,3}right|resolv\w+|address\w*)\b",
            "We are satisfied the recommendations of its own inquiry remedy the injustice.",
            unless=r"\bnot (?:\w+ )?satisfied|dissatisfied|may decide|whether|n't satisfied",
            contains="satisfied",
        ),
        decision_only(
            r"\b"
            + BODY
            + r" has (?:now |already |since )(?:\w+ )?(?:offered|paid|refunded|apologised|"
            r"cancelled|provided|given|repaid|accepted|agreed|done|taken|completed)\b",
            "The Council has already apologised and made a payment.",
            unless=r"investigat|repl(?:y|ied)|answer",
            contains=BODY_HAS,
        ),
        decision_only(
            r"\b"
            + BODY
            + r" has (?:cancelled|refunded|repaid|corrected|waived|written off|reinstated)\b",
            "We will not investigate because the Council has cancelled the penalty.",
            needs=r"because|since|\bas\b|and has\b|\bnow\b",
            contains="cancelled|corrected|refunded|reinstated|repaid|waived|written off",
        ),
        decision_only(
            r"\b"
            + BODY
            + r" has (?:\w+ )?(?:upheld|accepted)\b[^.]{0,60}\b(?:apologised|paid|refunded|"
            r"made|improv\w+|offered)\b",
            "The Council has upheld the complaint, apologised and improved its service.",
            contains="accepted|upheld",
        ),
        decision_only(
            r"\b" + BODY + r" (?:has |have )?(?:\w+ly )(?:remedied|resolved|rectified|corrected)\b|"
            r"\bagreed to (?:\w+ )?(?:reconsider|re-?investigate|look again at|reopen) "
            r"(?:the|this|his|her|their|m\w+ \w+) complaint\b|\b(?:proposed|offered|"
            r"suggested|agreed(?: to| on)?) (?:an? )?(?:"
            + SUITABLE
            + r")(?: and \w+)? (?:way forward|solution|compromise|settlement)\b|"
            r"\bagreed to (?:provide |make )?an? (?:"
            + SUITABLE
            + r")(?: and \w+)? (?:remedy|redress|resolution)\b",
            "The Council adequately remedied the effect of its delay.",
            unless=r"\bnot (?:\w+ ){0,2}(?:agreed|offered|proposed|remedied|resolved|rectified|"
            r"an? )|whether|should have|stage (?:one|two|three|\d)|complaints? proc",
            contains="remedied|resolved|rectified|corrected|agreed|way forward|solution|"
            "compromise|settlement",
        ),
        decision_only(
            r"\b(?:because|as|since|so|and|that) (?:the |it |its )?(?:care )?(?:"
            + BODY
            + r" )?(?:has |have |had )?(?:now |already |since |also |\w+ly )*(?:remedied|rectified|"
            r"fixed|put right|made good|made amends)\b",
            "We discontinued our investigation because the Council remedied the complaint.",
            unless=_NOT_DONE + r"|should have|\bagreed in\b",
            contains="remedied|rectified|fixed|put right|made good|amends",
        ),
        decision_only(
            r"\b(?:suggested|offered|proposed|found|identified|agreed(?: to| on)?|"
            r"provided) (?:an? )?(?:practical|workable|sensible|constructive|pragmatic|"
            r"possible) (?:\w+ )?(?:solutions?|ways? forward|steps|measures|remed(?:y|ies))\b",
            "The Council has suggested practical solutions.",
            unless=_NOT_DONE,
            contains="solution|forward|steps|measures|remed",
        ),
        decision_only(
            r"\b(?:actions?|steps|offer|decision|response|apology|"
            r"proposals?)\b[^.;]{0,50}\b(?:provides?|is|are|represents?|gives?|amounts? to|"
            r"offers?) (?:an? |now an? )?"
            + SUITABLE
            + r" (?:\w+ )?(?:outcome|response|resolution|remedy|settlement|way forward)\b",
            "The action the Council has taken provides a fair outcome.",
            unless=_NOT_DONE + r"|court|tribunal",
            contains="fair |suitable|satisfactory|appropriate|adequate|proportionate|proper |"
            "reasonable |full ",
        ),
        decision_only(
            r"\b(?:(?:has|have) (?:now |since |also |already )*|(?:because|as|since) (?:the |"
            r"it )?(?:"
            + BODY
            + r" )?)(?:agreed|offered|promised|undertaken) to (?!(?:consider|investigate|look|"
            r"respond|reply|deal|escalate|progress|address|our|the|this|share|accept|be|answer|"
            r"discuss|have|sell|buy|continue)\b)[a-z]",
            "The Council has now agreed to allocate a new social worker.",
            needs=r"\b(?:because|as|since|so|now|happy|satisf\w+|accepts?|resol\w+)\b",
            unless=_NOT_DONE
            + r"|complaint|complain(?:s|ed)|investigat(?:e|ion)\b[^.]*\bstage|tribunal|"
            r"\b(?:m\w+ \w+|he|she|they) (?:has |have )?(?:agreed|offered|promised)",
            contains="agreed to|offered to|promised to|undertaken to",
        ),
        decision_only(
            r"\b(?:because|as|since|so|and|now) (?:the |it |its )?(?:care )?(?:"
            + BODY
            + r" )?ha(?:s|ve) (?:now |already |since |also |\w+ly )*(?:\w+ed,? (?:and "
            r")?){1,2}(?:then |now |has )?(?:awarded|granted|approved|reversed|overturned|"
            r"cancelled|refunded|paid|offered (?:£|an? |to (?:pay|refund))|apologised|withdrawn|"
            r"corrected|repaired)\b",
            "We will not investigate because the Council has reconsidered and awarded it.",
            unless=_NOT_DONE + r"|court|tribunal|permission|penalty|order\b",
            contains="ed and|ed, |ed then",
        ),
        decision_only(
            r"\b(?:because|as|since) (?:the |it )?(?:care )?(?:"
            + BODY
            + r" )?has (?:now |already |since |also |\w+ly )*apologised\b",
            "We will not investigate because the Council has apologised.",
            unless=_NOT_DONE + r"|\bbut\b|\benough\b|sufficient",
            contains="apologised",
        ),
        decision_only(
            r"\b"
            + BODY
            + r" has (?:now |since )+(?:also |then |\w+ly )?(?:awarded|granted|approved|reversed|"
            r"overturned|changed|carried out|repaired|removed|reinstated|housed|rehoused|made|put|"
            r"arranged|resolved|started|collected|installed|replaced|cleared|delivered|backdated|"
            r"corrected|amended|issued (?:the|his|her|their|an?) (?:\w+ ){0,3}(?:plan|badge|permit|"
            r"refund|payment|licence|pass|apology|card))\b",
            "The Council has since carried out the repairs.",
            unless=_NOT_DONE + r"|decision|(?:made|put) (?:\w+ ){0,3}(?:enquir|a claim|forward|"
            r"an? order)|court|tribunal|\bappeal|penalty|permission|consent|polic(?:y|ies)|"
            r"carried out (?:(?!and\b)\w+ ){0,4}(?:investigation|review|enquir)",
            contains="has now|has since",
        ),
        decision_only(
            r"\b(?:because|as|since|and) (?:m(?:r|rs|s|iss|x) \w+|he|she|they|the complainant|"
            r"the family|(?:his|her|their) \w+) (?:(?:has|have) (?:now |since |"
            r"already )*(?:received|been paid|been given|got|obtained) (?:the|his|her|their|an?|"
            r"all|what) (?:\w+ ){0,3}?(?:payments?|refund|badge|place|support|money|services?|"
            r"apology|remedy|permit|bins?|information|grant|discount|he|she|they)\b|(?:now (?:has|"
            r"have)|(?:has|have) now(?: got)?) (?:the|an?|his|her|their) (?:\w+ ){0,2}?(?:support|"
            r"place|badge|permit|package|accommodation|provision|transport|school|home|care|"
            r"payment|service|property)\b)",
            "We will not investigate because Mrs X now has the support she asked for.",
            unless=_NOT_DONE + r"|court|tribunal|\bappeal",
            contains="received|been paid|been given|got|obtained|now has|now have|has now|have now",
        ),
    ),
    (
        "The Council has now made an order.",
        "We will not investigate because Mr X has received the decision.",
        "The Council's offer was not a suitable remedy.",
        "Mr G believes the Council should have offered a suitable remedy.",
        "The Council says that it has offered a suitable remedy.",
        "He has already complained to the Housing Ombudsman.",
        "We will not investigate a complaint that her pass has been cancelled by the Council.",
        "There are no actions, and we could not resolve a dispute about what was said.",
        "The charge has not been cancelled.",
        "We will not investigate because the Council has given reasons for its decision.",
        "We will not investigate because the Council has issued court proceedings.",
        "We will not investigate because planning permission has been granted.",
        "We will not investigate because she has been given a right of appeal.",
        "The Council has awarded the badge to others.",
        "The Council agreed to reconsider her complaint at stage two.",
        "The Council has not properly remedied it.",
    ),
)
