"""The Ombudsman's terms and this archive's own, in plain English, for the glossary page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A term, what it means, and the text and named view of a page that shows more, if any."""

    name: str
    meaning: str
    link_text: str = ""
    view: str = ""


# The terms by the fragment of their address (`/glossary/#fault`), in alphabetical order.
TERMS = {
    "assessment": Term(
        "Assessment",
        "The Ombudsman’s first look at a complaint, to decide whether to investigate it. Many "
        "complaints end here: see “closed after initial enquiries”.",
    ),
    "capture": Term(
        "Capture",
        "A copy of a decision in one file, made at one time. The archive keeps every capture that "
        "is different, and shows the newest. The history of a decision compares them.",
    ),
    "closed-after-initial-enquiries": Term(
        "Closed after initial enquiries",
        "The Ombudsman asked some questions and decided not to investigate, or not to continue. "
        "It does not mean that the council did nothing wrong. The decision says why, and this "
        "archive names the reasons.",
        "Why complaints are closed",
        "decisions:reasons",
    ),
    "closure-reason": Term(
        "Closure reason",
        "Why a complaint was closed without an investigation, for example because it was late. "
        "This archive reads it from the decision and shows the sentence that gives it.",
        "All reasons",
        "decisions:reasons",
    ),
    "deadline": Term(
        "Deadline",
        "The day by which a council agreed to do something. This archive shows it if the "
        "decision gives it, for example “within one month of the final decision”.",
    ),
    "fault": Term(
        "Fault",
        "Something a council did wrong, did too late or failed to do. The law’s own words are "
        "“maladministration” and “service failure”.",
    ),
    "final-decision": Term(
        "Final decision",
        "The last section of a decision. It says how the complaint ended.",
    ),
    "injustice": Term(
        "Injustice",
        "The harm that fault caused to a person: money or a service lost, distress, or time and "
        "trouble. Fault without injustice usually leads to no remedy.",
    ),
    "investigation": Term(
        "Investigation",
        "A full look at a complaint. It ends with “upheld” or “not upheld”.",
    ),
    "jurisdiction": Term(
        "Jurisdiction",
        "What the law lets the Ombudsman investigate. Some matters are outside it, for "
        "example what happens inside schools and a council’s dealings with its own staff.",
        "Can I complain?",
        "decisions:can-i-complain",
    ),
    "median": Term(
        "Median",
        "The middle value: half of the payments are as large or smaller, half are as large or "
        "larger. One very large payment hardly changes it. The “middle half” leaves out the "
        "smallest quarter and the largest quarter of the payments.",
    ),
    "not-upheld": Term(
        "Not upheld",
        "The Ombudsman investigated and found no fault, or ended the investigation without finding "
        "fault.",
    ),
    "outcome": Term(
        "Outcome",
        "How a complaint ended, in the Ombudsman’s words: upheld, not upheld, or closed after "
        "initial enquiries. Older decisions use other words too.",
    ),
    "payment": Term(
        "Payment recommended",
        "A sum of money that the Ombudsman recommended or the council agreed to pay, added up for "
        "each decision. The archive does not know whether it was paid.",
    ),
    "premature": Term(
        "Premature complaint",
        "A complaint that reached the Ombudsman before the council had its chance to reply.",
    ),
    "provision": Term(
        "Provision",
        "A section of an Act, a paragraph of a schedule, or a regulation that a decision cites.",
        "Law cited",
        "decisions:laws",
    ),
    "reference": Term(
        "Reference",
        "The Ombudsman’s number for a complaint, such as 21 019 030. The first two digits are the "
        "year in which the complaint came in.",
    ),
    "remedy": Term(
        "Remedy",
        "What a council is asked to do to put things right: apologise, pay, decide again, train "
        "its staff, change how it works. The Ombudsman can recommend a remedy but cannot order it.",
    ),
    "report": Term(
        "Report",
        "A long decision, published because it is of public interest. Most decisions are shorter "
        "“statements”.",
    ),
    "standard-paragraph": Term(
        "Standard paragraph",
        "A paragraph that many decisions share word for word, such as what the Ombudsman "
        "may look at. The page folds it away, and a search leaves it out unless you ask for it.",
        "How to search",
        "decisions:help",
    ),
    "upheld": Term(
        "Upheld",
        "The Ombudsman found fault, or the council had accepted that something went wrong.",
    ),
    "uphold-rate": Term(
        "Uphold rate",
        "The share of the investigated complaints that were upheld. Complaints closed after "
        "initial enquiries do not count. The 95% interval shows how far chance alone may have "
        "moved the rate: it is wide if few complaints were investigated.",
    ),
}
