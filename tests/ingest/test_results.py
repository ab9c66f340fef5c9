"""The report of an import counts everything, and names what needs a look."""

from decisions.ingest import Action, Report, Result
from decisions.ingest.results import MAX_NAMED


def test_a_report_names_failures_and_the_first_files_that_were_skipped() -> None:
    report = Report()
    report.add(Result("a.txt", Action.CREATED))
    report.add(Result("b.txt", Action.FAILED, "empty"))
    for number in range(MAX_NAMED + 2):
        report.add(Result(f"{number}.png", Action.SKIPPED))
    assert str(report) == "1 created, 0 updated, 0 unchanged, 102 skipped, 1 failed"
    assert report.to_json() == {
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "skipped": 102,
        "failed": 1,
        "failures": [{"name": "b.txt", "reason": "empty"}],
        "skipped_files": [f"{number}.png" for number in range(100)],
    }


def test_older_captures_are_counted_where_there_are_any() -> None:
    report = Report()
    report.add(Result("a.txt", Action.OLDER))
    assert str(report) == "0 created, 0 updated, 1 older, 0 unchanged, 0 skipped, 0 failed"
