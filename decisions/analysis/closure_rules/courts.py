"""Closure rules: an appeal, a review or a court could decide the matter."""

from decisions.analysis.closure_rules.rule import (
    NO_POWER,
    REASONABLE,
    ReasonDefinition,
    anywhere,
    decision_only,
)

COURT_OR_TRIBUNAL_REMEDY = ReasonDefinition(
    "court-or-tribunal-remedy",
    "Could appeal or go to court",
    "There was a right of appeal to a tribunal, or a way to go to court, and it was reasonable "
    "to expect the person to use it; or they had used it already.",
    (
        anywhere(
            REASONABLE + r"\b[^.]{0,140}?\b(?:appeal\w*|courts?\b|tribunal|legal (?:action|remedy|"
            r"proceedings)|claim\b|sue\b|(?:use|used|exercise\w*) (?:that|the|this|his|"
            r"her|their|it|"
            r"such)|"
            r"inspector\w*)",
            "It is reasonable to expect her to appeal to the tribunal.",
            unless=r"appeal\w* to (?:its|the council's) ",
            contains="reasonabl",
        ),
        anywhere(
            r"\b(?:appeal|courts?|tribunal|claim)\b[^.]{0,80}?\b(?<!not )(?<!un)reasonable (?:for "
            r"[^.]{1,30} )?to (?:have )?(?:used?|pursued?|do so|done so|expect)\b|\b(?:appeal|"
            r"courts?|"
            r"tribunal|claim)\b[^.]{0,60}? (?:could|can) reasonably (?:have )?(?:used?|follow|"
            r"pursue|take)",
            "There was an appeal to a panel, which it was reasonable to use.",
            unless=r"appeal\w* to (?:its|the council's) ",
            contains="reasonabl",
        ),
        anywhere(
            r"\bno (?:good )?reasons? (?:to think |to believe |why |that |"
            r"for )*[^.]{0,40}?\b(?:could|"
            r"can|should|would)(?: not|"
            r"n't) (?:have )?(?:be(?:en)? )?(?:reasonabl\w+ )?(?:\w+ )?(?:appeal|"
            r"used?|go|gone|take|taken|make|made|pursued?|claim)",
            "We see no reason why he could not take his dispute to court.",
            needs=r"appeal|court|tribunal|claim|legal",
            contains="no reason|no good reason",
        ),
        decision_only(
            r"\bopen to [^.]{1,40}? to (?:\w+ ){0,2}(?:appeal|claim|make|go|take|challenge|pursue|"
            r"ask|seek|"
            r"apply|sue|use|issue|start|bring)\b",
            "It is open to Mrs N to make a claim in the county court.",
            needs=r"court|tribunal|appeal|claim|magistrat|insurer|inspector|judicial",
            unless=r"\bnot open\b",
            contains="open to",
        ),
        decision_only(
            r"\b(?:can|could|may|might|should|free to|able to|entitled to) (?:also |still |"
            r"have )*(?:ask(?:ed)?|"
            r"appl(?:y|ied) to|approach(?:ed)?|defend(?:ed)? (?:\w+ ){1,3}in) (?:an? |"
            r"the )?(?:\w+ )?(?:courts?|"
            r"tribunal)\b",
            "She can ask the court to settle who owns the verge.",
            unless=r"\b(?:council|provider) (?:can|could|may|might|should)\b",
            contains="court|tribunal",
        ),
        decision_only(
            r"\bpart of (?:an|the|his|her|their) (?:\w+ )?appeal\b|\bappealable\b|\b(?:carr(?:y|"
            r"ies|ied)|attracts?) (?:an? |the )?(?:rights? of )?appeal",
            "It is closely related to a decision that was appealable.",
            unless=r"council's appeal",
            contains="appeal",
        ),
        anywhere(
            r"\b(?:would|normally|usually) (?:have )?(?:normally )?expect(?:ed)? (?:\w+ ){1,4}to "
            r"(?:\w+ ){0,3}(?:appeal|use (?:that|it|the)|go to (?:a )?(?:court|tribunal)|"
            r"(?:pursue|take|"
            r"make|raise|bring)\b[^.]{0,40}\b(?:courts?\b|tribunal|appeal|claim|insurer))",
            "We would expect her to appeal.",
            contains="expect",
        ),
        decision_only(
            r"\b(?:conduct|happened|did|said|acted|actions)\b[^.]{0,30}\b(?:during|in|at|before) "
            r"(?:an?|the|his|her|their) [^.]{0,20}\b(?:appeal|tribunal)\b",
            "The complaint is about what the Council did during the appeal.",
            contains="appeal|tribunal",
        ),
        decision_only(
            r"\b(?:could|can|may|might|should) (?:also |still )?(?:have )?(?:(?:be(?:en)? )?"
            r"appeal(?:ed)?|challenged? (?:it|this|that|the [^.]{1,40}) (?:in|at|through|to) (?:a |"
            r"the )?(?:\w+ ){0,3}(?:courts?|tribunal)|"
            r"go(?:ne)? to (?:a |the )?(?:court|tribunal)|take (?:\w+ ){1,3}to (?:a |the "
            r")?(?:court|tribunal))",
            "Mrs T can appeal to a tribunal.",
            contains="appeal|challenge|court|take|tribunal",
        ),
        decision_only(
            r"\b(?:appeal rights?|rights? (?:of|to) (?:an )?(?:appeal|review)|right to (?:put|go|"
            r"take|ask|request|seek|have [^.]{1,30} by (?:an? |the )?(?:\w+ )?(?:court|tribunal))|"
            r"right to (?:a )?(?:review|challenge))\b|\bopportunity of [^.]{0,30}appeal|"
            r"\boption (?:of|to) (?:an? |make an )?appeal",
            "Mr S has used his right of appeal.",
            unless=r"told (?:\w+ ){1,3}about (?:\w+ )?right",
            contains="opportunity of|option |right",
        ),
        decision_only(
            r"\b(?:can|could|may|might) (?:also |still )?(?:have )?(?:put in|ma[dk]e|"
            r"submit(?:ted)?|"
            r"pursued?|br(?:ing|ought)) (?:an? |his |her |their )(?:\w+ ){0,2}(?:claim|appeal)\b|"
            r"\bsubject (?:to|of) (?:an? |the |his |her |their )?(?:\w+ )?appeal\b",
            "Mr X may put in a claim against the Council's insurers.",
            unless=r"\b(?:council|provider) (?:can|could|may|might)\b",
            contains="appeal|claim|subject",
        ),
        decision_only(
            r"\b(?:a )?matters? for (?:an? |the )(?:civil |county )?courts?\b",
            "Who owns the land is a matter for the courts.",
            unless=r"\bnot (?:a )?matters? for\b|\bproceedings\b",
            contains="court",
        ),
        decision_only(
            r"\b(?:overlap\w*|bound up|intertwined|inseparabl\w+|(?:closely |directly )(?:linked|"
            r"connected|related)|not (?:be )?separa\w+)\b[^.]{0,40}\b(?:appeals?|tribunal)\b",
            "These matters overlap with a tribunal appeal.",
            contains="appeal|tribunal",
        ),
        decision_only(
            r"\b(?:tribunal|appeal) (?:has|had|have) (?:the )?(?:sole )?jurisdiction\b",
            "We cannot investigate as the SEND Tribunal has jurisdiction over the placement.",
            contains="jurisdiction",
        ),
        decision_only(
            r"\b(?:has|have|had|he|she|they|already) (?:\w+ ){0,2}(?:appealed|(?:taken|lodged|"
            r"made) (?:\w+ ){1,3}(?:to|with) (?:the|a) [^.]{0,25}tribunal|(?:lodged|started|begun|"
            r"submitted"
            r"|made|brought) (?:an?|his|her|their) (?:\w+ )?appeal\b)",
            "He has appealed to the SEND Tribunal.",
            contains="appeal|tribunal",
        ),
        decision_only(
            r"\b(?:ask\w*|request\w*|apply|applied|seek|sought)\b[^.]{0,40}?"
            r"(?:\bfor (?:an? |its |the |such an? )?(?:\w+ )?review\b|\b(?:an?|its|the|such an?) "
            r"(?:\w+ )?review\b|\bto review (?:its|the|that|this) decision\b)"
            r"(?! of (?:his|her|their) (?:needs|care|plan|support|finances))",
            "He could reasonably ask the Council for a review of the decision.",
            needs=rf"\b(?:{REASONABLE}|can|could|may|should|entitled to|free to|expect\w*)\b"
            r"[^.]{0,50}?\b(?:ask|request|apply|applied|seek|sought)",
            unless=r"\b(?:council|provider) (?:can|could|may|should)\b|\bnot\b[^.]{0,20}"
            r"reasonable|court (?:of )?judicial|\bcould not\b|policy|procedure",
            contains="review",
        ),
        decision_only(
            r"\b(?:is|are|was|were|would be|remains?|being) "
            r"(?:(?:an?|the|\w+ly|something|ones?|matters?|best|better) )*"
            r"(?:for|left to|(?:dealt with|decided|resolved|settled|determined|tested|pursued) "
            r"(?:in|by)|to be (?:decided|settled|determined) by) (?:an? |the )?"
            r"(?:civil |county |small claims |magistrates' )?courts?\b",
            "The substantive matter is for the courts.",
            needs=r"\b(?:matters?|issues?|questions?|disputes?|claims?|liability|it|this|that|"
            r"these|which|damages|negligence)\b[^.,;]{0,40}? (?:is|are|was|were|would be|remains?|"
            r"being)\b",
            unless=r"\bnot (?:a matter |one )?for\b|\bproceedings\b|\b(?:was|were|been) (?:\w+ "
            r")?(?:dealt|decided|resolved|settled|determined|tested) ",
            contains="court",
        ),
        decision_only(
            r"\b(?:remedy|redress)\b[^.]{0,30}\b(?:courts?|tribunal|legal)|\b(?:legal|alternative|"
            r"another) (?:legal )?remedy\b",
            "There was an alternative remedy through the courts.",
            contains="remedy|redress",
        ),
        decision_only(
            r"\b(?:courts?|tribunal|magistrates|inspectorate|inspector|secretary of state|"
            r"insurers?)\b[^.]{0,70}\b(?:expect|better placed|to decide|can (?:decide|consider|"
            r"look "
            r"at|hear|review|resolve)|determine|should)|\b(?:expect|should|matter for|"
            r"for)\b[^.]{0,70}\b(?:tribunal|courts? to|"
            r"magistrates|inspectorate|inspector|insurers?)",
            "This is for the magistrates to decide.",
            unless=r"what happened|proceedings|separable|evidence (?:to|for|in)|\bno need\b"
            r"|\bcourts? (?:has|have|had|already)\b",
            contains="court|inspector|insurer|magistrates|secretary of state|tribunal",
        ),
        decision_only(
            r"\b(?:appropriate|reasonable|right|proper) for the council to (?:first "
            r")?review\b|\bonly (?:way|route)\b[^.]{0,60}\b(?:judicial review|appeal|"
            r"courts?|tribunal)\b|\b(?:could|can|should|may) (?:have )?(?:follow(?:ed)?|"
            r"used?|pursued?|go(?:ne)? through) (?:\w+ ){0,2}(?:statutory|appeals?|legal) "
            r"(?:\w+ )?(?:process|procedure|route|scheme)\b(?! for complaints)|\bremedy "
            r"(?:\w+ )?(?:by way of|through) (?:an? |the )?(?:right of )?appeal\b",
            "The only way to challenge that is by judicial review.",
            unless=r"complaints? proc|\bnot (?:be )?(?:appropriate|reasonable)",
            contains="review|only way|only route|statutory|appeal|legal",
        ),
        decision_only(
            r"\b(?:considered|decided|dealt with|determined|heard) by (?:an? |the "
            r")?(?:\w+ )?(?:tribunals?|adjudicators?)\b|\b(?:tribunals?|"
            r"adjudicators?)(?:'s?)? (?:(?:has|have|had|staff|already) )?(?:consider|"
            r"decid|handl|dealt|decision|conduct|reach)",
            "We cannot investigate the way the adjudicators considered his case.",
            needs=NO_POWER,
            unless=r"schools adjudicator",
            contains="tribunal|adjudicator",
        ),
    ),
    (
        "It was not reasonable to expect him to appeal.",
        "There was an appeal, but it was not reasonable to use it.",
        "The house is open to visitors who take an appeal leaflet.",
        "We see no reason why the Council could not repair the path.",
        "The Council told Mr E that it would be reasonable to go to court.",
        "She has no need to go to court, as the Council once said she should.",
        "It would be unreasonable to expect her to go to court.",
        "The Council could ask its panel for a review of the policy.",
        "Mr X asked the Council for a review.",
        "Miss V can ask the Council for a review of her care.",
        "It is not a matter for the courts.",
        "The papers are for the court proceedings.",
        "She has not used the statutory procedure for complaints.",
        "The tribunal decided in her favour.",
    ),
)
