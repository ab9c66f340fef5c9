"""The acts on decisions: each asks for a reason or a note on a page of its own, and is logged."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget

from decisions import stewardship
from decisions.models import Category, Council, Decision, DecisionQuerySet, Outcome, Reason
from decisions.references import read_reference


class ActForm(forms.Form):
    """A note for the audit log; `decision` is None where the act is on several."""

    note = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text="For the audit log. Readers do not see it. Write no name that is to go.",
    )

    def __init__(self, *args: Any, decision: Decision | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.decision = decision


class ReasonForm(ActForm):
    """A reason, and a note if there is more to say."""

    reason = forms.ChoiceField(choices=[("", "Choose one"), *Reason.choices])
    field_order = ["reason", "note"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["note"].required = False


class CorrectForm(ActForm):
    """The four fields as they are now; what is changed is corrected."""

    council = forms.ModelChoiceField(
        Council.objects.all(), required=False, empty_label="Not stated"
    )
    category = forms.ModelChoiceField(
        Category.objects.select_related("parent"), required=False, empty_label="Not stated"
    )
    outcome = forms.ModelChoiceField(
        Outcome.objects.all(), required=False, empty_label="Not stated"
    )
    decided_on = forms.DateField(label="Date", required=False, widget=AdminDateWidget)
    field_order = [*Decision.CORRECTABLE, "note"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in Decision.CORRECTABLE:
            self.fields[name].initial = getattr(self.decision, name)


class RemoveCorrectionsForm(ActForm):
    """Which corrections to take back."""

    corrected = forms.MultipleChoiceField(
        label="Take back", widget=forms.CheckboxSelectMultiple, choices=()
    )
    field_order = ["corrected", "note"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        corrections = self.decision.corrections if self.decision else []
        self.fields["corrected"].choices = [  # type: ignore[attr-defined]
            (name, f"{Decision.CORRECTABLE[name].capitalize()}: the file states {key or 'nothing'}")
            for name, key in corrections
        ]


class RedactForm(ReasonForm):
    """The words, one name or phrase a line."""

    words = forms.CharField(
        label="Words to redact",
        widget=forms.Textarea(attrs={"rows": 5, "cols": 60}),
        help_text="One name or phrase a line, as it stands in the text. Capitals, blanks and"
        " hyphens do not matter. Part of a longer word is left as it is.",
    )
    field_order = ["words", "reason", "note"]


class ConfirmErasureForm(ActForm):
    """The reference, typed: nobody erases a decision by a slip of the hand."""

    reference = forms.CharField(help_text="Type the reference of the decision.")
    field_order = ["reference", "note"]

    def clean_reference(self) -> str:
        reference: str = self.cleaned_data["reference"]
        if self.decision is None or read_reference(reference) != self.decision.reference:
            raise forms.ValidationError("This is not the reference of this decision.")
        return reference


@dataclass(frozen=True)
class Act:
    """One act. `perform` returns what the page then says, and raises one of `ERRORS`.

    `permission` is a permission of the app, and `applies` says for which decisions it makes sense.
    """

    name: str
    label: str
    permission: str
    form: type[ActForm]
    explanation: str
    applies: Callable[[Decision], bool]
    perform: Callable[[DecisionQuerySet, Any, dict[str, Any]], str]

    def is_allowed(self, user: Any) -> bool:
        """Whether the user may do it."""
        return bool(user.has_perm(f"decisions.{self.permission}"))


ERRORS = (
    stewardship.CorrectionError,
    stewardship.ErasureError,
    stewardship.RedactionError,
)


def _withdraw(decisions: DecisionQuerySet, user: Any, given: dict[str, Any]) -> str:
    count = stewardship.withdraw(decisions, user, given["reason"], given["note"])
    return f"{count:,} withdrawn: readers no longer see, find or count {_them(count)}."


def _restore(decisions: DecisionQuerySet, user: Any, given: dict[str, Any]) -> str:
    count = stewardship.restore(decisions, user, given["note"])
    return f"{count:,} restored: readers see {_them(count)} again."


def _them(count: int) -> str:
    return "it" if count == 1 else "them"


def _correct(decisions: DecisionQuerySet, user: Any, given: dict[str, Any]) -> str:
    values = {name: given[name] for name in Decision.CORRECTABLE}
    corrected = stewardship.correct(decisions.get(), values, user, given["note"])
    return f"Corrected: {', '.join(Decision.CORRECTABLE[name] for name in corrected)}."


def _remove_corrections(decisions: DecisionQuerySet, user: Any, given: dict[str, Any]) -> str:
    stewardship.remove_corrections(decisions.get(), given["corrected"], user, given["note"])
    return "The decision has what its file states again."


def _redact(decisions: DecisionQuerySet, user: Any, given: dict[str, Any]) -> str:
    words = given["words"].splitlines()
    marks = stewardship.redact(decisions.get(), words, user, given["reason"], given["note"])
    return f"Redacted: the text has {marks:,} mark{'' if marks == 1 else 's'} now."


def _remove_redaction(decisions: DecisionQuerySet, user: Any, given: dict[str, Any]) -> str:
    stewardship.remove_redaction(decisions.get(), user, given["note"])
    return "Readers see all words of the decision again."


def _request_erasure(decisions: DecisionQuerySet, user: Any, given: dict[str, Any]) -> str:
    stewardship.request_erasure(decisions.get(), user, given["reason"], given["note"])
    return "Nothing is erased yet: another administrator has to confirm it."


def _confirm_erasure(decisions: DecisionQuerySet, user: Any, given: dict[str, Any]) -> str:
    request = decisions.get().erasure_request
    return stewardship.confirm_erasure(request, user, given["note"]).in_words


def _cancel_erasure(decisions: DecisionQuerySet, user: Any, given: dict[str, Any]) -> str:
    stewardship.cancel_erasure(decisions.get().erasure_request, user, given["note"])
    return "The decision is not erased."


def _is_published(decision: Decision) -> bool:
    return decision.withdrawn_at is None


def _has_request(decision: Decision) -> bool:
    return hasattr(decision, "erasure_request")


WITHDRAW = Act(
    "withdraw", "Withdraw", "withdraw_decision", ReasonForm,
    "Readers no longer see, find or count what is withdrawn. Its page says only that it was"
    " withdrawn. Nothing is deleted.",
    _is_published, _withdraw,
)  # fmt: skip
RESTORE = Act(
    "restore", "Restore", "withdraw_decision", ActForm,
    "Readers see what is restored again.",
    lambda decision: not _is_published(decision), _restore,
)  # fmt: skip

# In the order in which a decision's page offers them.
ACTS = (
    WITHDRAW,
    RESTORE,
    Act(
        "correct", "Correct", "correct_decision", CorrectForm,
        "Change what is wrong. Later files do not change it back, and the decision’s page says what"
        " its file states.",
        lambda decision: True, _correct,
    ),
    Act(
        "uncorrect", "Take back corrections", "correct_decision", RemoveCorrectionsForm,
        "The decision has what its file states again.",
        lambda decision: bool(decision.stated), _remove_corrections,
    ),
    Act(
        "redact", "Redact", "redact_decision", RedactForm,
        "Readers and programs get “[redacted]” in place of the words: on pages, in searches, files,"
        " feeds and dumps, and in earlier and later versions. The received files are sealed: only"
        " administrators can read them.",
        lambda decision: True, _redact,
    ),
    Act(
        "unredact", "Remove the redaction", "unseal_decision", ActForm,
        "Readers see all words of the decision again.",
        lambda decision: decision.sealed is not None, _remove_redaction,
    ),
    Act(
        "erase", "Ask to erase", "erase_decision", ReasonForm,
        "Once another administrator has confirmed it, the decision, its files and all that was"
        " found in it are gone for good. Its page says when and why. Files of it are refused.",
        lambda decision: not _has_request(decision), _request_erasure,
    ),
    Act(
        "confirm-erasure", "Erase for good", "erase_decision", ConfirmErasureForm,
        "The decision, its files and all that was found in it are gone for good. There is no undo."
        " Backups lose it when they expire.",
        _has_request, _confirm_erasure,
    ),
    Act(
        "cancel-erasure", "Do not erase", "erase_decision", ActForm,
        "The request to erase this decision is dropped.",
        _has_request, _cancel_erasure,
    ),
)  # fmt: skip
ACTS_BY_NAME = {act.name: act for act in ACTS}
