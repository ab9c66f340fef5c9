"""Tells which files belong to a saved page: a browser saves them in a folder beside it.

"Save as … complete" of `Ambleford.html` makes `Ambleford_files/`. The pages, texts and JSON in it
belong to that page and are no decisions.
"""

from collections.abc import Collection, Iterator

_FOLDER = "_files"
# The extensions of pages beside which browsers make such a folder.
PAGES = (".html", ".htm", ".xhtml", ".shtml")


def is_folder(path: str, siblings: Collection[str]) -> bool:
    """Whether `path` is the folder of a page that is among `siblings`, given as paths like it."""
    if not path.endswith(_FOLDER):
        return False
    page = path.removesuffix(_FOLDER)
    return any(page + ending in siblings for ending in PAGES)


def is_companion(name: str, names: Collection[str]) -> bool:
    """Whether the member `name` of an archive lies in the folder of a page among `names`."""
    return any(is_folder(folder, names) for folder in _folders(name))


def _folders(name: str) -> Iterator[str]:
    """The folders that a member lies in: "a/b_files/c.txt" → "a", "a/b_files"."""
    at = name.find("/")
    while at >= 0:
        yield name[:at]
        at = name.find("/", at + 1)
