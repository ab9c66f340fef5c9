"""Closure rules: subjects that the Act excludes from the Ombudsman's powers."""

from decisions.analysis.closure_rules.rule import (
    NO_POWER,
    ReasonDefinition,
    anywhere,
    decision_only,
)

# "The school is an academy and we have no power …": the body is outside the Act, whatever it did.
_ACADEMY_IS_OUTSIDE = (
    r"\bis an academy\b[^.]*\bno (?:\w+ )?(?:power|jurisdiction)|\b(?:review|appeal) panels?\b"
)

SCHOOLS = ReasonDefinition(
    "schools",
    "What happens in schools",
    "What happens inside a school is outside the Ombudsman’s powers by law.",
    (
        anywhere(
            r"\b(?:happen\w*|took place|take place|taking place|goes? on|bull\w+|conduct|affairs|"
            r"discipline|management|managed|internal|teach\w*|exclu\w+|curriculum|running|run)\b"
            r"[^.]{0,60}?\b(?:schools?|academ(?:y|ies))\b(?! (?:transport|place|admission|appeal))",
            "The law does not allow us to look at what happens in schools.",
            needs=NO_POWER,
            unless=_ACADEMY_IS_OUTSIDE,
            contains="academies|academy|school",
        ),
        decision_only(
            r"\b(?:internal|happen\w*|within|inside|management)\b[^.]{0,40}\b(?:schools?|"
            r"academy)\b(?! transport| place| admission)|\bschools?(?:'s)? (?:internal|matter|"
            r"discipl\w+|govern\w+)|\bmatters? for (?:a|the) school\b",
            "These are matters of internal management of the school.",
            unless=r"\bcouncil's internal",
            contains="academy|matter|school",
        ),
        decision_only(
            r"\b(?:other |any |some )?school (?:actions?|decisions?|matters?|staff)\b",
            "We cannot investigate other school actions.",
            needs=NO_POWER,
            unless=r"transport|admission|place\b",
            contains="school",
        ),
        decision_only(
            r"\b(?:investigate|consider|about|look (?:at|into)) (?:complaints about |most |any "
            r")?schools?\b(?! transport| place| admission| appeal)|\bschools? (?:is|are|lies?|"
            r"falls?) (?:outside|not|beyond)|\bschool's (?:actions?|conduct|decision|"
            r"exclusion|head|"
            r"handling)|\bactions? of (?:(?:an?|the|any) )?(?:\w+ )?schools?\b|"
            r"\b(?:school|academy)'s "
            r"(?:curriculum|teach|polic|govern|discipl)",
            "Schools are outside the Ombudsman's jurisdiction.",
            needs=NO_POWER,
            contains="academy|action|school",
        ),
        decision_only(
            r"\bhow (?:an? |the |her |his |their )(?:\w+ )?school (?:dealt|handled|treated|"
            r"responded|"
            r"investigated|managed|excluded|decided|implemented|delivered|taught|supported)\b|"
            r"\bcomplaints? (?:is|are) (?:\w+ )?about (?:an? |the |her |his |"
            r"their )?(?:\w+ )?schools?\b"
            r"(?! transport| place| admission| appeal)|\bhead ?teacher\b|\b(?:matters?|events?|"
            r"things|"
            r"actions?|incidents?) (?:\w+ )?(?:in|within|inside|at) (?:an? |the |any )?schools?\b"
            r"(?! transport| place| admission| appeal)",
            "We have no power to investigate how a headteacher dealt with bullying.",
            needs=NO_POWER + r"|\blaw does not\b",
            unless=r"admission|transport|exclusion (?:appeal|review)|" + _ACADEMY_IS_OUTSIDE,
            contains="school|teacher",
        ),
        decision_only(
            r"\bteaching staff\b|\bschool teachers?\b|\b(?:school governors?|governors? "
            r"of (?:a|the|her|his|their) (?:\w+ )?school|school's governing)\b",
            "We cannot investigate complaints about teaching staff.",
            needs=NO_POWER,
            contains="teach|govern",
        ),
    ),
    (
        "Her son's school is opposite the rank.",
        "We cannot investigate school transport.",
        "The school is an academy and we have no legal power over its exclusion panel.",
        "The headteacher wrote a letter.",
        "The Council has no teaching staff of its own.",
    ),
)

SOCIAL_LANDLORD = ReasonDefinition(
    "social-landlord",
    "Council as social landlord",
    "The complaint is about a council as the landlord of its own homes, which is for the "
    "Housing Ombudsman.",
    (
        anywhere(
            r"\bsocial(?: housing)? landlords?\b|\blandlord (?:role|functions?|duties|capacity)\b|"
            r"\b(?:its|council's)(?: \w+){0,2} (?:as|of|role as) (?:a |her |his |their "
            r")?landlord\b",
            "The Council acted as a social landlord.",
            needs=NO_POWER + r"|\bacts?\b|\bacted\b|\bacting\b|\brole\b|landlord function|;",
            unless=r"(?<!council )(?<!not )private landlord",
            contains="landlord|social",
        ),
        anywhere(
            r"\b(?:management|provision|managing|manages|let\w*) (?:\w+ ){0,3}(?:social housing|"
            r"council hous\w+|council home|its housing|housing stock|tenancies)\b|\bsocial "
            r"housing\b",
            "We have no jurisdiction over complaints about the management of social housing.",
            needs=NO_POWER + r"|housing ombudsman|concerns",
            contains="council home|council hous|housing stock|its housing|social housing|tenancies",
        ),
        decision_only(
            r"\bhousing ombudsman\b",
            "Mr E should go to the Housing Ombudsman, who deals with council tenancies.",
            needs=NO_POWER + r"|deals? with|is the body|jurisdiction",
            unless=r"better (?:placed|suited)|already complained",
            contains="housing ombudsman",
        ),
        decision_only(
            r"\b(?:council (?:tenan\w+|house|home|flat|housing)|tenanc\w+)\b",
            "The law bars complaints on managing council housing.",
            needs=NO_POWER + r"[^.]{0,140}(?:landlord|manag|housing)",
            unless=r"tenants? of the council did",
            contains="council tenan|council hous|council home|council flat|tenanc",
        ),
        decision_only(
            r"\bcouncil tenants?\b(?:[^.;]{0,40}\b(?:repairs?|disrepair|homes?|rent|tenanc\w+))?",
            "We have no power to investigate complaints by council tenants about repairs.",
            needs=NO_POWER
            + r"[^.]{0,140}\bcouncil tenants?\b[^.;]{0,40}\b(?:repair|disrepair|home|rent|"
            r"tenanc)",
            contains="council tenant",
        ),
        decision_only(
            r"\b(?:role|capacity|acts?|acted|acting|functions?) as (?:an? |the |its |"
            r"their |her |his )?(?:freeholder|leaseholder|landlord|housing provider)s?\b|"
            r"\bcouncils? as (?:an? |the )?(?:\w+ )?(?:landlord|freeholder)s?\b|"
            r"\b(?:dis)?repairs?\b[^.]{0,30}\b(?:its|council|council's) (?:own "
            r")?(?:propert(?:y|ies)|homes?|houses?|flats?|housing|tenants?)\b|\bdealings "
            r"with (?:its|their|council) tenants?\b|\bleaseholders? of the council\b|"
            r"\bcouncil leaseholders?\b",
            "We have no legal remit over repairs to its properties.",
            needs=NO_POWER,
            unless=r"private landlord|private rented|environmental health",
            contains="freeholder|leaseholder|landlord|housing provider|repair|tenant",
        ),
    ),
    (
        "He has already complained to the Housing Ombudsman.",
        "Mr J, a tenant of the Council, objected too.",
        "We cannot say if the repairs to its homes were late, the tenant said.",
        "We cannot investigate how the Council dealt with repairs to her private landlord's house.",
    ),
)

EMPLOYMENT = ReasonDefinition(
    "employment",
    "Employment",
    "Staff and personnel matters, such as pay, discipline and hiring, are outside the "
    "Ombudsman’s powers by law.",
    (
        anywhere(
            r"\bemployment\b(?! (?:agency|tribunal|support|appeal))|\bpersonnel\b|\bstaff(?:ing)? "
            r"matters?\b|\brecruitment\b|\b(?:former |ex-)?employee of\b",
            "The law says we cannot look at personnel matters.",
            needs=NO_POWER + r"|\bis about\b|\bare\b",
            unless=r"no longer",
            contains="employee of|employment|personnel|recruitment|staff",
        ),
        decision_only(
            r"\b(?:employment matters?|personnel|dismissal by|employed by|worked for|member of "
            r"(?:its )?staff|(?:former|was an?) employee|disciplinary (?:action|proceedings|"
            r"process|"
            r"hearing)|job (?:applications?|interviews?|offers?)|application for (?:an? )?(?:job|"
            r"post)|"
            r"pensions? of (?:former|its) (?:staff|employees?))\b",
            "We cannot investigate Mr U's complaint about his dismissal by the Council.",
            needs=NO_POWER,
            unless=r"wants|recommend|make the|order the",
            contains="application|disciplinary|dismissal|employ|job|member of|pension|personnel|"
            "worked for",
        ),
        decision_only(
            r"\bas (?:an? |his |her |their )?(?:former )?employers?\b",
            "We cannot investigate complaints about the Council as an employer.",
            needs=NO_POWER,
            contains="employer",
        ),
        anywhere(
            r"\b(?:are|is) (?:a )?(?:personnel|employment|staff(?:ing)?) matters?\b",
            "References are a personnel matter.",
            contains="personnel matter|employment matter|staff matter|staffing matter",
        ),
        decision_only(
            r"\bdismiss(?:ed|al|ing)?\b[^.,;]{0,40}\b(?:job|post|staff|employ\w*)\b|\bas "
            r"(?:an employee|a member of (?:its )?staff)\b|\bredundanc(?:y|ies)\b|"
            r"\bappointment or dismissal\b",
            "We cannot investigate his dismissal from his job.",
            needs=NO_POWER,
            unless=r"wants|recommend|make the|order the",
            contains="dismiss|employ|member of|redundanc",
        ),
        decision_only(
            r"\b(?:appointment|removal|pay|pensions?|superannuation|discipline|conditions|"
            r"recruitment)\b[^.,;]{0,30}\b(?:of|for|to) [^.,;]{0,20}\b(?:staff|officers?|"
            r"employees?)\b|\bstaff (?:pay|discipline|pensions?|recruitment)\b",
            "We cannot investigate complaints about the pay of Council staff.",
            needs=NO_POWER,
            unless=r"wants|recommend|make the|order the|attitude|conduct of",
            contains="staff|officer|employee",
        ),
    ),
    (
        "An employment agency had sent the wrong staff.",
        "It told us about its staff matters.",
        "We cannot make the Council dismiss a member of staff.",
    ),
)

CONTRACT = ReasonDefinition(
    "contract",
    "Contracts and commerce",
    "Contracts and commercial dealings, other than about land, are outside the Ombudsman’s "
    "powers by law.",
    (
        anywhere(
            r"\bcontractual\b|\bcommercial\b|\bprocurement\b|\b(?:a|the) contract\b|\bcontracts\b",
            "The law says we cannot look at contractual matters.",
            needs=NO_POWER,
            contains="commercial|contract|procurement",
        ),
        decision_only(
            r"\b(?:tenders?|tendering|bid) (?:process|exercise)\b|\b(?:award\w*|offer\w*|let|"
            r"evaluat\w+) (?:an? "
            r"|the |its |his |their )?tenders?\b",
            "We have no power to investigate how the Council awarded a tender.",
            needs=NO_POWER,
            contains="exercise|process|tender",
        ),
        decision_only(
            r"\b(?:commercial|contractual) (?:and \w+ )?(?:contract|matters?|transactions?|"
            r"dealings?|disputes?)\b|\bmatter is (?:commercial|contractual)",
            "It is a commercial transaction.",
            contains="commercial|contractual",
        ),
        decision_only(
            r"\b(?:purchase|supply) of (?:goods|services)\b|\bhow (?:the|a) council "
            r"(?:chose|selected|appointed) (?:its |an? |the )?(?:contractors?|"
            r"suppliers?)\b|\bbusiness (?:arrangements?|dealings?|relationships?|"
            r"transactions?)\b",
            "We cannot consider how the Council chose its contractor.",
            needs=NO_POWER,
            contains="supply of|purchase of|contract|supplier|business",
        ),
    ),
    (
        "The Council's contract with its printers caused a delay.",
        "We cannot trace the contractor.",
        "We will not investigate a complaint about the end of a commercial contract.",
        "The supply of goods to the home could not be traced.",
    ),
)

ALL_INHABITANTS = ReasonDefinition(
    "all-inhabitants",
    "Affects everyone in the area",
    "The matter affects all or most people in the area alike. The law does not let the "
    "Ombudsman look at that.",
    (
        anywhere(
            r"\b(?:affect\w*|touch\w*|concern\w*|impact\w*)\b[^.]{0,25}\b(?:all(?: or most)?(?: "
            r"of)?|most(?: of)?|every(?:one|body)?)\b[^.]{0,40}\b(?:people|inhabitants|residents|"
            r"area|borough|district|county|town|city|population|council tax ?payers|households)\b",
            "It affects all or most of the people in the Council's area.",
            needs=NO_POWER + r"|affects?\b|affecting|touches|concerns",
            contains="affect|concern|impact|touch",
        ),
        decision_only(
            r"\b(?:all(?: or most)?(?: of)?|most(?: of)?|every(?:one|"
            r"body)?)\b[^.,;]{0,40}\b(?:inhabitants|"
            r"residents|area|borough|district|county|town|city|households)\b[^.,;]{0,20}\b(?:is|"
            r"are|was|"
            r"were) (?:\w+ )?affected\b",
            "Everyone in the district is affected by the change.",
            contains="affected",
        ),
        decision_only(
            r"\b(?:all|most)(?: of)? (?:the )?(?:inhabitants|residents|people)\b[^.]{0,30}|"
            r"\bpopulation as a whole\b|\binhabitants of\b",
            "It affects most residents alike, and we cannot look at it.",
            needs=NO_POWER + r"|affect",
            contains="inhabitants|people|population as a whole|residents",
        ),
        decision_only(
            r"\ball or most(?: of)? (?:the )?(?:council's )?(?:population|inhabitants|"
            r"people|residents|households)\b|\ball (?:council )?tax ?payers\b|\baffects? "
            r"the (?:whole|"
            r"entire|general) (?:area|borough|town|city|district|county|population)\b|"
            r"\baffected (?:no (?:more|differently)|in the same way) (?:than|from|as) "
            r"(?:any|every|all)",
            "We cannot investigate a decision that affects the whole area.",
            needs=NO_POWER,
            contains="all or most|payer|affect",
        ),
    ),
    (
        "Most people on the street have a permit.",
        "The letter went to all residents of the close.",
        "We cannot see all or most of the papers because of the fire, she said.",
    ),
)
