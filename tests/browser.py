"""The browser of the tests: the Chromium that is there, or else one that is fetched."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

FLAGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class NoBrowser(Exception):
    pass


def launch(playwright: Playwright) -> Browser:
    """Start a browser without a window. Raises NoBrowser, saying what to do."""
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    return playwright.chromium.launch(executable_path=find(playwright), args=flags)


def find(playwright: Playwright) -> Path:
    if named := os.environ.get("CHROMIUM"):
        return Path(named)
    if found := installed():
        return found
    attempts = []
    if os.geteuid() == 0 and shutil.which("apt-get"):
        attempts.append("apt-get update -qq && apt-get install -qq -y chromium")
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
    raise NoBrowser(
        "The browser tests need Chromium: install it, or name its program in the variable"
        f" CHROMIUM. Fetching one failed:\n{said}"
    )


def installed() -> Path | None:
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return None
