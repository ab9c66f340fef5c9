"""Expressions of the rules are compiled when they are first used, or before a process is forked."""

import re
import subprocess
import sys

import pytest
from django.conf import settings

from decisions.analysis import lazy_regex


def python(program: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip


COUNT = "sum(one._compiled is not None for one in lazy_regex._all), len(lazy_regex._all)"


@pytest.mark.processes
def test_importing_the_rules_compiles_none_and_the_fork_server_has_all():
    program = (
        "from decisions.analysis import lazy_regex\n"
        f"print({COUNT})\n"
        "import decisions.pipeline.fork_server\n"
        f"print({COUNT})\n"
    )
    before, after = (map(int, line.split()) for line in python(program).splitlines())
    compiled, count = before
    assert (compiled, count > 900) == (0, True)
    assert tuple(after) == (count, count)


def test_it_does_what_the_compiled_expression_does():
    digits = lazy_regex.compile(r"(?P<of>of )?[a-z]\d", re.IGNORECASE)
    assert digits.pattern == r"(?P<of>of )?[a-z]\d"
    assert digits.search("of A1")["of"] == "of "
    assert digits.sub("-", "of A1, b2") == "-, -"
    assert digits.findall("A1") == [""]
    assert digits.match("x1 of A1", 3)[0] == "of A1"
    assert digits.search is digits.search  # the method of the compiled expression itself
    with pytest.raises(AttributeError, match="groups"):
        digits.groups  # noqa: B018
