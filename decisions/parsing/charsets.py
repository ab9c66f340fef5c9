"""Tells Windows-1252 from Mac Roman and the charset of DOS by what stands around each character.

    bytes                 Windows-1252        Mac Roman        DOS (code page 850)
    Council\\xd5s          CouncilÕs           Council’s        Councilıs
    \\x9c150               œ150                ú150             £150

A character fits if it stands where English puts it: an apostrophe in or after a word, a pound sign
before a figure. It is misplaced if it cannot be meant: a capital after a small letter.
Signs tell more than letters, since foreign names hold any letter.
"""

import re
from dataclasses import dataclass

# Length of the beginning of a file that is judged, in bytes, so that no file takes long.
_MAX_JUDGED = 200_000
# Share of the characters beyond ASCII that must fit in another charset; none may be misplaced.
_FITTING_SHARE = 0.9

_OTHER_CHARSETS = ("mac_roman", "cp850")

_CAPITALS = "À-ÖØ-ÞŠŒŽŸ"
_SMALL = "à-öø-ÿšœž"
_FITTING_SIGN = re.compile(
    r"""(?=[^\x00-\x7f])(?:
      £(?=\s?\d) | §(?=\s?\d) | \xa0 | [©®™°²³]
    | (?<=[A-Za-z])’(?=[a-z\s.,;:!?)\]”]|\Z) | (?<![A-Za-z0-9])‘(?=[A-Za-z])
    | (?<![A-Za-z0-9])“(?=[A-Za-z0-9£‘(\[…]) | (?<=[A-Za-z0-9.,;:!?%)\]’…])”(?![A-Za-z0-9])
    | (?<=[\s\d])[–—](?=[\s\d]) | (?<=[a-z])[–—](?=[a-z\s])
    | [•·](?=\s) | (?<=[A-Za-z\s“\[])… | (?<![A-Za-z])[½¼¾](?![a-z]{2})
    )""",
    re.VERBOSE,
)
_FITTING_LETTER = re.compile(
    rf"""(?=[^\x00-\x7f])(?:
      (?<=[A-Za-z])[{_SMALL}](?=[a-z\s.,;:'’)-]|\Z) | (?<![A-Za-z\d])[{_CAPITALS}](?=[a-z]{{2}})
    )""",
    re.VERBOSE,
)
_MISPLACED = re.compile(
    rf"""(?=[^\x00-\x7f])(?:
      (?<=[a-z])[{_CAPITALS}] | [{_CAPITALS}{_SMALL}](?=\d)
    | (?<![^\s(])(?![àÀ])[{_CAPITALS}{_SMALL}](?![^\s).,])
    | (?<=[A-Za-z])[¤¢¥£¡¿†‡‰ƒˆ‹›](?=[a-z]) | (?<=[A-Za-z])[‚„](?=[a-z\s]|\Z)
    | (?<=[a-z])[“”](?=[a-z]) | ¥(?=\s) | ¤(?=\s?\d) | (?<=\d)[«¬]
    | [\x80-\x9f\ufffd]
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class _Judged:
    """What a charset makes of the bytes: the positions of characters beyond ASCII."""

    text: str
    count: int
    signs: frozenset[int]  # that fit
    letters: frozenset[int]  # that fit
    misplaced: tuple[int, ...]


def find_charset(data: bytes) -> tuple[str, list[str]]:
    """The charset of bytes that are no UTF-8, and the characters that are misplaced in it.

    Another charset than Windows-1252 is found only if it is certain: Windows-1252 misplaces more
    characters than it has signs that fit in it alone, and the other charset fits nearly everywhere.
    """
    data = data[:_MAX_JUDGED]
    windows = _judge(data, "cp1252")
    if not windows.misplaced:
        return "cp1252", []
    certain = []
    for charset in _OTHER_CHARSETS:
        other = _judge(data, charset)
        if (
            not other.misplaced
            and len(other.signs | other.letters) >= _FITTING_SHARE * other.count
            and len(windows.misplaced) > len(windows.signs - other.signs)
        ):
            certain.append(charset)
    if len(certain) == 1:
        return certain[0], []
    return "cp1252", [windows.text[at] for at in windows.misplaced if windows.text[at] != "\ufffd"]


def _judge(data: bytes, charset: str) -> _Judged:
    text = data.decode(charset, errors="replace")
    return _Judged(
        text,
        len(data.translate(None, bytes(range(0x80)))),
        frozenset(match.start() for match in _FITTING_SIGN.finditer(text)),
        frozenset(match.start() for match in _FITTING_LETTER.finditer(text)),
        tuple(match.start() for match in _MISPLACED.finditer(text)),
    )
