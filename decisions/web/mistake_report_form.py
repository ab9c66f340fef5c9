"""The form that reports a mistake."""

import hashlib
import json
from typing import Any, ClassVar

from django import forms

from decisions.models import Decision, MistakeReport
from decisions.references import read_reference
from decisions.web.reader_form import ReaderForm

# Most characters of a report.
MAX_MESSAGE = 4_000


class _MessageField(forms.CharField):
    """A text whose line breaks count as one character each, as people count them."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\r\n", "\n") if value else value)


class MistakeReportForm(ReaderForm, forms.ModelForm):  # type: ignore[type-arg]
    """What a reader sends; `decision` is the decision of the reference, once that was cleaned."""

    stamp_salt = "decisions.mistake_report"
    not_sent = "Your report was not sent"

    reference = forms.CharField(
        label="Reference of the decision (optional)",
        max_length=40,
        required=False,
        help_text="For example, 21 019 030. Leave it empty if your report is not about one"
        " decision.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "max_length": "This is too long for a reference. A reference looks like 21 019 030."
        },
    )
    kind = forms.ChoiceField(
        label="What is it about?",
        choices=MistakeReport.Kind,
        widget=forms.RadioSelect,
        help_text="If someone can be recognised, your report is marked urgent: staff read it"
        " first, and can take the decision down while they look into it.",
        error_messages={"required": "Choose what your report is about."},
    )
    message = _MessageField(
        label="What is wrong?",
        max_length=MAX_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=f"Quote the words or the paragraph’s number. At most {MAX_MESSAGE:,} characters."
        " Please do not write down the real name of anyone in a decision.",
        error_messages={
            "required": "Write what is wrong.",
            "max_length": f"“What is wrong?” must have {MAX_MESSAGE:,} characters or fewer. What"
            " you wrote has %(show_value)d.",
        },
    )
    contact = forms.EmailField(
        label="Your e-mail address (optional)",
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Give it only if you would like an answer. We delete it when we have dealt with"
        " your report.",
        error_messages={
            "invalid": "Your e-mail address should look like name@example.org. You may also leave"
            " it empty.",
            "max_length": "This is too long for an e-mail address.",
        },
    )

    class Meta:
        model = MistakeReport
        fields: ClassVar[list[str]] = ["reference", "kind", "message", "contact"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.decision: Decision | None = None
        # `maxlength` would cut off what is pasted, without a word.
        for name in ("reference", "message", "contact"):
            self.fields[name].widget.attrs.pop("maxlength", None)

    def clean_reference(self) -> str:
        written = str(self.cleaned_data["reference"])
        if not written:
            return ""
        reference = read_reference(written)
        if reference is None:
            raise forms.ValidationError(
                f"“{written}” is not a reference. A reference looks like 21 019 030."
            )
        self.decision = Decision.objects.find(reference)
        if self.decision is None:
            raise forms.ValidationError(
                f"There is no decision {reference} in this archive. Correct the reference, or leave"
                " it empty."
            )
        return self.decision.reference

    def content_key(self) -> str:
        """A hash of what was written; the same for a report that is sent twice."""
        content = json.dumps([self.cleaned_data[name] for name in self.Meta.fields])
        return hashlib.sha256(content.encode()).hexdigest()
