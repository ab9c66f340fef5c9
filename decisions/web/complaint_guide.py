"""What each closure reason means for someone about to complain.

A statement repeats what decisions say and gives no advice of its own. Each one carries the search
that finds decisions which show it; a statement that no decision in the archive shows is left out.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from decisions import search
from decisions.search import SearchQuery
from decisions.web.querystring import Parameters, search_parameters

# The Ombudsman's page on which a complaint begins.
COMPLAIN_URL = "https://www.lgo.org.uk/make-a-complaint"


@dataclass(frozen=True)
class Statement:
    """What decisions say, and the words that find those that say it.

    `standard` also searches standard paragraphs, where decisions explain the Ombudsman's powers.
    """

    text: str
    words: str = ""
    standard: bool = False

    def search_query(self, code: str) -> SearchQuery:
        """The search for decisions closed for that reason that show the statement."""
        return SearchQuery(text=self.words, terms={"reason": (code,)}, standard=self.standard)


@dataclass(frozen=True)
class ShownStatement:
    """A statement, its search, and the number of decisions found; None while it is unknown."""

    text: str
    query: Parameters
    count: int | None


# The reasons in the order in which somebody about to complain meets them, under questions.
QUESTIONS = {
    "Is it the right time?": ("premature", "late"),
    "Is there a court, a tribunal or another body to go to?": (
        "court-or-tribunal-remedy",
        "court-proceedings",
        "better-placed-body",
        "social-landlord",
    ),
    "Does the law let the Ombudsman look at it?": (
        "schools",
        "employment",
        "contract",
        "all-inhabitants",
        "not-administrative",
    ),
    "Who is complaining, and has it been decided before?": (
        "no-consent",
        "previously-considered",
        "withdrawn",
    ),
    "Would an investigation be worthwhile?": (
        "insufficient-evidence-of-fault",
        "insufficient-injustice",
        "no-worthwhile-outcome",
        "nothing-to-add",
        "already-remedied",
        "complaint-handling-only",
    ),
}

STATEMENTS = {
    "premature": (
        Statement(
            "The council must first have the chance to investigate the complaint and reply.",
            "opportunity reply",
            standard=True,
        ),
        Statement(
            "The person had not finished the council’s own complaints procedure.",
            "complaints procedure",
        ),
        Statement(
            "A person who is not satisfied with the council’s answer may come back to the "
            "Ombudsman.",
            '"come back" OR "return to us" OR "complain to us again"',
        ),
    ),
    "late": (
        Statement(
            "The Ombudsman normally looks only at complaints made within 12 months of the day "
            "when the person first knew of the problem.",
            '"12 months"',
            standard=True,
        ),
        Statement(
            "It may look at a later complaint if there is a good reason to.",
            '"good reason" OR "good reasons"',
            standard=True,
        ),
        Statement(
            "Some decisions consider whether illness explains the delay.",
            '(illness OR unwell OR "ill health") (delay OR late)',
        ),
        Statement(
            "After a long time, records may be missing and staff may have left.",
            "(records OR evidence) time",
        ),
    ),
    "court-or-tribunal-remedy": (
        Statement(
            "Where a person can appeal to a tribunal, the Ombudsman usually expects them to.",
            "tribunal appeal",
            standard=True,
        ),
        Statement(
            "Where a person can go to court, the Ombudsman may expect them to do that.",
            "court",
            standard=True,
        ),
        Statement(
            "The Ombudsman considered what going to court costs, and still closed the complaint.",
            "(afford OR cost OR costs OR fees) court",
        ),
    ),
    "court-proceedings": (
        Statement(
            "The Ombudsman cannot investigate what happened in court.",
            '"in court" OR "court proceedings"',
            standard=True,
        ),
        Statement(
            "It also cannot investigate a matter that cannot be separated from a court case.",
            "separable OR separate OR inextricably",
        ),
    ),
    "better-placed-body": (
        Statement(
            "Complaints about personal information go to the Information Commissioner.",
            '"information commissioner"',
        ),
        Statement("A regulator can look at how a professional behaved.", "regulator"),
        Statement("Another body was better placed to consider the matter.", '"better placed"'),
    ),
    "social-landlord": (
        Statement(
            "A complaint about a council as the landlord of its own homes goes to the Housing "
            "Ombudsman.",
            '"housing ombudsman"',
            standard=True,
        ),
        Statement("This includes repairs to a council’s own homes.", "repairs"),
    ),
    "schools": (
        Statement(
            "The Ombudsman cannot investigate what happens inside a school.",
            "school",
        ),
        Statement(
            "The school’s own complaints procedure ends with its governors.",
            "governors",
        ),
    ),
    "employment": (
        Statement(
            "The Ombudsman cannot investigate pay, discipline, dismissal and other matters of a "
            "council’s staff.",
            "personnel OR employment",
        ),
        Statement("An employment tribunal can decide such disputes.", '"employment tribunal"'),
    ),
    "contract": (
        Statement(
            "The Ombudsman cannot investigate commercial and contractual matters.",
            "contract OR contractual OR commercial",
        ),
        Statement("Contracts about land are an exception.", "contract land", standard=True),
    ),
    "all-inhabitants": (
        Statement(
            "The Ombudsman cannot investigate a matter that affects all or most people in the "
            "council’s area.",
            "most people",
            standard=True,
        ),
        Statement("People can put their objections to councillors.", "councillors"),
    ),
    "not-administrative": (
        Statement(
            "The Ombudsman cannot investigate a parish or town council.",
            '"parish council" OR "town council"',
        ),
        Statement(
            "It also cannot investigate what is not an administrative function of a council.",
            '"administrative function"',
            standard=True,
        ),
    ),
    "no-consent": (
        Statement("A person who complains for someone else needs their consent.", "consent"),
        Statement(
            "The Ombudsman decides whether somebody is suitable to speak for another person.",
            '"suitable representative" OR "suitable person"',
        ),
    ),
    "previously-considered": (
        Statement(
            "The Ombudsman does not look again at a complaint that it has already decided.",
            "previous OR previously OR already",
        ),
    ),
    "withdrawn": (
        Statement(
            "The person who complained can withdraw the complaint.",
            "withdrawn OR withdrew OR withdraw",
        ),
    ),
    "insufficient-evidence-of-fault": (
        Statement(
            "There must be some sign that the council did something wrong.",
            '"evidence of fault" OR "find fault"',
        ),
        Statement(
            "Disagreeing with a council’s decision is not enough if the council made it properly.",
            "disagree OR disagrees",
            standard=True,
        ),
    ),
    "insufficient-injustice": (
        Statement(
            "The problem must have harmed the person enough to justify an investigation.",
            "injustice",
        ),
        Statement(
            "Annoyance or frustration was not enough.", "annoyed OR annoyance OR frustration"
        ),
    ),
    "no-worthwhile-outcome": (
        Statement(
            "The Ombudsman does not investigate if that would not lead to a different result.",
            "different outcome",
        ),
        Statement(
            "The Ombudsman cannot achieve everything people want: it does not award damages or "
            "dismiss staff.",
            "damages OR compensation OR dismissed OR disciplined",
        ),
    ),
    "nothing-to-add": (
        Statement(
            "Where the council has looked into the complaint fully, the Ombudsman may have nothing "
            "to add.",
            "add",
        ),
    ),
    "already-remedied": (
        Statement(
            "Where the council has already put things right, or agreed to, the Ombudsman may not "
            "go on.",
            "satisfied OR remedy OR action",
        ),
        Statement("An apology was part of what the council did.", "apologised OR apology"),
    ),
    "complaint-handling-only": (
        Statement(
            "The Ombudsman usually does not investigate only how a council dealt with a complaint.",
            "complaint handling",
        ),
    ),
}


def shown_statements(code: str) -> list[ShownStatement]:
    """The statements about a reason that decisions in the archive show, with their counts."""
    statements = STATEMENTS[code]
    unknown: Sequence[int | None] = (None,) * len(statements)
    counts = search.query_index(lambda store: _counts(store.commit(), code), default=unknown)
    return list(_shown(code, statements, counts))


@lru_cache(maxsize=len(STATEMENTS))
def _counts(commit: Hashable, code: str) -> Sequence[int | None]:
    """How many decisions show each statement, cached until the index's next commit.

    Raises IndexUnavailable, so that nothing is cached while the index is unavailable.
    """
    queries = [statement.search_query(code) for statement in STATEMENTS[code]]
    counts = search.count(queries)
    if counts is None:
        raise search.IndexUnavailable("The index became unavailable while statements were counted")
    return counts


def _shown(
    code: str, statements: Sequence[Statement], counts: Sequence[int | None]
) -> Iterator[ShownStatement]:
    for statement, count in zip(statements, counts, strict=True):
        if count != 0:
            query = search_parameters(statement.search_query(code))
            yield ShownStatement(statement.text, query, count)
