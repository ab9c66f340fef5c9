"""Every worked example is run as the page shows it, against a running site."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import duckdb
import openpyxl
import pytest
from bs4 import BeautifulSoup

from decisions.web.examples import EXAMPLES
from tests.page_types import Archive

# Only these are for people.
BY_HAND = {"sheets"}


@pytest.fixture(scope="module")
def shown(samples: Archive) -> dict[str, str]:
    """The code of each example, as the page shows it."""
    with urlopen(f"{samples.url}/examples/") as answer:
        page = BeautifulSoup(answer.read(), "lxml")
    found = {section.h2["id"]: section.pre.get_text() for section in page.select("main section")}
    assert found.keys() == {example.name for example in EXAMPLES}
    assert all(samples.url in code for name, code in found.items() if name != "duckdb")
    return found


def run(command: list[str], folder: Path, code: str | None = None) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        input=code,
        env={**os.environ, "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def upheld(samples: Archive) -> int:
    with urlopen(f"{samples.url}/decisions/export.jsonl?outcome=upheld") as answer:
        return len(answer.read().splitlines())


@pytest.mark.program("curl")
def test_the_shell_and_then_sql(samples, shown, tmp_path):
    printed = run(["sh", "-e"], tmp_path, shown["curl"])
    assert printed.removeprefix("\ufeff").startswith("reference,council,")
    assert len(printed.splitlines()) == 3
    assert '"total"' in run(["sh", "-e"], tmp_path, shown["jq"])
    assert (tmp_path / "facets.json").read_text().startswith("{")
    code = shown["duckdb"].replace("'upheld.csv'", f"'{tmp_path / 'upheld.csv'}'")
    rows = duckdb.sql(code).fetchall()
    assert 0 < len(rows) <= 5
    assert sum(row[1] for row in rows) <= upheld(samples)


def test_python(samples, shown, tmp_path):
    assert "median" in run([sys.executable, "-"], tmp_path, shown["pandas"])
    count, of, total = run([sys.executable, "-"], tmp_path, shown["pages"]).split()
    assert (count, of) == (total, "of")
    assert int(count) > 50


@pytest.mark.program("Rscript")
def test_r(shown, tmp_path):
    (tmp_path / "example.R").write_text(shown["r"])
    printed = run(["Rscript", "example.R"], tmp_path)
    assert "Upheld" in printed


@pytest.mark.program("soffice")
def test_a_spreadsheet_imports_the_file_and_the_csv(samples, shown, tmp_path):
    for name in ("excel", "calc"):
        with urlopen(shown[name]) as answer:
            (tmp_path / f"{name}.csv").write_bytes(answer.read())
    # Commas, quotation marks, UTF-8: what the dialog of the import proposes.
    kind = ["--infilter=CSV:44,34,76,1", "--convert-to", "xlsx"]
    run(["soffice", "--headless", *kind, "excel.csv", "calc.csv"], tmp_path)
    for name in ("excel", "calc"):
        sheet = openpyxl.load_workbook(tmp_path / f"{name}.xlsx").active
        assert sheet["A1"].value == "reference"  # no byte-order mark in it
        assert sheet.max_row > 1
    assert openpyxl.load_workbook(tmp_path / "excel.xlsx").active.max_row == upheld(samples) + 1
