"""The browser of the tests: the Chromium that is installed, or else one that is fetched.

`python -m tests.browser` does this once before a run, and says what to install where it fails.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

# The headless shell is Chromium without the user interface of a browser, which Playwright prefers
# too: a page takes a third of the processor time in it.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)

FLAGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


WHAT_TO_DO = (
    "The browser tests need Chromium. Install it (on Debian: apt install chromium-headless-shell),"
    " or name its program in the variable CHROMIUM."
)


class NoBrowser(Exception):
    """There is no Chromium that starts; the message says what to do."""


def launch(playwright: Playwright) -> Browser:
    """Start a browser without a window. Raises NoBrowser."""
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    program = find(playwright)
    try:
        return playwright.chromium.launch(executable_path=program, args=flags)
    except Error as error:
        raise NoBrowser(f"{program} does not start:\n{error}\n{WHAT_TO_DO}") from error


def find(playwright: Playwright) -> Path:
    """The program of Chromium, fetched if none is installed. Raises NoBrowser."""
    if named := os.environ.get("CHROMIUM"):
        return Path(named)
    if found := installed():
        return found
    attempts = []
    if os.geteuid() == 0 and shutil.which("apt-get"):
        attempts.append(
            "apt-get update -qq && { apt-get install -qq -y chromium-headless-shell"
            " || apt-get install -qq -y chromium; }"
        )
    attempts.append(f"{sys.executable} -m playwright install chromium")
    said = ""
    for attempt in attempts:
        result = subprocess.run(
            attempt, shell=True, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        said += result.stdout + result.stderr
        own = Path(playwright.chromium.executable_path)
        if result.returncode == 0 and (found := installed() or (own if own.exists() else None)):
            return found
    raise NoBrowser(f"Chromium could not be fetched:\n{said}\n{WHAT_TO_DO}")


def installed() -> Path | None:
    """The Chromium or Chrome on PATH."""
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return None


def main() -> None:
    """Find, or fetch, a browser that starts; exit with one message where there is none."""
    with sync_playwright() as playwright:
        try:
            launch(playwright).close()
        except NoBrowser as error:
            sys.exit(str(error))


if __name__ == "__main__":
    main()
