"""The forms that make an alert: by e-mail, and to a webhook."""

from django import forms

from decisions.alerts import InvalidAddress, check_address
from decisions.models import Alert
from decisions.web.reader_form import ReaderForm

# How often, as a reader chooses it.
_FREQUENCIES = [
    (Alert.Frequency.DAILY, "Daily, in the morning"),
    (Alert.Frequency.WEEKLY, "Weekly, on Monday morning"),
]


class AlertForm(ReaderForm):
    """What both forms ask for."""

    stamp_salt = "decisions.alert"
    not_sent = "The alert was not made"

    frequency = forms.ChoiceField(
        label="How often?",
        choices=_FREQUENCIES,
        initial=Alert.Frequency.DAILY,
        widget=forms.RadioSelect,
        help_text="If nothing is new, nothing is sent.",
        error_messages={"required": "Choose how often.", "invalid_choice": "Choose how often."},
    )


class EmailAlertForm(AlertForm):
    """An alert by e-mail."""

    channel = Alert.Channel.EMAIL

    address = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="We send you one e-mail with a link. Nothing else follows until you confirm it"
        " there.",
        error_messages={
            "required": "Write your e-mail address.",
            "invalid": "Your e-mail address should look like name@example.org.",
            "max_length": "This is too long for an e-mail address.",
        },
    )
    field_order = ("address", "frequency")


class WebhookAlertForm(AlertForm):
    """An alert to a webhook."""

    channel = Alert.Channel.WEBHOOK

    address = forms.CharField(
        label="Address of your webhook",
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
        help_text="A web address that starts with https:// and takes POST requests.",
        error_messages={"required": "Write the address of your webhook."},
    )
    field_order = ("address", "frequency")

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"])
        try:
            check_address(address)
        except InvalidAddress as error:
            raise forms.ValidationError(str(error)) from None
        return address
