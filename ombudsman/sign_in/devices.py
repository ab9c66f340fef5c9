"""A user's second factor: a program that shows codes (TOTP, RFC 6238), and recovery codes.

A recovery code counts once. Only a keyed hash of it is stored.
"""

import base64
import secrets

import segno
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

# Recovery codes that a user gets; each has four groups of six characters. They have 118 bits
# together, so that a fast hash protects them, and none that looks like another.
RECOVERY_CODES = 10
_GROUPS, _GROUP_LENGTH = 4, 6
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"

# Bytes of the hash of a recovery code that are stored: 16 characters, as the column takes.
_HASH_BYTES = 12


def confirmed_device(user: AbstractBaseUser) -> TOTPDevice | None:
    """The program that shows the user's codes, if it was set up."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def new_device(user: AbstractBaseUser) -> TOTPDevice:
    """A device with a fresh secret that is not confirmed; the same one until it is."""
    device, _ = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "Codes"}
    )
    return device


def qr_code(device: TOTPDevice) -> str:
    """The picture that the user's program reads, as a `data:` address."""
    picture: str = segno.make(_address(device), error="m").svg_data_uri(scale=5, light="#fff")
    return picture


def secret_in_words(device: TOTPDevice) -> str:
    """The secret, for a program that reads no pictures, in groups of four characters."""
    secret = _address(device).partition("secret=")[2].partition("&")[0]
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def _address(device: TOTPDevice) -> str:
    address: str = device.config_url
    return address


def confirm(device: TOTPDevice, code: str) -> list[str] | None:
    """Confirm the device by its first code; returns the user's new recovery codes.

    None if the code is wrong.
    """
    with transaction.atomic():
        locked = TOTPDevice.objects.select_for_update().get(pk=device.pk)
        if locked.confirmed or not locked.verify_token(code):
            return None
        locked.confirmed = True
        locked.save()
        return _new_recovery_codes(locked.user)


def verify(user: AbstractBaseUser, code: str) -> Device | None:
    """The user's device that this code is of; None if there is none."""
    plain = "".join(code.split())
    with transaction.atomic():
        model, token = (
            (TOTPDevice, plain) if plain.isdecimal() else (StaticDevice, _hash(user, plain))
        )
        devices = model.objects.select_for_update().filter(user=user, confirmed=True)
        return next((device for device in devices if device.verify_token(token)), None)


def forget(user: AbstractBaseUser) -> int:
    """Delete the user's second factor, so that a new one must be set up; returns how many."""
    StaticDevice.objects.filter(user=user).delete()
    count: int = TOTPDevice.objects.filter(user=user).delete()[0]
    return count


def _new_recovery_codes(user: AbstractBaseUser) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="Recovery codes")
    codes = [" ".join(_random_group() for _ in range(_GROUPS)) for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(
        StaticToken(device=device, token=_hash(user, code)) for code in codes
    )
    return codes


def _random_group() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_LENGTH))


def _hash(user: AbstractBaseUser, code: str) -> str:
    text = f"{user.pk}:{''.join(code.split()).lower()}"
    digest = salted_hmac("ombudsman.recovery", text, settings.SECRET_KEY, algorithm="sha256")
    return base64.urlsafe_b64encode(digest.digest()[:_HASH_BYTES]).decode()
