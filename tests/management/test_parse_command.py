"""`manage.py parse` as people run it: a process of its own, with no database to be reached."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from tests import bytecode

pytestmark = pytest.mark.processes

EXAMPLES = Path(__file__).parents[1] / "examples"
PLAIN = EXAMPLES / "full" / "plain.txt"


def run(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "manage.py", "parse", *map(str, arguments)],
        cwd=settings.BASE_DIR,
        input=stdin,
        capture_output=True,
        check=False,
        env=bytecode.shared(
            {**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nowhere", "LC_ALL": "C"}
        ),
    )


def test_one_object_a_line():
    result = run(PLAIN, EXAMPLES / "compact" / "plain.txt")
    assert result.returncode == 0
    assert result.stderr == b""
    first, second = map(json.loads, result.stdout.decode().splitlines())
    expected = json.loads(PLAIN.with_name("plain.expected.json").read_text())[0]
    assert {name: first[name] for name in expected} == expected
    found = {"closure_reasons", "citations", "remedies", "cross_references"}
    assert found <= first.keys() - expected.keys()
    assert second["council"] == "Tarnside Care Ltd"


def test_letters_beyond_ascii_stay_as_they_are():
    assert "Ombudsman’s" in run(PLAIN).stdout.decode()


def test_standard_input():
    result = run("-", stdin=PLAIN.read_bytes())
    assert result.returncode == 0
    assert json.loads(result.stdout)["reference"] == "91 100 101"


def test_a_failure_is_named_and_other_files_are_processed(tmp_path):
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a/empty.txt", "")
        file.write(PLAIN, "b/plain.txt")
    missing = tmp_path / "missing.txt"
    result = run(missing, archive, EXAMPLES / "json" / "lines.jsonl")
    assert result.returncode == 1
    assert len(result.stdout.splitlines()) == 3
    assert result.stderr.decode().splitlines() == [
        f"{missing}: No such file or directory",
        f"{archive}/a/empty.txt: the file is empty",
    ]


def test_a_directory_names_what_it_skips(tmp_path):
    (tmp_path / "notes.css").write_text("not for us")
    (tmp_path / "d.txt").write_bytes(PLAIN.read_bytes())
    result = run(tmp_path)
    assert result.returncode == 0
    assert result.stderr.decode() == (
        f"Skipped, because files of these kinds do not contain decisions: {tmp_path}/notes.css\n"
    )
    assert len(result.stdout.splitlines()) == 1


def test_a_pipe_that_closes_early_is_not_an_error(tmp_path):
    for index in range(400):
        (tmp_path / f"{index}.txt").write_bytes(PLAIN.read_bytes())
    result = subprocess.run(
        ["sh", "-c", '"$0" manage.py parse "$1" | head -n 1', sys.executable, str(tmp_path)],
        cwd=settings.BASE_DIR,
        env=bytecode.shared({**os.environ}),
        capture_output=True,
        check=True,
    )
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == b""


def test_a_pipe_that_is_closed_before_any_output_is_not_an_error():
    result = subprocess.run(
        ["sh", "-c", '"$0" manage.py help --commands | true', sys.executable],
        cwd=settings.BASE_DIR,
        env=bytecode.shared({**os.environ}),
        capture_output=True,
        check=True,
    )
    assert result.stderr == b""
