"""The closure reasons by code, in the order in which readers see them. `rule` explains a rule."""

from decisions.analysis.closure_rules.courts import COURT_OR_TRIBUNAL_REMEDY
from decisions.analysis.closure_rules.fault import (
    INSUFFICIENT_EVIDENCE_OF_FAULT,
    INSUFFICIENT_INJUSTICE,
)
from decisions.analysis.closure_rules.handling import COMPLAINT_HANDLING_ONLY
from decisions.analysis.closure_rules.merits import NO_WORTHWHILE_OUTCOME, NOTHING_TO_ADD
from decisions.analysis.closure_rules.not_covered import NOT_ADMINISTRATIVE
from decisions.analysis.closure_rules.others import (
    BETTER_PLACED_BODY,
    NO_CONSENT,
    PREVIOUSLY_CONSIDERED,
    WITHDRAWN,
)
from decisions.analysis.closure_rules.outside import (
    ALL_INHABITANTS,
    CONTRACT,
    EMPLOYMENT,
    SCHOOLS,
    SOCIAL_LANDLORD,
)
from decisions.analysis.closure_rules.proceedings import COURT_PROCEEDINGS
from decisions.analysis.closure_rules.rule import ReasonDefinition
from decisions.analysis.closure_rules.settled import ALREADY_REMEDIED
from decisions.analysis.closure_rules.timing import LATE, PREMATURE

REASONS: dict[str, ReasonDefinition] = {
    reason.code: reason
    for reason in (
        LATE,
        COURT_OR_TRIBUNAL_REMEDY,
        COURT_PROCEEDINGS,
        BETTER_PLACED_BODY,
        NOTHING_TO_ADD,
        NO_WORTHWHILE_OUTCOME,
        INSUFFICIENT_EVIDENCE_OF_FAULT,
        INSUFFICIENT_INJUSTICE,
        ALREADY_REMEDIED,
        PREMATURE,
        SCHOOLS,
        SOCIAL_LANDLORD,
        EMPLOYMENT,
        CONTRACT,
        ALL_INHABITANTS,
        NOT_ADMINISTRATIVE,
        NO_CONSENT,
        COMPLAINT_HANDLING_ONLY,
        PREVIOUSLY_CONSIDERED,
        WITHDRAWN,
    )
}

__all__ = ["REASONS", "ReasonDefinition"]
