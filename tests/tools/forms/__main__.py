"""`python -m tests.tools.forms --count 200`: how many samples give the same record in each form.

A form whose program is not installed is named as such; every other one that falls below 199 of 200
makes the exit code 1.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.tools.forms.comparing import compare, write_pages
from tests.tools.forms.programs import MAKERS

# Share of the samples that must give the same record.
LEAST = 0.995


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.tools.forms", description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="samples in each form")
    parser.add_argument("--form", choices=MAKERS, action="append", help="only this one")
    options = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder, "pages")
        pages.mkdir()
        records = write_pages(options.count, pages)
        for number, form in enumerate(options.form or MAKERS):
            out = Path(folder, str(number))
            out.mkdir()
            started = time.monotonic()
            try:
                result = compare(records, MAKERS[form], pages, out)
            except (FileNotFoundError, subprocess.CalledProcessError) as error:
                print(f"{form:32} not made: {error}", flush=True)
                continue
            seconds = time.monotonic() - started
            print(
                f"{form:32} {result.alike:4} of {options.count} alike, {seconds:.0f} s", flush=True
            )
            for name, difference in list(result.differences.items())[:5]:
                print(f"    {Path(name).name}: {difference}")
            failed = failed or result.alike < LEAST * options.count
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
