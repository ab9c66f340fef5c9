"""`make relevance`: NDCG@10 of our search and of two baselines; `TUNE=1` tries weights first."""

import argparse
import logging
import os
import shutil

import django


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.tools.relevance", description=__doc__)
    parser.add_argument("--tune", action="store_true", help="try weights on the tuned half")
    parser.add_argument("--fresh-a", action="store_true", help="only print half a's single scores")
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    logging.disable(logging.INFO)

    from django.conf import settings
    from django.core.management import call_command

    from ombudsman.runtime import postgres

    try:
        call_command("migrate", verbosity=0)
        report(tune_first=options.tune, only_half_a=options.fresh_a)
    finally:
        postgres.cluster(settings.DATA_DIR, durable=False).stop()
        shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


def report(*, tune_first: bool, only_half_a: bool) -> None:
    from decisions.ingest import ingest_all
    from tests.tools.relevance.archive import sources
    from tests.tools.relevance.report import print_half_a, print_report
    from tests.tools.relevance.systems import baselines, ours
    from tests.tools.relevance.tuning import tune

    ingest_all(sources())
    if only_half_a:
        print_half_a(ours)
        return
    if tune_first:
        tune()
    print_report(ours, baselines())


if __name__ == "__main__":
    main()
