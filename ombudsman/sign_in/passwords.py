"""A rule for new passwords that Django has not: none is made of words about this archive."""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

# Words that people who guess passwords of this archive try first, besides its own name.
WORDS = ("ombudsman", "decision", "archive", "lgsco", "complaint", "council", "password", "admin")

# Fewest letters that must be left of a password that has such words.
MIN_REST = 8


class NoWordsOfTheArchive:
    """Refuses a password that is little more than words about the archive, and numbers."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError if too little is left of the password."""
        words = {*WORDS, *re.findall(r"[a-z]{4,}", settings.ARCHIVE_NAME.lower())}
        longest_first = sorted(words, key=len, reverse=True)
        without_words = re.sub("|".join(longest_first), "", password.lower())
        rest = re.sub(r"[\W\d_]", "", without_words)
        if without_words != password.lower() and len(rest) < MIN_REST:
            raise ValidationError(self.get_help_text(), code="password_of_archive")

    def get_help_text(self) -> str:
        """What the pages for passwords say of the rule."""
        return "Your password can’t be made of words about this archive and numbers alone."
