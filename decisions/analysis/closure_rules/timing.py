"""Closure rules: complaints that came too late or too early."""

from decisions.analysis.closure_rules.rule import (
    BODY,
    BODY_IS,
    ReasonDefinition,
    anywhere,
    decision_only,
)

_LATE_BY = (
    r"(?:late\b|now\b|discretion|time limit|time bar|sooner|earlier|exception|delay|rule|time\b|"
    r"it\b|disapply|lift|accept|exercis|\bold\b|historic)"
)

LATE = ReasonDefinition(
    "late",
    "Late",
    "The complaint came more than 12 months after the person first knew of the matter, and "
    "there was no good reason to look at it so late.",
    (
        anywhere(
            r"\b(?:this|his|her|their|the|a) late complaint\b|\blate complaint rule",
            "There are no good reasons why the late complaint rule should not apply.",
            contains="late complaint",
        ),
        anywhere(
            r"(?:\b(?:complaint|complained|it|this|that|which|rest|remainder|matters?|parts?|"
            r"events|and) )?\b(?:is|was|are|were|made|brought|raised|came|us|and|as) (?:therefore "
            r"|also |too |now |made |clearly |brought )*late\b(?=[,.;:)]|$| too| and| without| "
            r"with no| because| as| so| but| there)",
            "The complaint is therefore late too and we have no good reason to consider it.",
            needs=r"\b(?:complain|it\b|this\b|that\b|which\b|these\b|rest\b|remainder\b|part|"
            r"matter|event|much\b|\b(?:one|some|others?) (?:is|was|are|were)\b)[^.]*\blate\b",
            unless=r"late (?:for|in)\b",
            contains="late",
        ),
        anywhere(
            r"\b(?:complain(?:s|ed|ing)?|complaint (?:comes|came|reached us|is brought|"
            r"was brought)|(?:made|"
            r"brought|raised) (?:his|her|their|the|this|these|it) ?(?:complaints?|concerns?|"
            r"matters?)?)"
            r"(?: (?:to )?us)? (?:too )?late\b(?=[,.;:)]|$| and| without| with no| because| as\b|"
            r" so\b)",
            "He complains late and could have appealed.",
            unless=r"\bto (?:the council|it) late",
            contains="late",
        ),
        anywhere(
            r"\b(?:restriction|bar|rule|limit)s? (?:\w+ ){0,6}(?:therefore )?appl(?:y|ies)\b",
            "The restriction on late complaints applies.",
            needs=r"\blate\b|\btime\b|12 month|twelve month|paragraph",
            unless=r"appeal|tribunal|court",
            contains="applies|apply",
        ),
        anywhere(
            r"\b(?:no|not|nor|without|insufficient|any)\b[^.]{0,30}\b(?:good|exceptional|"
            r"sufficient|special|compelling|enough|insufficient)[^.]{0,12}"
            r"\b(?:reasons?|grounds|cause)\b[^.]{0,70}?" + _LATE_BY,
            "I see no good reason why he could not have done so sooner.",
            needs=r"late\b|months?\b|years?\b|sooner|earlier|\bnow\b|discretion|time\b|delay"
            r"|\bold\b|historic",
            contains="reason |reason,|reasons|grounds| cause",
        ),
        decision_only(
            r"\bno (?:good |exceptional |sufficient )?(?:reasons?|grounds)\b[^.]{0,60}(?:\bnow\b|"
            r"time limit|discretion|exception)|\binsufficient (?:reason|grounds)[^.]{0,40}\bnow\b",
            "There is insufficient reason to look at it now.",
            contains="grounds|insufficient|reason",
        ),
        decision_only(
            r"\b(?:more than|over|within|outside|after|beyond|longer than)\b[^.]{0,20}\b(?:12|"
            r"twelve)[ -]months?\b|\bmore than a year\b",
            "The complaint was not made within 12 months.",
            needs=r"complain|bring|brought|events|matter|came",
            contains="month|more than a year",
        ),
        decision_only(
            r"\btime[ -](?:limit|bar)\w*|\bout of time\b|\b(?:permitted|allowed) (?:period|"
            r"time)\b|\btime for complaining|\btime to complain",
            "It lies outside the permitted period.",
            unless=r"\bin time\b",
            contains="allowed|permitted|time",
        ),
        anywhere(
            r"\bmade out of time\b|\boutside (?:the|our) (?:12|twelve)[ -]month|\bcomplain\w* "
            r"(?:is|was) out of time\b",
            "The complaint was made out of time.",
            contains="out of time|outside",
        ),
        decision_only(
            r"\btoo (?:late|old|long|much time)\b|\bmade late\b|\bbrought (?:it |too )?late\b|"
            r"\blate (?:complaint|without)\b",
            "That is too long and we will not investigate.",
            unless=r"to come (?:too )?late|(?:tak(?:e|es|ing|en)|took) (?:far |much )?too long "
            r"(?:to|in|"
            r"over|with) (?!complain|bring|com(?:e|ing)\b|approach|contact)|was too long (?:for|"
            r"and (?:he|she|the council))",
            contains="too|late",
        ),
        decision_only(
            r"\b(?:complained|come|came|approached|brought|done so|contacted|bring|"
            r"raised)\b[^.]{0,30}\b(?:sooner|earlier|promptly)\b",
            "Mr R could have complained to us much earlier than he did.",
            contains="earlier|promptly|sooner",
        ),
        decision_only(
            r"\bcould (?:not )?(?:reasonably )?have (?:complained|come|brought|raised|approached|"
            r"contacted)"
            r"\b[^.]{0,40}\b(?:at the time|then|in time)\b",
            "Ms O could have brought it to us at the time.",
            unless=r"council could|court|tribunal|\bappeal",
            contains="could",
        ),
        decision_only(
            r"\b(?:delayed|waited|delay)\b[^.]{0,40}\b(?:bring\w*|complain(?:s|ed|ing)?|coming|"
            r"before"
            r")\b|\b(?:years|decades) (?:later|after)\b|\bafter (?:such|so) (?:a )?long|\bso long "
            r"(?:after|ago)\b",
            "Mr O delayed unreasonably in bringing it.",
            needs=r"complain|bring|will not|not (?:\w+ to )?(?:investigate|consider)",
            unless=r"council (?:delayed|waited)|complaint (?:about|of|that)[^.]{0,40}delay|"
            r"\bdelays? "
            r"(?:by|in (?!bring|complain|com(?:e|ing)\b|mak|rais|approach|contact))",
            contains="years|decades|delay|waited|after such|after so|so long",
        ),
        decision_only(
            r"\bpassage of time\b|\b(?:is|are|was|were|and|too|therefore|such|so) "
            r"historic(?:al)?\b|\bhistoric(?:al)? (?:complaints?|matters?|events?|issues?|nature)\b"
            r"|\b(?:happened|took place|occurred|events?|matters?)\b[^.]{0,50}\b(?:years?|"
            r"decades?) "
            r"(?:ago|previously)\b",
            "We will not investigate because of the passage of time.",
            needs=r"\bnot\b|cannot|passage",
            unless=r"historic (?:building|monument|england)",
            contains="passage|histor|ago|previously",
        ),
        decision_only(
            r"\bnot (?:made|brought|raised|submitted|put)(?: to us)? (?:in|on|within) (?:good |due "
            r"|the |that |our )*(?:time|period)\b|\bnormal (?:time|period)\b",
            "The complaint was not made in time.",
            unless=r"council (?:did|had|has|was)|\bappeal",
            contains="time|period",
        ),
        decision_only(
            r"\btoo far (?:in the past|back)\b|\btak(?:en|es)\b[^.,;]{0,30}\b(?:months|"
            r"years) to (?:bring|complain|come|raise|make)\b|\b(?:come|came|complain\w*|"
            r"contact\w*|approach\w*|knew|known|aware|happened|occurred|took "
            r"place)\b[^.;]{0,50}\b(?:within|over|more than) a year\b|\b(?:did not|has "
            r"not|waited to) (?:complain|come to us|contact us|approach us)\b[^.,;]{0,15} "
            r"until\b|\blate one\b|\b(?:complain\w*|made|brought) so late\b",
            "Mr R did not come to us within a year of learning of it.",
            unless=r"council (?:did|had|has|was)|to the council|court|tribunal|\bappeal",
            contains="too far|years|month|a year|until|late",
        ),
        decision_only(
            r"\b(?:12|twelve)[ -]months?[ -](?:rule|limit|deadline)\b",
            "It does not meet our 12-month rule.",
            needs=r"\bnot\b|outside|beyond|\bno\b",
            contains="month",
        ),
        decision_only(
            r"\bcomplaints? about (?:\w+ )?historic(?:al)? (?:matters?|events?|issues?)\b|"
            r"\bdisapply\b|\bnot (?:exercis\w+|us\w+) (?:our |the |his |her |my |"
            r"any )?discretion to (?:consider|investigate|look at|accept)\b[^.]{0,60}?(?:\b(?:19|"
            r"20)\d\d\b|\bago\b|\bpast\b|\bnow\b|\blate\b|\bold\b|\bhistoric)",
            "We will not exercise our discretion to consider events of 2012.",
            contains="historic|disapply|discretion",
        ),
    ),
    (
        "Although it is late there are good reasons to look at it.",
        "We could not say the complaint was late.",
        "The Council said the complaint was late.",
        "Mrs I's late husband moved to the home in January.",
        "The Council replied late to his letter.",
        "She complains late buses are common.",
        "He complained late at night to the police.",
        "We cannot investigate late complaints unless we decide there are good reasons.",
        "Any delay in considering the complainant's letter did no harm.",
        "We will not investigate a complaint about work on a historic bridge.",
        "The Council did not put the bins out in time.",
        "The Council did not repair the path within a year.",
        "The Council complained until late that it was not told.",
        "One bus was late and he missed his appointment.",
    ),
)

PREMATURE = ReasonDefinition(
    "premature",
    "The council had not yet replied",
    "The body must have the chance to answer a complaint first. It had not had that chance yet.",
    (
        anywhere(
            r"\b(?:is|are|was|and|therefore) (?:therefore |also )?premature\b|\bpremature "
            r"(?:complaint|for us|for the)|\btoo (?:early|soon) (?:for|to)\b",
            "The complaint is premature.",
            unless=r"suggested|not premature|premature death",
            contains="early|premature|soon",
        ),
        anywhere(
            r"\b(?:not|yet|must|should|first|needs? to|[acdhimnsw]\w{1,5}n't|reasonable "
            r"(?:to|for|that))\b[^.]{0,50}\b(?:opportunity|"
            r"chance)\b[^.]{0,40}\b(?:investigate|reply|"
            r"respond|"
            r"answer|deal|consider|look|put|first)",
            "The Council has not had an opportunity to investigate and reply.",
            unless=r"to comment|should have (?:had|been)",
            contains="chance|opportunity",
        ),
        anywhere(
            r"\b(?:not|yet to|[acdhimnsw]\w{1,5}n't|before|until|must|"
            r"should)\b[^.]{0,40}\b(?:complet\w+|"
            r"finish\w*|"
            r"exhaust\w*|gone through|been through|go through|used|use|"
            r"run)\b[^.]{0,45}\b(?:procedure|process|course|stages?)\b",
            "He has not yet completed the Council's complaints procedure.",
            unless=r"council (?:did|has|had) not (?:complete|follow|use)|should have|could have "
            r"(?:used|followed|"
            r"gone)[^.]{0,30}(?:statutory|appeals?) (?!complaint)",
            contains="course|procedure|process|stage",
        ),
        anywhere(
            r"\b(?:not|yet to|[acdhimnsw]\w{1,5}n't) (?:yet |first |formally )*(?:complained?|put|"
            r"raised?) "
            r"(?:\w+ ){0,3}"
            r"(?:to|with) (?:the|its|his|her) (?:care )?" + BODY + r"\b"
            r"|\bnot (?:yet |first |formally )*been (?:put|raised|made|considered|"
            r"through)\b[^.]{0,30}"
            r"\b(?:to|with|by) (?:the|its) (?:care )?" + BODY + r"\b",
            "Mr N has not complained to the Council first.",
            contains="not complain|not put|not raise|not yet|not first|not formally|yet to|"
            "n't complain|n't put|"
            "n't raise|n't yet|n't first|been put|been raised|been made|been considered|"
            "been through",
        ),
        anywhere(
            r"\bshould (?:therefore )?first (?:complain|raise|put|go|use|complete|exhaust|give|ask|"
            r"take)\b|\bshould (?:do so |raise (?:it|this|that) |complain |go |complain to "
            r"[^.]{0,20})first\b|\byet to (?:raise|put|complain)\b|\bnot yet (?:put|raised|"
            r"complained)\b",
            "He has yet to raise that with the Council and should do so first.",
            contains="first|not yet|yet to",
        ),
        decision_only(
            r"\buntil (?:the|its|his|her) [^.]{0,30}(?:responded|replied|finished|completed|"
            r"answered|"
            r"procedure|process)|\bstill (?:looking|considering|investigating|dealing|going|"
            r"under)|"
            r"\boutstanding complaint|\b"
            + BODY
            + r" has (?:yet to|not yet) \w+|\b"
            + BODY
            + r" has not "
            r"\w+ [^.]{0,40}\byet\b|"
            r"\bcomplete the [^.]{0,20}(?:procedure|process)|\bcomplain to the \w+(?: \w+)? "
            r"(?:first|before)",
            "Ms R has an outstanding complaint with the Council.",
            contains="complain to the|complete the|has not|not yet|outstanding|still|until|yet to",
        ),
        decision_only(
            r"\b(?:the |its? |as |because |since )" + BODY + r" (?:is|are) (?:(?:still|currently|"
            r"now|already|continuing|going) )*(?:to )?(?:investigat\w+|look\w*|consider\w*|"
            r"respond\w*|deal\w*)\b",
            "We will not investigate as the Council is to look into it further.",
            needs=r"because|since|\bas\b",
            unless=r"\bnot\b (?:to )?(?:respond|deal|consider)",
            contains=BODY_IS,
        ),
        decision_only(
            r"\b"
            + BODY
            + r" (?:has |have )?(?:now |also )?(?:agreed|offered|confirmed it will|will|"
            r"plans|intends|proposes) (?:now )?(?:to )?(?:now )?(?:consider|investigate|respond|"
            r"reply|"
            r"look|deal|escalate|progress|address)\b[^.]{0,60}\b(?:stage (?:one|two|three|\d)|"
            r"complaints?"
            r"'? (?:procedure|process))\b",
            "The Council has agreed to consider the complaint at stage two of its procedure.",
            contains="stage|complaint proc|complaints proc|complaints' proc",
        ),
        decision_only(
            r"\b(?:needs?|ha(?:s|ve)|ought|expect[^.]{1,30}) to (?:first )?(?:complain|raise|put|"
            r"go|take)\b"
            r"[^.]{0,40}\b(?:to|with) (?:the|its) (?:care )?"
            + BODY
            + r"\b[^.]{0,20}\b(?:first|before)\b",
            "He needs to complain to the Council before we can look at it.",
            unless=r"court|tribunal|\bappeal",
            contains="before|first",
        ),
        decision_only(
            r"\b(?:complaints?|own|its) (?:procedure|process|investigation)s? (?:has|have|is|was)"
            r"(?: not|n't) (?:yet )?(?:been )?(?:finished|completed?|concluded|ended|exhausted|"
            r"run)\b",
            "We will not investigate yet as the Council's own process has not finished.",
            unless=r"delay|\bfault\b|uph(?:e|o)ld",
            contains="investigation|procedure|process",
        ),
        decision_only(
            r"\b(?:consideration of|investigation of|enquiries into|complaint|complaints? "
            r"(?:procedure|process))\b[^.,;]{0,30}\b(?:is|are|remains?) (?:still |"
            r"currently )?(?:ongoing|under ?way|in progress|at (?:the )?(?:first stage|"
            r"second stage|stage (?:one|two|three|\d)))\b|\bnot (?:yet )?(?:finished|"
            r"completed) (?:its|their) (?:\w+ )?(?:consideration|investigation|"
            r"enquir\w+)\b|\bneeds? (?:more )?time to (?:answer|reply|respond|investigate|"
            r"consider|complete)\b|\bnot (?:yet )?made (?:an? |his |her |their )?(?:\w+ "
            r")?complaint (?:to|with) (?:the|its) (?:care )?"
            + BODY
            + r"\b|\bno (?:formal )?complaint to (?:the|its) "
            + BODY
            + r"\b|\b"
            + BODY
            + r" (?:should|must) first (?:reply|respond|answer|consider|investigate|have|be)\b",
            "The Council's consideration of the complaint is ongoing.",
            unless=r"police|\bcourt|safeguarding|delay|\bfault\b",
            contains="ongoing|under way|underway|in progress|stage|not yet|not finished|not "
            "completed|time to|not made|complaint to|first",
        ),
        decision_only(
            r"\bno (?:\w+ )?(?:opportunity|chance) for (?:the|its) "
            + BODY
            + r" to\b|\bwithin (?:its|the) (?:\w+ ){0,3}time\w* (?:to|for) (?:respond|reply|"
            r"answer)|\b(?:agreed|offered|going) to (?:now )?(?:consider|investigate|look at|"
            r"deal with) (?:the|his|her|their|this|m\w+ \w+) complaint (?:through|under|in|via|"
            r"using) its (?:\w+ )?(?:procedure|process)\b",
            "There has been no opportunity for the Council to reply.",
            unless=r"delay|\bfault\b|uph(?:e|o)ld",
            contains="opportunity|chance|within|complaint through|complaint under|complaint in|"
            "complaint via|complaint using",
        ),
        decision_only(
            r"\bshould (?:therefore |also |now )*(?:(?:raise|put|take|make|bring|pursue|"
            r"submit) (?:it|this|that|these|them|(?:the|his|her|their|an?|"
            r"any) (?:\w+ )?(?:complaint|concern|matter|issue|claim)s?)\b|complain\b|"
            r"go\b)[^.,;]{0,50}\b(?:first\b(?! tier)|before (?:com|bring|approach|complain|we)\w*)|"
            r"\b(?:would|will) be (?:premature|too (?:early|soon))\b|\bshould be (?:considered|"
            r"investigated|dealt with|answered) by (?:the|its) "
            + BODY
            + r"\b[^.,;]{0,60}\b(?:first|complaints? (?:procedure|process))\b|"
            r"\bso (?:that )?(?:the "
            + BODY
            + r"|it) can (?:now |first )?(?:consider|investigate|respond|reply|complete|deal|look|"
            r"address)\b",
            "He should put his complaint to the Council first.",
            unless=r"court|tribunal|\bappeal|premature death|\bfault\b",
            contains="should|would be|will be|so the|so that|so it",
        ),
    ),
    (
        "The Council should put safety first.",
        "It was suggested the complaint was premature.",
        "The Council has not completed its own assessment.",
        "The Council will look at how it records complaints.",
        "She needs to complain less, the Council said, before it can help.",
        "Mr X had the opportunity to comment on a draft version of this decision.",
        "The Council was given an opportunity to reply to it.",
        "The police investigation of the matter is ongoing.",
        "There was no complaint to the police.",
    ),
)
