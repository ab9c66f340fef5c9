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
            unless=r"appeal\w* to (?:its|the council's) |\bor could (?:have )?reasonabl|separa",
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
            r"have )*(?:ask(?:ed)?|appl(?:y|ied) to|approach(?:ed)?|"
            r"defend(?:ed)? (?:\w+ ){1,4}in) (?:an? |the )?(?:[\w']+ )?(?:courts?|tribunal|"
            r"secretary of state|planning inspector\w*)\b|\bdefen[cs]e\b[^.,;]{0,40}\b(?:in|"
            r"to) (?:the |a )?(?:[\w']+ )?court",
            "She can ask the court to settle who owns the verge.",
            unless=r"\b(?:council|provider) (?:can|could|may|might|should)\b",
            contains="court|tribunal|secretary of state|planning inspector",
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
            r"\b(?:could|can|may|might|should) (?:also |still |then |"
            r"now )?(?:have )?(?:(?:be(?:en)? )?appeal(?:ed)?|challenged? (?:it|this|that|"
            r"the [^.]{1,40}) (?:in|at|through|to) (?:a |the )?(?:\w+ ){0,3}(?:courts?|tribunal)|"
            r"go(?:ne)? to (?:a |the )?(?:court|tribunal)|take (?:\w+ ){1,3}to (?:a |"
            r"the )?(?:court|tribunal))",
            "Mrs T can appeal to a tribunal.",
            contains="appeal|challenge|court|take|tribunal",
        ),
        decision_only(
            r"\b(?:appeal rights?|rights? (?:of|to) (?:an )?(?:appeal|review)|right to (?:put|go|"
            r"take|ask|request|seek|have [^.]{1,30} by (?:an? |the )?(?:\w+ )?(?:court|tribunal))|"
            r"right to (?:a )?(?:review|challenge))\b|\bopportunity of [^.]{0,30}appeal|"
            r"\boption (?:of|to) (?:[\w-]+ ){0,4}?(?:appeal|claim|courts?\b|tribunal)",
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
            r"\b(?:matters?|questions?|issues?|points?)(?: of \w+)? for (?:an? |the |"
            r"only )*(?:civil |county )?courts?\b|\brecourse to (?:the )?(?:courts?|law|legal|"
            r"tribunal)\b",
            "Who owns the land is a matter for the courts.",
            unless=r"\bnot (?:a )?matters? for\b|\bproceedings\b",
            contains="court|recourse",
        ),
        decision_only(
            r"\b(?:overlap\w*|bound up|intertwined|inseparabl\w+|(?:closely |directly )(?:linked|"
            r"connected|related)|not (?:be )?separa\w+)\b[^.]{0,60}\b(?:appeal(?:s|ed)?|"
            r"tribunal)\b",
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
            r"look at|hear|review|resolve)|determine|should)|\b(?:expect|should|"
            r"matter for)\b[^.]{0,70}\b(?:tribunal|courts? to|magistrates|inspectorate|inspector|"
            r"insurers?)|\bfor (?:an? |the |its )?(?:[\w']+ ){0,2}?(?:tribunal|courts? to|"
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
            r"\b(?:considered|decided|dealt with|determined|heard|looked at) by (?:an? |"
            r"the )?(?:[\w-]+ ){0,6}?(?:tribunals?|adjudicators?|planning inspector(?:ate)?)\b|"
            r"\b(?:tribunals?|planning inspector(?:ate)?|adjudicators?)(?:'s?)? (?:(?:has|have|had|"
            r"staff|already) )?(?:consider|decid|handl|dealt|decision|conduct|reach)",
            "We cannot investigate the way the adjudicators considered his case.",
            needs=NO_POWER + r"|\b(?:because|as|since)\b",
            unless=r"schools adjudicator|what happened",
            contains="tribunal|adjudicator|inspector",
        ),
        decision_only(
            r"\b(?:parliament|the law|the act|legislation|statute|"
            r"regulations)\b[^.,;]{0,20}\b(?:provid\w+|set up|created?|gives?|given|established|"
            r"lays? down)\b[^.,;]{0,60}\b(?:routes?|ways?|means|options?|mechanisms?|remed(?:y|"
            r"ies)|process|procedure|tribunals?|rights?|appeals?)\b",
            "Parliament provided other options to challenge such an order.",
            needs=r"challeng|appeal|disput|object|contest|decide such|tribunal",
            unless=r"commissioner|ombudsman|complaints? proc",
            contains="parliament|the law|the act|legislation|statute|regulations",
        ),
        decision_only(
            r"\bthere (?:is|are|was|were) (?:an? |other |another |also )*(?:[\w-]+ )?(?:routes?|"
            r"avenues?|mechanisms?|means|process|procedure|ways?) (?:of|for|to|"
            r"by which)\b[^.,;]{0,40}\b(?:appeal\w*|challeng\w+)",
            "There is an established route of appeal.",
            unless=r"\bno (?:other )?|commissioner|ombudsman|complaints? proc",
            contains="route|avenue|mechanism|means|process|procedure| way",
        ),
        decision_only(
            r"\b(?:is|are|as) (?:an? |essentially |purely |therefore |really )*(?:civil|"
            r"private legal|private law|private civil) (?:matters?|disputes?|issues?)\b",
            "We will not investigate this boundary dispute because it is a civil matter.",
            unless=r"\bnot an?\b|police",
            contains="civil|private",
        ),
        decision_only(
            r"\b(?:may|can|could|should|might|free to|able to|entitled to|expect[^.]{1,30} to|"
            + REASONABLE
            + r"[^.]{1,30} to) (?:also |have )?(?:seek|sought|apply for|applied for|ask for|"
            r"request|use|bring|pursue|go to) (?:an? )?judicial review|\b(?:challenge\w*|"
            r"remedy) (?:\w+ ){0,4}(?:by|through) (?:way of )?judicial review",
            "She may seek judicial review.",
            contains="judicial review",
        ),
        decision_only(
            r"\b(?:because|as|since|and|where) (?:m(?:r|rs|s|iss|x) \w+|the complainant|the family|"
            r"(?:his|her|their) (?:parents?|representative)) (?:has |had |then |also |"
            r"already )*appealed\b(?! to the council)",
            "We cannot investigate because Mr X appealed to a tribunal.",
            contains="appealed",
        ),
        decision_only(
            r"\b(?:can|could|may|might|should) (?:also |still |have )?(?:challenged?|"
            r"contest(?:ed)?|disputed?) [^.,;]{1,50}? (?:by|through) [^.,;]{0,40}?(?:appeal\w*|"
            r"tribunal|courts?\b|representations)",
            "Mrs T can challenge the penalty by making representations and then appealing.",
            unless=r"\b(?:council|provider) (?:can|could|may|might|should)\b",
            contains="challenge|contest|dispute",
        ),
        decision_only(
            r"\b(?:mak|fil|submit|complet|swear|lodg|send)\w* (?:an? )?(?:late |out of time |"
            r"valid |new )*(?:statutory declaration|witness statement)\b|"
            r"\btraffic enforcement centre\b",
            "He may complete a witness statement to return the penalty to an earlier stage.",
            needs=rf"\b(?:can|could|may|might|should|expect|option|right|{REASONABLE})\b",
            unless=r"\b(?:council|officers?) (?:can|could|may|might|should)\b|"
            r"not (?:be )?reasonable",
            contains="declaration|witness statement|enforcement centre",
        ),
        decision_only(
            r"\b(?:can|could|may|might|free to|able to|entitled to) (?:also |still |have |wish to |"
            r"want to )*(?:take|taken|bring|brought|start|started|pursue|pursued|begin|issue|"
            r"issued|seek|sought|use|used) (?!(?:m\w+ \w+|him|her|"
            r"them) to court)[^.,;]{0,60}?(?:\bcourts?\b|tribunal|legal (?:action|remedy|redress|"
            r"proceedings|advice)|small claims)",
            "She can take action in the small claims court.",
            unless=r"\b(?:council|provider|it) (?:can|could|may|might)\b|\b(?:told|said|"
            r"threat\w+)\b|separa|\bor could\b",
            contains="court|tribunal|legal|small claims",
        ),
        decision_only(
            r"\b(?<!no )courts? (?:can|could|may|might|is able to|are able to) (?:also |"
            r"then )?(?:award|order|grant|make|decide|determine|rule|say|require|instruct|force|"
            r"resolve|interpret|give|settle)\b",
            "A court could award damages and we cannot.",
            unless=r"\b(?:until|once|when|what)\b",
            contains="court",
        ),
        decision_only(
            r"\b(?:claims?|matters?|put|referr?(?:ed)?|go|disputes?|this)\b[^.,;]{0,40}\b(?:to|"
            r"with|against|through|via|on) (?:an? |the |its |their |his |"
            r"her )?(?:council's )?(?:own )?(?:liability |home |motor |public )?insur(?:er|ers|"
            r"ance)\b",
            "Mr X has submitted a claim to the Council's insurers.",
            unless=r"\b(?:refus|reject|fail|delay)\w*\b",
            contains="insur",
        ),
        decision_only(
            r"\b(?:consequences?|result|outcome|part) of [^.,;]{0,50}\bappeal(?:ed)?\b|"
            r"\bappeal\b[^.,;]{0,40}\b(?:cover|concern|involv|relat|deal|"
            r"includ)\w*[^.,;]{0,30}\bsame\b",
            "We cannot look at a loss that is a consequence of the decision Miss X appealed.",
            needs=NO_POWER,
            unless=r"school admission|\bpanel",
            contains="consequence|result of|outcome of|part of|same",
        ),
        decision_only(
            r"\brights? (?:to|of)\b[^.,;]{0,80}\btribunal\b",
            "The law gives him the right to have the valuation considered by a tribunal.",
            unless=r"told (?:\w+ ){1,3}about|\bno right",
            contains="tribunal",
        ),
    ),
    (
        "He took legal advice on a private matter.",
        "There is a process for reviews of the plan, which it followed.",
        "There is no other route of appeal.",
        "Mr X has taken the civil service test.",
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
