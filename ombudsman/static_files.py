"""The addresses of static files."""

from functools import cached_property

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Whitenoise's storage, which computes the address of each file once: a page has nine."""

    def url(self, name: str, force: bool = False) -> str:
        """The address of a file, with the hash of its content in the name."""
        address = None if settings.DEBUG or force else self._addresses.get(name)
        if address is None:
            address = self._addresses[name] = str(super().url(name, force))
        return address

    @cached_property
    def _addresses(self) -> dict[str, str]:
        return {}
