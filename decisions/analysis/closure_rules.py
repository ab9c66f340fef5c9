"""The table of closure reasons and of the wordings by which a decision states them.

A rule is one row: a pattern over lower-case text with straight apostrophes, and the example
line it was made for. Adding a wording touches one row; the tests try every example and miss.

    Said(r"\\btoo late\\b", "He complained too late.")           in the summary or final decision
    Anywhere(r"complaint is late", "The complaint is late.")   in the assessment as well

The summary and the final decision say why a complaint was closed in so many ways that their
rules may be loose. An assessment also tells what the council said and what might have been:
there only a plain statement counts.
"""

import re
from dataclasses import dataclass

# The Ombudsman in the decision's own voice.
US = r"(?:we|i|us|he|she|they|the ombudsm[ae]n|ombudsm[ae]n)"
# Whoever was complained about.
BODY = r"(?:council|provider|authority|trust|organisation|body|company|home)"
FIT = r"(?:suitable|satisfactory|appropriate|adequate|proportionate|proper|fair|reasonable|full)"
# No power to look, in one of its many forms. A rule on a subject outside the Act needs it near.
NO_POWER = (
    r"(?:\bcannot\b|\bcan not\b|\bcan't\b|\bcould not (?:investigate|consider|look)|\bno (?:\w+ )?"
    r"(?:power|jurisdiction|remit|authority|discretion)|\bnot (?:within|allow\w*|let\b|permit\w*|"
    r"have (?:the |any )?(?:power|jurisdiction)|ours\b|in our)|\boutside\b|\bout of (?:our|her|his|"
    r"the ombudsm[ae]n's|my) |\bbeyond (?:our|the)\b|\bmay not (?:investigate|look|consider)|"
    r"\blaw (?:stops|prevents|bars|says|excludes|puts|forbids|takes)|\bbar(?:s|red)\b|"
    r"\bnot (?:given|gave) us|\bunable to (?:investigate|consider)|\bexcluded\b|\bexempt)"
)
REGULATOR = (
    r"(?:information commissioner|\bico\b|property ombudsman|financial ombudsman|legal ombudsman|"
    r"(?:parliamentary and )?health service ombudsman|social work england|general medical council|"
    r"care quality commission|\bcqc\b|ofsted|department for education|electoral commission|"
    r"office for police conduct|equality advisory|regulator\b|professional body|health and safety "
    r"executive|environment agency|nursing and midwifery council|traveller|\bdwp\b)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """`needs` must, and `unless` must not, occur in the same sentence as `pattern`."""

    pattern: re.Pattern[str]
    example: str
    in_assessment: bool
    needs: re.Pattern[str] | None
    unless: re.Pattern[str] | None


def Said(pattern: str, example: str, *, needs: str = "", unless: str = "") -> Rule:  # noqa: N802
    """A wording that gives a reason only in the summary or the final decision."""
    return _rule(pattern, example, False, needs, unless)


def Anywhere(pattern: str, example: str, *, needs: str = "", unless: str = "") -> Rule:  # noqa: N802
    """A wording plain enough to give a reason in the assessment too."""
    return _rule(pattern, example, True, needs, unless)


def _rule(pattern: str, example: str, in_assessment: bool, needs: str, unless: str) -> Rule:
    return Rule(
        re.compile(pattern),
        example,
        in_assessment,
        re.compile(needs) if needs else None,
        re.compile(unless) if unless else None,
    )


@dataclass(frozen=True, slots=True)
class Reason:
    """A closure reason as readers meet it, and how decisions put it.

    `hints` are substrings, in lower case, one of which every wording of the reason holds: they
    save trying the patterns. `misses` are lines that come near and must not count anywhere.
    """

    code: str
    label: str
    explanation: str
    hints: tuple[str, ...]
    rules: tuple[Rule, ...]
    misses: tuple[str, ...]


_LATE_BY = (
    r"(?:late\b|now\b|discretion|time limit|time bar|sooner|earlier|exception|delay|rule|time\b|"
    r"it\b|disapply|lift|accept|exercis)"
)

_TABLE = (
    Reason(
        "late",
        "Late",
        "The complaint came more than 12 months after the person knew of the matter, and the "
        "Ombudsman saw no good reason to look at it now.",
        ("late", "month", "time", "earlier", "sooner", "old", "long", "waited", "delay", "decade"),
        (
            Anywhere(
                r"\b(?:this|his|her|their|the|a) late complaint\b|\blate complaint rule",
                "There are no good reasons why the late complaint rule should not apply.",
            ),
            Anywhere(
                r"\b(?:complain\w*|it|this|these|rest|remainder|parts?|matters?|events|and|which|that|"
                r"much)\b[^.]{0,70}?\b(?:is|was|are|were|made|brought|raised|came|us|therefore|and|as)"
                r" (?:therefore |also |too |now |made |clearly |brought )*late\b"
                r"(?=[,.;:)]|$| too| and| without| with no| because| as| so| but| there)",
                "The complaint is therefore late too and we have no good reason to consider it.",
                unless=r"late (?:for|in)\b",
            ),
            Anywhere(
                r"\b(?:restriction|bar|rule|limit)s? (?:\w+ ){0,6}(?:therefore )?appl(?:y|ies)\b",
                "The restriction on late complaints applies.",
                needs=r"\blate\b|\btime\b|12 month|twelve month|paragraph",
                unless=r"appeal|tribunal|court",
            ),
            Anywhere(
                r"\b(?:no|not|nor|without|insufficient|any)\b[^.]{0,30}\b(?:good|exceptional|"
                r"sufficient|special|compelling|enough|insufficient)[^.]{0,12}"
                r"\b(?:reasons?|grounds|cause)\b[^.]{0,70}?" + _LATE_BY,
                "I see no good reason why he could not have done so sooner.",
                needs=r"late\b|months?\b|years?\b|sooner|earlier|\bnow\b|discretion|time\b|delay",
            ),
            Said(
                r"\bno (?:good |exceptional |sufficient )?(?:reasons?|grounds)\b[^.]{0,60}"
                r"(?:\bnow\b|time limit|discretion|exception)|\binsufficient (?:reason|grounds)"
                r"[^.]{0,40}\bnow\b",
                "There is insufficient reason to look at it now.",
            ),
            Said(
                r"\b(?:more than|over|within|outside|after|beyond|longer than)\b[^.]{0,20}"
                r"\b(?:12|twelve)[ -]months?\b|\bmore than a year\b",
                "The complaint was not made within 12 months.",
                needs=r"complain|bring|brought|events|matter|came",
            ),
            Said(
                r"\btime[ -](?:limit|bar)\w*|\bout of time\b|\b(?:permitted|allowed) (?:period|time)"
                r"\b|\btime for complaining|\btime to complain",
                "It lies outside the permitted period.",
                unless=r"\bin time\b",
            ),
            Anywhere(
                r"\bmade out of time\b|\boutside (?:the|our) (?:12|twelve)[ -]month|"
                r"\bcomplain\w* (?:is|was) out of time\b",
                "The complaint was made out of time.",
            ),
            Said(
                r"\btoo (?:late|old|long|much time)\b|\bmade late\b|\bbrought (?:it |too )?late\b|"
                r"\blate (?:complaint|without)\b",
                "That is too long and we will not investigate.",
                unless=r"to come (?:too )?late|was too long (?:for|and (?:he|she|the council))",
            ),
            Said(
                r"\b(?:complained|come|came|approached|brought|done so|contacted|bring|raised)\b"
                r"[^.]{0,30}\b(?:sooner|earlier|promptly)\b",
                "Mr R could have complained to us much earlier than he did.",
            ),
            Said(
                r"\b(?:delayed|waited|delay)\b[^.]{0,40}\b(?:bring\w*|complain\w*|coming|before)\b|"
                r"\b(?:years|decades) (?:later|ago|after)\b|\bafter (?:such|so) (?:a )?long",
                "Mr O delayed unreasonably in bringing it.",
                needs=r"complain|bring|will not|not (?:investigate|consider)",
                unless=r"council (?:delayed|waited)|complaint (?:about|of|that)[^.]{0,40}delay",
            ),
        ),
        (
            "Although it is late there are good reasons to look at it.",
            "We could not say the complaint was late.",
            "The Council said the complaint was late.",
            "Mrs I's late husband moved to the home in January.",
            "The Council replied late to his letter.",
            "We cannot investigate late complaints unless we decide there are good reasons.",
        ),
    ),
    Reason(
        "court-or-tribunal-remedy",
        "Could appeal or go to court",
        "The person could have appealed or gone to court, or had done so, and it was reasonable "
        "to expect them to use that way.",
        ("appeal", "court", "tribunal", "legal", "claim", "right", "inspector"),
        (
            Anywhere(
                r"(?:(?<!not )(?<!not be )(?<!un)reasonable|not unreasonable)\b[^.]{0,80}?\b(?:appeal\w*|"
                r"courts?\b|tribunal|legal (?:action|remedy)|claim\b|(?:use|used|exercise\w*) (?:that|"
                r"the|this|his|her|their|it|such)|inspector\w*)",
                "It is reasonable to expect her to appeal to the tribunal.",
                unless=r"appeal\w* to (?:its|the council's) ",
            ),
            Anywhere(
                r"\b(?:would|normally|usually) (?:have )?(?:normally )?expect(?:ed)? (?:\w+ ){1,4}to "
                r"(?:\w+ ){0,3}(?:appeal|use (?:that|it|the)|go to (?:a )?(?:court|tribunal))",
                "We would expect her to appeal.",
            ),
            Said(
                r"\b(?:could|can|may|might|should) (?:also |still )?(?:have )?(?:appeal(?:ed)?|go(?:ne)? "
                r"to (?:a |the )?(?:court|tribunal)|take (?:\w+ ){1,3}to (?:a |the )?(?:court|tribunal))",
                "Mrs T can appeal to a tribunal.",
            ),
            Said(
                r"\b(?:appeal rights?|rights? (?:of|to) (?:an )?(?:appeal|review)|right to (?:put|go|take|"
                r"ask)|right to (?:a )?(?:review|challenge))\b|\bopportunity of [^.]{0,30}appeal",
                "Mr S has used his right of appeal.",
                unless=r"told (?:\w+ ){1,3}about (?:\w+ )?right",
            ),
            Said(
                r"\b(?:has|have|had|he|she|they|already) (?:\w+ ){0,2}(?:appealed|(?:taken|lodged|made) "
                r"(?:\w+ ){1,3}(?:to|with) (?:the|a) [^.]{0,25}tribunal)",
                "He has appealed to the SEND Tribunal.",
            ),
            Said(
                r"\b(?:remedy|redress)\b[^.]{0,30}\b(?:courts?|tribunal|legal)|\b(?:legal|alternative|"
                r"another) (?:legal )?remedy\b",
                "There was an alternative remedy through the courts.",
            ),
            Said(
                r"\b(?:courts?|tribunal|magistrates|inspectorate|inspector|secretary of state|insurers?)"
                r"\b[^.]{0,70}\b(?:expect|better placed|to decide|can decide|determine|should)|"
                r"\b(?:expect|should|matter for|for)\b[^.]{0,70}\b(?:tribunal|courts? to|magistrates|"
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
    ),
    Reason(
        "court-proceedings",
        "What happened in court",
        "The matter was before a court, or court action about it has begun, which the law puts "
        "beyond the Ombudsman.",
        ("court", "judge", "proceedings", "prosecut", "legal action", "judicial", "judicial"),
        (
            Anywhere(
                r"\b(?:happened|happens|said|decided|considered|heard|dealt with|place|gave|given|put|"
                r"written|presented|evidence|matters?|reports?|statements?|information|started|start|"
                r"beginning|commencement|begun|began|conduct|issues?)\b[^.]{0,50}?\b(?:(?:in|to|by|"
                r"before|for|a|the) (?:a |the |any )?(?:family |county |crown |magistrates' |high )?"
                r"(?:courts?|judge)\b|(?:court|legal|care|criminal)[^.]{0,8} (?:action|proceedings|case))",
                "We cannot investigate the information a Council officer gave a Court.",
                needs=NO_POWER,
                unless=r"\breasonable\b|\bgo to\b|\bcan (?:go|take|apply)\b|appeal|\bcould\b|\bremedy",
            ),
            Said(
                r"\b(?:happened|happens|decided|considered|heard|dealt with|determined|tested|been|took "
                r"place|matters?)\b[^.]{0,50}?\b(?:in|by|to|before) (?:a |the |any )?(?:judge|\w+ )?"
                r"(?:in )?(?:courts?|judge)\b",
                "The matters complained of were considered in court.",
                unless=r"reasonable|remedy|go to|\bcould\b|can (?:go|take|decide)|to decide",
            ),
            Anywhere(
                r"\bnot (?:be )?separa\w+|\binseparabl\w+|\binextricabl\w+|\bcannot (?:be )?separate|"
                r"\b(?:closely|intimately) (?:linked|connected|tied) (?:to|with) (?:those|the|court|legal)",
                "The matter is not separable from what happened in court.",
                needs=r"court|proceedings|hearing|judge",
            ),
            Said(
                r"\b(?:about|concerns?|concerning|part of|subject of|written for|bound up with|relates? "
                r"to|investigate|consider|linked to|commencement of|beginning|start of|conduct of)\b"
                r"[^.]{0,50}\b(?:(?:court|care|legal|criminal|family|civil)[^.]{0,10} (?:proceedings|action|"
                r"hearing|case|report)|prosecut\w+)",
                "The complaint is about the content of a court report.",
                unless=r"reasonable|could|remedy|will not (?:investigate|consider)(?![^.]* because)",
            ),
            Said(
                r"\b(?:has|have|had|already|court|legal|proceedings)\b[^.]{0,20}\b(?:start(?:ed)?|begun|"
                r"began|issued|commenced|taken)\b[^.]{0,30}\b(?:court|legal action|proceedings|claim|"
                r"judicial review|action)|\b(?:court|legal) (?:action|proceedings) (?:has|have) "
                r"(?:begun|started|commenced|been)|\b(?:now|already|currently) before (?:a|the) court",
                "Mr D has started court proceedings.",
                unless=r"could|not (?:started|begun|issued)",
            ),
            Said(
                r"\b(?:prosecut\w+|evidence to (?:a|the) (?:\w+ )?court|to take \w+(?: \w+)? to court)",
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
    ),
    Reason(
        "better-placed-body",
        "Another body is better placed",
        "Another body, such as the Information Commissioner, is the better one to deal with it.",
        (
            "better",
            "best placed",
            "more suitable",
            "more appropriate",
            "commissioner",
            "ico",
            "ombudsman",
            "regulator",
            "proper body",
            "council is the appropriate",
            "appropriate body",
            "commission",
            "department",
            "agency",
            "england",
        ),
        (
            Anywhere(
                r"\b(?:better|best) (?:placed|suited|able|equipped)\b|\bbetter (?:body|position)\b|"
                r"\bbetter for\b[^.]{0,30}\bto (?:deal|consider|look)",
                "Another body is better placed to consider it.",
                unless=r"(?:court|tribunal|magistrate|judge|inspector)s?(?: \w+){1,3} (?:better|best)|"
                r"not (?:be )?(?:better|best)|no better",
            ),
            Anywhere(
                r"\bmore (?:suitable|suitably|appropriate|appropriately|properly)\b[^.]{0,30}(?:"
                + REGULATOR
                + r"|body|organisation|ombudsman)",
                "This is more suitable for the ICO to consider.",
            ),
            Said(
                r"\bmore (?:suitable|appropriate) (?:body|organisation|person)\b",
                "There is a more suitable organisation for it.",
            ),
            Anywhere(
                r"\bshould (?:therefore |instead |now |first )*(?:approach|contact|complain to|ask|go to|"
                r"refer|report|raise|take|put)[^.]{0,40}" + REGULATOR,
                "Miss X should therefore approach the ICO about her concerns.",
                unless=r"had refused",
            ),
            Said(
                r"(?:appropriate|proper|right|correct|suitable) (?:body|way|place|organisation|route|"
                r"channel)\b",
                "The General Medical Council is the appropriate body to consider it.",
                needs=REGULATOR + r"|\bother bod|\banother bod|commission|ombudsman",
            ),
            Said(
                r"(?:matter for|one for|belongs? (?:to|with)|expect[^.]{0,60}(?:to|with)|dealt with by) "
                r"(?:the )?" + REGULATOR,
                "We normally expect such complaints to be taken to the ICO.",
            ),
            Said(
                REGULATOR + r"[^.]{0,30}\b(?:can|should|could|is able to|exists to|deals with)\b",
                "The Information Commissioner can look at that.",
            ),
        ),
        (
            "He has already complained to the Information Commissioner.",
            "She went to the Care Quality Commission, which said it could not help.",
            "There may be another body better placed to consider this complaint.",
        ),
    ),
    Reason(
        "nothing-to-add",
        "Nothing to add to the body's own investigation",
        "The body had already investigated and replied, and the Ombudsman could not add to that.",
        ("add", "get no further", "uncover", "find out"),
        (
            Anywhere(
                r"\b(?:not|n't|unlikely|cannot|nothing|little|nor|no)\b[^.]{0,70}?\badd(?:ed|ing)?"
                r"(?= (?:to\b|anything|much|more|significantly|usefully|any\b|materially|further|value|"
                r"meaningfully))",
                "It is unlikely we could add to that reply.",
                unless=r"\b(?:council|provider|he|she) (?:could|did|would) not (?:\w+ )?add\b",
            ),
            Anywhere(
                r"\badds? (?:nothing|little)\b|\b(?:nothing|little|not much|no more)\b[^.]{0,30}\b(?:to|"
                r"could|can|would) (?:\w+ )?add\b",
                "There is little we could add.",
                unless=r"\b(?:council|provider) (?:had|has|could) (?:nothing|add)",
            ),
        ),
        (
            "The Council could not add him to the list.",
            "There was fault in that it did not add his diary to the file.",
            "She says the Council could not add to its reply.",
        ),
    ),
    Reason(
        "no-worthwhile-outcome",
        "No worthwhile outcome",
        "Investigating would not change the outcome, or could not bring about what the person "
        "wanted.",
        (
            "outcome",
            "result",
            "achiev",
            "purpose",
            "worthwhile",
            "further we",
            "change anything",
            "provide the remedy",
            "do for",
            "do more",
            "could not give",
            "cannot give",
        ),
        (
            Anywhere(
                r"\b(?:not|n't|unlikely|cannot|no|nor|never|could we|nothing|without)\b[^.]{0,80}?\b(?:"
                r"different|another|other|worthwhile|useful|meaningful|better|alter the|change the|"
                r"affect the|any|that|further) (?:\w+ )?(?:outcomes?|results?)\b",
                "It is unlikely to lead to a different outcome.",
                unless=r"evidence of fault affecting|worse",
            ),
            Anywhere(
                r"\b(?:not|n't|unlikely|cannot|nor|no longer|unable)\b[^.]{0,45}?\b(?:achieve|obtain|secure|"
                r"provide|deliver|give|bring about)\b[^.]{0,30}\b(?:more|outcomes?|result|remedy|anything|"
                r"what (?:he|she|they|m\w+ \w+) (?:wants?|seeks?|is|are))",
                "We cannot achieve the outcome Mr C wants.",
                unless=r"\b(?:council|provider) (?:could|did|would|can|has) ?not",
            ),
            Anywhere(
                r"\b(?:unlikely|not)\b[^.]{0,50}\bachieve more than\b|\boutcome (?:that |which )?"
                r"(?:we|i|the ombudsman|he|she) (?:can(?:not)?|could) (?:not )?(?:achieve|provide)",
                "It is unlikely our investigation would achieve more than the £600 offered.",
                needs=r"\bnot\b|cannot|unlikely|\bno\b|nor",
            ),
            Said(
                r"\bno (?:\w+ )?(?:worthwhile|useful|practical)|\b(?:nothing|no)\b[^.]{0,25}"
                r"\b(?:worthwhile|useful|further|more|achieved?)\b[^.]{0,25}\b(?:achiev\w+|do|gain\w*|"
                r"purpose|served)|\bachieve (?:nothing|no|little)",
                "There is nothing further we can do for Mrs I.",
            ),
            Said(
                r"\b(?:not|unlikely|n't)\b[^.]{0,50}\b(?:change|alter|make) (?:anything|matters|things|"
                r"(?:any|a) difference|the position)|\bwould (?:not|make no) (?:be )?"
                r"(?:worthwhile|difference)",
                "It is unlikely an investigation would change anything.",
            ),
        ),
        (
            "She has asked for a different outcome.",
            "The outcome of the review was not sent to him for a month.",
        ),
    ),
    Reason(
        "insufficient-evidence-of-fault",
        "Not enough evidence of fault",
        "There was too little sign that the body had done anything wrong.",
        ("fault", "wrong", "flaw"),
        (
            Anywhere(
                r"\b(?:not (?:\w+ )?(?:enough|sufficient)|insufficient|no|little|few|lack of|absence of|"
                r"want of|without|any|neither|nor|not|nothing)\b[^.]{0,45}?\b(?:evidence|signs?|"
                r"indications?|suggest\w*|proof|trace|point(?:s|ing)?)\b[^.]{0,40}?\bfault\b",
                "There is not enough evidence of fault by the Council.",
                unless=r"fault (?:\w+ )?found|whether",
            ),
            Anywhere(
                r"\b(?:unlikely|not likely|doubt|doubtful|would not|probably not|improbable|not expect)\b"
                r"[^.]{0,90}?\b(?:find|finding|found|identify|establish|be)\b[^.]{0,30}?\bfault\b",
                "We are unlikely to find fault in that decision.",
                unless=r"\b(?:would|could|should) not be (?:at fault|fault to)",
            ),
            Anywhere(
                r"\bfault\b[^.]{0,30}\b(?:unlikely|not likely)\b|\bunlikely (?:that )?(?:there (?:was|is|"
                r"were) )?(?:any )?fault\b",
                "Fault by the Council is unlikely to be found.",
            ),
            Anywhere(
                r"\b(?:seen|see|is|was|be) no (?:\w+ )?(?:fault|flaw)\b",
                "We have seen no fault in the way the Council inspects its roads.",
            ),
            Said(
                r"\bprobably not find fault|\bnot (?:\w+ )?(?:point to|show|suggest|disclose|reveal)"
                r"[^.]{0,20}\bfault\b|\bno (?:evidence|signs?|indications?|suggestion)[^.]{0,30}\bwrong\b",
                "The papers do not suggest fault.",
            ),
        ),
        (
            "The fault alleged is that a letter went astray.",
            "The Council was at fault.",
            "He says there is no evidence of fault on his own part.",
        ),
    ),
    Reason(
        "insufficient-injustice",
        "Not enough injustice",
        "The matter did not harm the person enough to justify an investigation.",
        ("injustice", "affected", "serious", "significant", "harm", "slight", "minor", "trivial"),
        (
            Anywhere(
                r"\b(?:not|n't|no|insufficient|limited|without|little|neither|nor|lack of|minimal|"
                r"absence of)\b(?:(?!remed|redress|justify|fault and)[^.]){0,60}?\binjustice\b",
                "It has not caused him significant injustice.",
                unless=r"remed(?:y|ies|ied)|repay|not (?:been )?put right",
            ),
            Anywhere(
                r"\binjustice\b(?:(?!remed)[^.]){0,70}?\b(?:(?:not|n't|insufficiently) (?:\w+ ){0,3}"
                r"(?:significant|enough|serious|sufficient|justify|warrant|merit|such|great)\w*|insufficient|"
                r"insignificant|(?:too|is|was|are) (?:\w+ )?(?:slight|limited|minor|small|minimal|trivial))",
                "Any injustice is not significant enough to justify an investigation.",
                unless=r"remed(?:y|ies|ied)",
            ),
            Anywhere(
                r"\bnot (?:\w+ )?(?:serious|significant|grave|substantial) enough\b|\bnot (?:been )?"
                r"(?:significantly|seriously|sufficiently|personally|adversely|directly) (?:affected|"
                r"harmed|disadvantaged|serious)",
                "Ms Z was not significantly affected by the matter.",
                unless=r"evidence",
            ),
            Said(
                r"\btoo (?:slight|minor|trivial|small|limited)\b|\bnot\b[^.]{0,40}\bserious (?:enough )?"
                r"(?:effect|harm|impact)|\bnot (?:harm|affect)(?:ed)?\b[^.]{0,25}\benough\b|"
                r"\bnot (?:warranted|justified|merited) by the injustice",
                "The lapse was too slight for us to pursue.",
            ),
        ),
        (
            "He says he suffered a significant injustice.",
            "We considered whether the injustice was significant.",
            "It was not a suitable remedy for the injustice.",
        ),
    ),
    Reason(
        "already-remedied",
        "Already put right",
        "The body had put the matter right, or agreed to, in a way the Ombudsman thought enough.",
        (
            "satisfied",
            "remed",
            "right",
            "resol",
            "settle",
            "content with",
            "redress",
            "steps",
            "action",
            "apolog",
        ),
        (
            Anywhere(
                r"\b(?:satisfied|content|happy) with\b[^.]{0,70}?\b(?:actions?|remedy|steps|offer\w*|"
                r"proposal|what (?:the|it)|done|response|taken)\b",
                "We are satisfied with the actions the Council has taken.",
                unless=r"\bnot (?:\w+ )?satisfied|dissatisfied|may decide|"
                r"satisfied with[^.]{0,30}actions (?:it|the council) has taken to change",
            ),
            Anywhere(
                r"\b" + FIT + r"(?: and \w+)? (?:\w+ )?(?:remedy|redress|resolution)\b",
                "I consider that a suitable remedy.",
                unless=r"\bnot\b[^.]{0,30}"
                + FIT
                + r"|\bshould have|\bno "
                + FIT
                + r"|alternative|legal|court|\bother remedy",
            ),
            Said(
                r"\b(?:has|have|already|now)\b[^.]{0,60}\b(?:put (?:matters|things|it|this|that|everything|"
                r"the matter)[^.]{0,15} right|remedied|resolved|settled|rectified|corrected)\b",
                "The Council has already put matters right for Mr A.",
                unless=r"\bnot (?:\w+ )?(?:put|remedied|resolved)|\bshould have|whether|\bwants\b|withdr",
            ),
            Said(
                r"\b(?:agreed|offered?|offer|taken|takes?|proposes?|actions?|steps|payment|apolog\w+)\b"
                r"[^.]{0,70}\b(?:remed(?:y|ies|ied|ying)|put (?:\w+ ){1,3}right|resolv\w+|settle\w*)",
                "The Council has agreed to take suitable action to remedy the injustice.",
                unless=r"\bnot (?:agreed|offered|taken)|legal|court|alternative",
            ),
            Said(
                r"\b"
                + BODY
                + r"(?:'s)? (?:has |have )?(?:\w+ )?(?:agreed|promised) to (?:do what|take|"
                r"pay|carry out|give|make|apologise|provide)",
                "The Council has agreed to do what Mrs Y wanted.",
                unless=r"complaint",
            ),
            Said(
                r"\b"
                + BODY
                + r" has (?:now |already |since )(?:\w+ )?(?:offered|paid|refunded|apologised|"
                r"cancelled|provided|given|repaid|accepted|agreed|done|taken|completed)\b",
                "The Council has already apologised and made a payment.",
                unless=r"investigat|repl(?:y|ied)|answer",
            ),
        ),
        (
            "The Council's offer was not a suitable remedy.",
            "Mr G believes the Council should have offered a suitable remedy.",
            "The Council says that it has offered a suitable remedy.",
            "He has already complained to the Housing Ombudsman.",
        ),
    ),
    Reason(
        "premature",
        "Too soon",
        "The body had not yet had its chance to answer the complaint.",
        (
            "premature",
            "too early",
            "too soon",
            "opportunity",
            "chance",
            "procedure",
            "process",
            "first",
            "until",
            "still",
            "yet",
            "outstanding",
            "not complained",
            "stage",
        ),
        (
            Anywhere(
                r"\b(?:is|are|was|and|therefore) (?:therefore |also )?premature\b|\bpremature (?:complaint|"
                r"for us|for the)|\btoo (?:early|soon) (?:for|to)\b",
                "The complaint is premature.",
                unless=r"suggested|not premature|premature death",
            ),
            Anywhere(
                r"\b(?:not|yet|must|should|first|needs? to|n't|reasonable to)\b[^.]{0,50}\b(?:opportunity|"
                r"chance)\b[^.]{0,40}\b(?:investigate|reply|respond|answer|deal|consider|look|put|first)",
                "The Council has not had an opportunity to investigate and reply.",
                unless=r"to comment|should have (?:had|been)",
            ),
            Anywhere(
                r"\b(?:not|yet to|n't|before|until|must|should)\b[^.]{0,40}\b(?:complet\w+|finish\w*|"
                r"exhaust\w*|gone through|been through|go through|used|use|run)\b[^.]{0,45}"
                r"\b(?:procedure|process|course|stages?)\b",
                "He has not yet completed the Council's complaints procedure.",
                unless=r"council (?:did|has|had) not (?:complete|follow|use)|should have",
            ),
            Anywhere(
                r"\b(?:not|yet to|n't) (?:yet |first |formally )*(?:complained?|put|raised?) (?:\w+ ){0,3}"
                r"(?:to|with) (?:the|its|his|her) " + BODY + r"\b",
                "Mr N has not complained to the Council first.",
            ),
            Anywhere(
                r"\bshould (?:do so |raise (?:it|this|that) |complain |go |complain to [^.]{0,20})first\b|"
                r"\byet to (?:raise|put|complain)\b|\bnot yet (?:put|raised|complained)\b",
                "He has yet to raise that with the Council and should do so first.",
            ),
            Said(
                r"\buntil (?:the|its|his|her) [^.]{0,30}(?:responded|replied|finished|completed|answered|"
                r"procedure|process)|\bstill (?:looking|considering|investigating|dealing|going|under)|"
                r"\boutstanding complaint|\b" + BODY + r" has (?:yet to|not yet) \w+|"
                r"\bcomplete the [^.]{0,20}(?:procedure|process)|\bcomplain to the \w+(?: \w+)? (?:first|before)",
                "Ms R has an outstanding complaint with the Council.",
            ),
        ),
        (
            "It was suggested the complaint was premature.",
            "Mr X had the opportunity to comment on a draft version of this decision.",
            "The Council was given an opportunity to reply to it.",
        ),
    ),
    Reason(
        "schools",
        "What happens in schools",
        "The law keeps the Ombudsman from looking at what happens inside schools.",
        ("school", "academy"),
        (
            Anywhere(
                r"\b(?:happen\w*|took place|take place|taking place|goes? on|bull\w+|conduct|discipline|"
                r"actions?|management|managed|affairs|internal|teach\w*|exclu\w+|curriculum|running|run)\b"
                r"[^.]{0,60}?\b(?:schools?|academy|academies)\b"
                r"(?! (?:transport|place|admission|appeal))",
                "The law does not allow us to look at what happens in schools.",
                needs=NO_POWER,
            ),
            Said(
                r"\b(?:internal|happen\w*|within|inside|management)\b[^.]{0,40}\b(?:schools?|academy)\b"
                r"(?! transport| place| admission)|\bschools?(?:'s)? (?:internal|matter|discipl\w+|govern\w+)",
                "These are matters of internal management of the school.",
                unless=r"\bcouncil's internal",
            ),
            Said(
                r"\b(?:investigate|consider|about|look (?:at|into)) (?:complaints about |most |any )?"
                r"schools?\b(?! transport| place| admission| appeal)|\bschools? (?:is|are|lies?|falls?) "
                r"(?:outside|not|beyond)|\bschool's (?:actions?|decision|exclusion|head|handling)|"
                r"\bactions? of (?:a|the) (?:\w+ )?school|\b(?:school|academy)'s (?:curriculum|teach|"
                r"polic|govern|discipl)",
                "Schools are outside the Ombudsman's jurisdiction.",
                needs=NO_POWER,
            ),
        ),
        ("Her son's school is opposite the rank.", "We cannot investigate school transport."),
    ),
    Reason(
        "social-landlord",
        "Council as social landlord",
        "The complaint is about a council as social landlord, which is for the Housing Ombudsman.",
        (
            "landlord",
            "social housing",
            "council hous",
            "tenan",
            "housing ombudsman",
            "housing stock",
            "council home",
            "council flat",
            "council's hous",
        ),
        (
            Anywhere(
                r"\bsocial(?: housing)? landlord\b|\blandlord (?:role|functions?|duties|capacity)\b|"
                r"\b(?:its|council's)(?: \w+){0,2} (?:as|of|role as) (?:a |her |his |their )?landlord\b",
                "The Council acted as a social landlord.",
                needs=NO_POWER + r"|\bacts?\b|\bacted\b|\bacting\b|\brole\b|landlord function|;",
                unless=r"(?<!council )(?<!not )private landlord",
            ),
            Anywhere(
                r"\b(?:management|provision|managing|manages|let\w*) (?:\w+ ){0,3}(?:social housing|council "
                r"hous\w+|council home|its housing|housing stock|tenancies)\b|\bsocial housing\b",
                "We have no jurisdiction over complaints about the management of social housing.",
                needs=NO_POWER + r"|housing ombudsman|concerns",
            ),
            Said(
                r"\bhousing ombudsman\b",
                "Mr E should go to the Housing Ombudsman, who deals with council tenancies.",
                needs=NO_POWER + r"|deals? with|is the body|jurisdiction",
                unless=r"better (?:placed|suited)|already complained",
            ),
            Said(
                r"\b(?:council (?:tenan\w+|house|home|flat|housing)|tenanc\w+)\b",
                "The law bars complaints on managing council housing.",
                needs=NO_POWER + r"[^.]{0,140}(?:landlord|manag|housing)",
                unless=r"tenants? of the council did",
            ),
        ),
        (
            "He has already complained to the Housing Ombudsman.",
            "Mr J, a tenant of the Council, objected too.",
        ),
    ),
    Reason(
        "employment",
        "Employment",
        "The law keeps the Ombudsman from staff and personnel matters.",
        ("employ", "personnel", "staff", "recruit", "disciplin", "dismiss"),
        (
            Anywhere(
                r"\bemployment\b(?! (?:agency|tribunal|support|appeal))|\bpersonnel\b|"
                r"\bstaff(?:ing)? matters?\b|\brecruitment\b|\b(?:former |ex-)?employee of\b",
                "The law says we cannot look at personnel matters.",
                needs=NO_POWER + r"|\bis about\b|\bare\b",
                unless=r"no longer",
            ),
            Said(
                r"\b(?:employment matters?|personnel|dismissal by|employed by|worked for|member of "
                r"(?:its )?staff|former employee|disciplinary action)\b",
                "We cannot investigate Mr U's complaint about his dismissal by the Council.",
                needs=NO_POWER,
            ),
            Anywhere(
                r"\b(?:are|is) (?:a )?(?:personnel|employment|staff(?:ing)?) matters?\b",
                "References are a personnel matter.",
            ),
        ),
        ("An employment agency had sent the wrong staff.", "It told us about its staff matters."),
    ),
    Reason(
        "contract",
        "Contracts and commerce",
        "The law keeps the Ombudsman from commercial and contractual matters other than land.",
        ("contract", "commercial", "procure", "tender"),
        (
            Anywhere(
                r"\bcontractual\b|\bcommercial\b|\bprocurement\b|\b(?:a|the) contract\b|\bcontracts\b",
                "The law says we cannot look at contractual matters.",
                needs=NO_POWER,
            ),
            Said(
                r"\b(?:commercial|contractual) (?:and \w+ )?(?:contract|matters?|transactions?|dealings?|"
                r"disputes?)\b|\bmatter is (?:commercial|contractual)",
                "It is a commercial transaction.",
            ),
        ),
        (
            "The Council's contract with its printers caused a delay.",
            "We cannot trace the contractor.",
        ),
    ),
    Reason(
        "all-inhabitants",
        "Affects everyone in the area",
        "The matter affects all or most of the people in the area, which the law rules out.",
        ("most ", "all ", "every", "population", "inhabitants", "whole"),
        (
            Anywhere(
                r"\b(?:affect\w*|touch\w*|concern\w*|impact\w*)\b[^.]{0,25}\b(?:all(?: or most)?(?: of)?|"
                r"most(?: of)?|every(?:one|body)?)\b[^.]{0,40}\b(?:people|inhabitants|residents|area|"
                r"borough|district|county|town|city|population|council tax ?payers|households)\b",
                "It affects all or most of the people in the Council's area.",
                needs=NO_POWER + r"|affects?\b|affecting|touches|concerns",
            ),
            Said(
                r"\b(?:all|most)(?: of)? (?:the )?(?:inhabitants|residents|people)\b[^.]{0,30}|"
                r"\bpopulation as a whole\b|\binhabitants of\b",
                "It harms most residents alike.",
                needs=NO_POWER + r"|affect",
            ),
        ),
        (
            "Most people on the street have a permit.",
            "The letter went to all residents of the close.",
        ),
    ),
    Reason(
        "not-administrative",
        "Outside the Act",
        "The body or what it did is not one that the Act lets the Ombudsman investigate.",
        ("parish", "town council", "administrative", "body", "responsib", "jurisdiction"),
        (
            Anywhere(
                r"\b(?:parish|town) (?:council|meeting)\w*\b",
                "We have no power to investigate parish councils.",
                needs=NO_POWER + r"|not a body",
            ),
            Anywhere(
                r"\b(?:not|n't|no|nor)\b[^.]{0,50}\badministrative (?:functions?|action)|"
                r"\bfunctions? (?:that is |which is )?not administrative",
                "It does not relate to an administrative function of the Council.",
            ),
            Said(
                r"\bnot\b[^.]{0,25}\b(?:a |any |the )?(?:body|bodies|organisation|one)\b[^.]{0,50}\b(?:"
                r"jurisdiction|remit|investigate|powers?)|\bbod(?:y|ies)\b[^.]{0,40}\b(?:outside|not one|"
                r"not within|beyond)|\bhave no jurisdiction over (?:it|him|her|them)\b",
                "The complaint is not about a body within our jurisdiction.",
                unless=r"better placed",
            ),
            Said(
                r"\bcouncil (?:is|was) not responsible\b|\bresponsibility of (?:a|an|the|another)\b|"
                r"\bnot\b[^.]{0,30}\bthe council (?:is|was) responsible for\b|\bnot the responsibility of",
                "The Council is not responsible for what Mrs R complains about.",
            ),
        ),
        ("The parish council objected.", "The Council could not be directly responsible for this."),
    ),
    Reason(
        "no-consent",
        "No consent or not a suitable representative",
        "The person who complained had no consent, or was not suitable, to complain for another.",
        (
            "consent",
            "representative",
            "authori",
            "permission",
            "suitable person",
            "appropriate person",
            "on their behalf",
            "on his behalf",
            "on her behalf",
            "agreed to",
        ),
        (
            Anywhere(
                r"\bnot\b[^.]{0,50}\b(?:suitable|appropriate|proper|right) (?:person|representative)|"
                r"\bcannot accept\b[^.]{0,30}\brepresentative|\bunsuitable (?:person|representative)",
                "We do not consider he is a suitable representative.",
            ),
            Anywhere(
                r"\b(?:we|i|ombudsm[ae]n) (?:do|does) not have (?:\w+ )?consent\b",
                "We do not have consent from Mr Y.",
            ),
            Said(
                r"\b(?:not|no|without|absence of|lack of|lacks|refused)\b[^.]{0,50}\b(?:consent|authority|"
                r"authoris\w+|permission|agreed to (?:him|her|them))\b",
                "Mrs S does not have consent to complain for her brother.",
                unless=r"shar(?:ed|ing)|disclos|information|data|planning|local authority|authority's|"
                r"the authority\b(?! of| to)|building",
            ),
            Said(
                r"\bnot (?:someone|somebody|a person) who\b[^.]{0,40}\bbehalf",
                "He is not someone who can complain on her behalf.",
            ),
        ),
        (
            "The officer gave third parties information about her without her consent.",
            "We accept Ms B as a suitable representative.",
        ),
    ),
    Reason(
        "complaint-handling-only",
        "Only complaint handling is left",
        "What remains is how the body handled the complaint, which is not worth looking at alone.",
        (
            "complaint handling",
            "complaints handling",
            "complaint process",
            "complaints process",
            "complaint proc",
            "complaints proc",
            "handled",
            "handling",
            "dealt with",
        ),
        (
            Anywhere(
                r"\b(?:good|proper|appropriate|sensible) use of\b[^.]{0,130}\bcomplaints?(?:'s)?\b|"
                r"\bcomplaints?\b[^.]{0,100}\b(?:good|proper|appropriate|sensible) use of\b",
                "It is not a good use of public resources to look at complaint handling.",
                needs=r"handl|proce(?:ss|dure)|dealt with|repl(?:y|ies)",
            ),
            Anywhere(
                r"\b(?:complaints?[ -](?:handling|process\w*|procedures?)|handling of (?:the|his|her|their|"
                r"this) complaint)\b[^.]{0,40}\b(?:alone|in isolation|by itself|on its own|itself)\b",
                "We will not investigate complaint handling alone.",
            ),
            Anywhere(
                r"\bnot (?:\w+ )?(?:looking|investigat\w+|dealing|considering|look)\b[^.]{0,60}\b(?:main|"
                r"substan\w+|underlying|issue|matter)\b[^.]{0,60}\b(?:complaints? "
                r"(?:handling|process|procedure)|handled|how the council dealt)|"
                r"\b(?:complaints? (?:handling|process\w*|procedures?)|handled)\b[^.]{0,90}\bnot "
                r"(?:\w+ )?(?:looking|investigat\w+|dealing|considering)\b",
                "As we are not investigating the main complaint, we will not look at the Council's "
                "complaint handling.",
            ),
        ),
        ("The Council has improved its complaint handling.",),
    ),
    Reason(
        "previously-considered",
        "Already considered by the Ombudsman",
        "The Ombudsman had already considered or decided the same complaint.",
        ("already", "previous", "before", "same", "earlier", "second time", "reopen", "again"),
        (
            Anywhere(
                r"\b(?:we|i|ombudsm[ae]n|us) (?:have |has |had )?(?:already|previously)\b[^.]{0,25}"
                r"\b(?:considered|decided|made|determined|dealt|looked|investigated|reached|closed|issued)"
                r"|\b(?:we|i|ombudsman) (?:have |has )?(?:considered|decided|determined|dealt with|"
                r"investigated|looked at) (?:\w+ ){0,3}(?:before|previously|last year|already)\b",
                "We have already considered it.",
                unless=r"whether|the information",
            ),
            Anywhere(
                r"\balready (?:been )?(?:considered|decided|dealt with|determined)\b[^.]{0,30}\bby "
                r"(?:us|the ombudsm[ae]n)\b",
                "The complaint has already been considered and decided by us.",
            ),
            Said(
                r"\b(?:previous|earlier) (?:complaint|decision)\b|\bsame (?:complaint|as)\b[^.]{0,60}"
                r"\b(?:again|before|decided|previous|dealt|closed)|\b(?:repeats?|second time|reopen)\b|"
                r"\bbrought it to (?:us|the ombudsm[ae]n) before\b",
                "It is the same as his previous complaint which we have decided.",
                needs=r"\bwe\b|\bi\b|\bus\b|\bour\b|ombudsm|\bshe\b|\bhe\b",
                unless=r"cites|complaint to the council|previous decision (?:of|by) the council",
            ),
        ),
        (
            "He asked whether we had already considered a complaint about his neighbour.",
            "The Council had already considered it.",
            "He cites a previous decision by the Ombudsman.",
        ),
    ),
    Reason(
        "withdrawn",
        "Withdrawn",
        "The person who complained decided not to go on with it.",
        (
            "withdr",
            "no longer",
            "not wish",
            "not want",
            "asked us to",
            "request",
            "not to go on",
            "asked to close",
            "asked me to",
            "decided not to",
        ),
        (
            Anywhere(
                r"\bwithdr(?:ew|awn|aw|awal|awing)\b[^.]{0,20}\b(?:the|this|his|her|their) complaint\b|"
                r"\bcomplaint (?:has been|was|is) (?:now )?withdrawn\b",
                "Mr P has withdrawn his complaint.",
                unless=r"could|may withdraw",
            ),
            Said(
                r"\b(?:has|have|had|she|he|they) (?:now )?withdr(?:awn|ew)(?: it|\b)|\bwithdraw (?:his|her|"
                r"their|the) complaint",
                "Because he has withdrawn it we have closed the file.",
                unless=r"council (?:has |had )?withdr\w+|withdr\w+ (?:the |its |an? )(?!complaint)",
            ),
            Said(
                r"\b(?:no longer|not) (?:wish\w*|want\w*)\b[^.]{0,30}\b(?:pursue|continue|go on|carry on|us "
                r"to|proceed|complain|take)|\basked (?:us|me) to (?:close|withdraw|stop|end)|"
                r"\bdecided not to (?:go on|continue|pursue|proceed)\b[^.]{0,20}\bcomplaint",
                "Miss F does not wish to pursue her complaint.",
                unless=r"council (?:did|does|has)",
            ),
            Said(
                r"\bat (?:the request of|[^.]{1,25}'s? request)",
                "I have discontinued my investigation at Mrs L's request.",
                needs=r"discontinu|closed|ended|stopped",
            ),
        ),
        ("The Council withdrew its notice.", "She wanted the officer to withdraw."),
    ),
)

REASONS: dict[str, Reason] = {reason.code: reason for reason in _TABLE}
