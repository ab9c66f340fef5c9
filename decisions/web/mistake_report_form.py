"""The form that reports a mistake: its fields, and what tells people from programs.

It needs no cookie. The page puts a signed time into the form (`stamp`), which says how long it was
open. A second field is hidden from people, and programs fill it in. Whoever is refused sees the
form again with what they wrote.
"""

import hashlib
import json
import secrets
from typing import Any, ClassVar

from django import forms
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from decisions.models import Decision, MistakeReport
from decisions.references import read_reference

# Most characters of a report.
MAX_MESSAGE = 4_000

# Seconds that the form must have been open: programs are faster.
MIN_SECONDS_OPEN = 2

# Seconds that the form may have been open.
MAX_SECONDS_OPEN = 24 * 3600

_SEND_AGAIN = "What you wrote is still here. Send it again."


class _MessageField(forms.CharField):
    """A text whose line breaks count as one character each, as people count them."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\r\n", "\n") if value else value)


class MistakeReportForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a reader sends; `decision` is the decision of the reference, once that was cleaned."""

    use_required_attribute = False

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
    # Hidden from people. Its name makes programs fill it in.
    website = forms.CharField(
        label="Leave this field empty",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = MistakeReport
        fields: ClassVar[list[str]] = ["reference", "kind", "message", "contact"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.decision: Decision | None = None
        self._stamp_is_good = False
        # `maxlength` would cut off what is pasted, without a word.
        for name in ("reference", "message", "contact"):
            self.fields[name].widget.attrs.pop("maxlength", None)

    @property
    def next_stamp(self) -> str:
        """The stamp for the form that is shown: the one that was sent, while it is good."""
        if self._stamp_is_good:
            return str(self.data["stamp"])
        return _signer().sign(secrets.token_urlsafe(12))

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

    def clean(self) -> dict[str, Any]:
        """Refuse what only programs send; every refusal leaves the reader's words in the form.

        Nobody is told so beside an error of a field: the form is sent again in any case.
        """
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        refusal = _stamp_refusal(str(cleaned.get("stamp", "")))
        self._stamp_is_good = refusal is None
        if cleaned.get("website"):
            refusal = (
                "Your browser filled in a field that people do not see. We have emptied it."
                f" {_SEND_AGAIN}"
            )
        if refusal and not self.errors:
            self.add_error(None, refusal)
        return cleaned

    def content_key(self) -> str:
        """A hash of what was written; the same for a report that is sent twice."""
        content = json.dumps([self.cleaned_data[name] for name in self.Meta.fields])
        return hashlib.sha256(content.encode()).hexdigest()


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="decisions.mistake_report")


def _stamp_refusal(stamp: str) -> str | None:
    """Why a form with this stamp is refused; None if it is not."""
    try:
        _signer().unsign(stamp, max_age=MAX_SECONDS_OPEN)
    except SignatureExpired:
        return f"This form was open for more than a day. {_SEND_AGAIN}"
    except BadSignature:
        return f"This form did not come from our page. {_SEND_AGAIN}"
    try:
        _signer().unsign(stamp, max_age=MIN_SECONDS_OPEN)
    except SignatureExpired:
        return None
    return f"This form was sent faster than people can write. {_SEND_AGAIN}"
