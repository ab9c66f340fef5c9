"""What every form for readers has that tells people from programs, without a cookie.

The page puts a signed time into the form (`stamp`), which says how long it was open. A second field
is hidden from people, and programs fill it in. Whoever is refused sees the form again with what
they wrote.
"""

import secrets
from typing import Any

from django import forms
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

# Seconds that the form must have been open: programs are faster.
MIN_SECONDS_OPEN = 2

# Seconds that the form may have been open.
MAX_SECONDS_OPEN = 24 * 3600

_SEND_AGAIN = "What you wrote is still here. Send it again."


class ReaderForm(forms.Form):
    """A form that anybody may send; `stamp_salt` differs for each, `not_sent` heads its errors."""

    use_required_attribute = False
    stamp_salt: str
    not_sent: str

    # Hidden from people. Its name makes programs fill it in.
    website = forms.CharField(
        label="Leave this field empty",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._stamp_is_good = False

    @property
    def next_stamp(self) -> str:
        """The stamp for the form that is shown: the one that was sent, while it is good."""
        if self._stamp_is_good:
            return str(self.data["stamp"])
        return self._signer.sign(secrets.token_urlsafe(12))

    def clean(self) -> dict[str, Any]:
        """Refuse what only programs send; every refusal leaves the reader's words in the form.

        Nobody is told so beside an error of a field: the form is sent again in any case.
        """
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        refusal = self._stamp_refusal(str(cleaned.get("stamp", "")))
        self._stamp_is_good = refusal is None
        if cleaned.get("website"):
            refusal = (
                "Your browser filled in a field that people do not see. We have emptied it."
                f" {_SEND_AGAIN}"
            )
        if refusal and not self.errors:
            self.add_error(None, refusal)
        return cleaned

    @property
    def _signer(self) -> TimestampSigner:
        return TimestampSigner(salt=self.stamp_salt)

    def _stamp_refusal(self, stamp: str) -> str | None:
        """Why a form with this stamp is refused; None if it is not."""
        try:
            self._signer.unsign(stamp, max_age=MAX_SECONDS_OPEN)
        except SignatureExpired:
            return f"This form was open for more than a day. {_SEND_AGAIN}"
        except BadSignature:
            return f"This form did not come from our page. {_SEND_AGAIN}"
        try:
            self._signer.unsign(stamp, max_age=MIN_SECONDS_OPEN)
        except SignatureExpired:
            return None
        return f"This form was sent faster than people can write. {_SEND_AGAIN}"
