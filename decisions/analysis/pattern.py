"""The Pattern type: words with one meaning, found by how their first word begins."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words with one meaning.

    `meaning` is a key of `remedies.REMEDIES` in ACTION_PATTERNS; in the other tables it says how
    the words commit ("agreed", "modal" …) or that they block. `stems` lists the beginnings of the
    first word; `rest` is a regular expression for the text after the stem. Only words that begin
    with a stem are tested, which makes the search fast. `example` is a sentence that matches.
    """

    meaning: str
    stems: str
    rest: str
    example: str
