"""Tells which files belong to a saved page: a browser saves them in a folder beside it.

"Save as … complete" of `Ambleford.html` makes `Ambleford_files/`. The pages, texts and JSON in it
belong to that page and are no decisions.
"""

import html
import re
from collections.abc import Collection, Iterator
from urllib.parse import unquote

_FOLDER = "_files"
# src="./Ambleford%20Council_files/logo.png?a=1"
_LINK = re.compile(
    rb"""["']([^"'<>]{1,500})_files/([^"'<>?#/\\]{1,255})(?=["'?#])""",
)
# The extensions of pages beside which browsers make such a folder.
PAGES = (".html", ".htm", ".xhtml", ".shtml", ".HTML", ".HTM")


def is_folder(path: str, siblings: Collection[str]) -> bool:
    """Whether `path` is the folder of a page that is among `siblings`, given as paths like it."""
    if not path.endswith(_FOLDER):
        return False
    page = path.removesuffix(_FOLDER)
    return any(page + ending in siblings for ending in PAGES)


def is_companion(name: str, names: Collection[str]) -> bool:
    """Whether the member `name` of an archive lies in the folder of a page among `names`."""
    return any(is_folder(folder, names) for folder in _folders(name))


def lies_in_folder(name: str) -> bool:
    """Whether the member `name` of an archive lies in a folder that may be that of a page."""
    return any(folder.endswith(_FOLDER) for folder in _folders(name))


def files_of_page(name: str, page: bytes) -> set[str]:
    """The names of the files in the folder of a saved page, as the page names them.

    `name` is that of the page: `Ambleford.html` shows `Ambleford_files/logo.png`.
    """
    stem = next((name.removesuffix(ending) for ending in PAGES if name.endswith(ending)), None)
    found = set()
    for match in _LINK.finditer(page):
        folder, file = (
            unquote(html.unescape(part.decode(errors="replace"))) for part in match.groups()
        )
        if folder.rpartition("/")[2] == stem:
            found.add(file)
    return found


def _folders(name: str) -> Iterator[str]:
    """The folders that a member lies in: "a/b_files/c.txt" → "a", "a/b_files"."""
    at = name.find("/")
    while at >= 0:
        yield name[:at]
        at = name.find("/", at + 1)
