"""`make contact-sheet`: every type of page as people see it, side by side, to be looked at.

OUT=.contact-sheet is where the pictures go, and `index.html`, which shows them all; FULL=1 takes
whole pages instead of first screens.
"""

import os
import tempfile
from html import escape
from pathlib import Path
from typing import Any

import django
from playwright.sync_api import sync_playwright

from tests import browser
from tests.page_types import PAGES, sample_archive

OUT = Path(os.environ.get("OUT") or ".contact-sheet")
FULL = bool(os.environ.get("FULL"))

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True}
TABLET: dict[str, Any] = {"viewport": {"width": 820, "height": 1180}, "is_mobile": True}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PAPER: dict[str, Any] = {"viewport": {"width": 794, "height": 1123}}  # A4 at 96 dots an inch

VIEWS = {
    "phone light": PHONE | {"color_scheme": "light"},
    "phone dark": PHONE | {"color_scheme": "dark"},
    "tablet": TABLET,
    "desktop light": DESKTOP | {"color_scheme": "light"},
    "desktop dark": DESKTOP | {"color_scheme": "dark"},
    "paper": PAPER,
}

SHEET = """<!doctype html><html lang="en"><title>Contact sheet</title><style>
body {{ font: 14px/1.4 sans-serif; margin: 1rem; background: #777; color: #fff }}
div {{ display: flex; gap: 1rem; align-items: flex-start }}
img {{ max-height: 26rem; border: 1px solid #000 }}
</style>{rows}</html>"""


def main() -> None:
    django.setup()
    OUT.mkdir(parents=True, exist_ok=True)
    rows = []
    with (
        tempfile.TemporaryDirectory(prefix="contact-sheet-") as directory,
        sync_playwright() as playwright,
    ):
        root = Path(directory)
        root.chmod(0o711)  # as root, the database runs as another user, who must be able to pass
        data = root / "data"
        chromium = browser.launch(playwright)
        with sample_archive(data, root / "log", count=600) as archive:
            for page_type in PAGES:
                pictures = []
                for view, options in VIEWS.items():
                    context = chromium.new_context(base_url=archive.url, **options)
                    page = context.new_page()
                    if view == "paper":
                        page.emulate_media(media="print")
                    archive.visit(page, page_type)
                    name = f"{page_type}, {view}.png".replace(" ", "-").replace(",", "")
                    page.screenshot(path=OUT / name, full_page=FULL)
                    context.close()
                    pictures.append(f'<a href="{name}"><img src="{name}" alt="{escape(view)}"></a>')
                rows.append(f"<h2>{escape(page_type)}</h2><div>{''.join(pictures)}</div>")
                print(page_type, flush=True)
    (OUT / "index.html").write_text(SHEET.format(rows="\n".join(rows)))
    print(f"{OUT / 'index.html'} shows them all.")


if __name__ == "__main__":
    main()
