"""`make accuracy TEXTS=DIR`: precision and recall of analysis on decisions labelled by a person."""

import argparse
from pathlib import Path

from tests.tools.accuracy.labels import LABELS, read_labels
from tests.tools.accuracy.report import report


def main() -> None:
    """Read the command line and print the report."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.accuracy", description=__doc__)
    parser.add_argument("texts", type=Path, help="a directory with one 21-019-030.txt per label")
    parser.add_argument("--labels", type=Path, default=LABELS, help="another file of labels")
    parser.add_argument("--half", help="only these: “tuned” or “tuned, round 4”, for example")
    parser.add_argument("--totals", action="store_true", help="list no difference by reference")
    options = parser.parse_args()
    if not options.texts.is_dir():
        parser.error(f"{options.texts} is no directory")
    labels = [one for one in read_labels(options.labels) if options.half in (None, one.half)]
    report(labels, options.texts, listed=not options.totals)


if __name__ == "__main__":
    main()
