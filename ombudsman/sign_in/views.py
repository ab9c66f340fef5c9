"""The pages of the second factor: set it up at the first sign-in, give a code at each later one."""

import logging
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django_otp import login as verify_session
from django_otp.models import Device

from ombudsman.sign_in import devices
from ombudsman.sign_in.log import log_second_factor
from ombudsman.sign_in.own_sessions import end_oldest

log = logging.getLogger(__name__)

WRONG_CODE = (
    "That code is not right, or was used already. Wait for the next one, and check the clock of the"
    " device that shows it. After several wrong codes, wait a minute."
)


class CodeForm(forms.Form):
    """A code of the user's program, or a recovery code."""

    code = forms.CharField(
        label="Code",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )


def is_staff(request: HttpRequest) -> bool:
    """Whether the password of an active member of staff was given in this session."""
    return bool(request.user.is_active and request.user.is_staff)


@never_cache
@csrf_protect
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for a code; let the user set up a program for codes first, if none is."""
    user = request.user
    if not is_staff(request) or not isinstance(user, User):
        return HttpResponseRedirect(f"{reverse('admin:login')}?{request.GET.urlencode()}")
    if user.is_verified():  # type: ignore[attr-defined]
        return HttpResponseRedirect(_next_address(request))
    device = devices.confirmed_device(user)
    form = CodeForm(request.POST or None)
    if device is None:
        return _set_up(request, user, form)
    if request.method == "POST" and form.is_valid():
        if verified := devices.verify(user, form.cleaned_data["code"]):
            _let_in(request, verified)
            return HttpResponseRedirect(_next_address(request))
        form.add_error("code", WRONG_CODE)
        log_second_factor(request, succeeded=False)
    return _page(request, "code.html", "Enter a code", form=form)


def _set_up(request: HttpRequest, user: User, form: CodeForm) -> HttpResponse:
    device = devices.new_device(user)
    if request.method == "POST" and form.is_valid():
        codes = devices.confirm(device, form.cleaned_data["code"])
        if codes is not None:
            _let_in(request, device)
            address = _next_address(request)
            return _page(
                request, "recovery_codes.html", "Recovery codes", codes=codes, next=address
            )
        form.add_error("code", WRONG_CODE)
        log_second_factor(request, succeeded=False)
    return _page(
        request,
        "set_up.html",
        "Set up your second factor",
        form=form,
        qr_code=devices.qr_code(device),
        secret=devices.secret_in_words(device),
    )


def _let_in(request: HttpRequest, device: Device) -> None:
    request.session.cycle_key()
    verify_session(request, device)
    end_oldest(device.user, request.session.session_key)
    log_second_factor(request, succeeded=True)


def _next_address(request: HttpRequest) -> str:
    address = request.GET.get(REDIRECT_FIELD_NAME, "")
    is_ours = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else reverse("admin:index")


def _page(request: HttpRequest, template: str, title: str, **values: Any) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": title,
        "user_name": request.user.get_username(),
        **values,
    }
    return TemplateResponse(request, f"admin/sign_in/{template}", context)
