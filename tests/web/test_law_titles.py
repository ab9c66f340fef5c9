"""Provisions carry what they are about, where the archive knows it."""

import re
from pathlib import Path

import pytest

from decisions import search
from decisions.analysis.acts import ACTS, REGULATIONS
from decisions.models import Provision
from decisions.web import law_titles
from tests.factories import make_decision
from tests.reading import text, texts

pytestmark = pytest.mark.django_db

# Most characters of a title that still fits a column of the page of all laws.
MAX_TITLE_LENGTH = 50


@pytest.fixture(autouse=True)
def archive():
    act = Provision.objects.create(
        key="lga-1974", label="Local Government Act 1974", short="LGA 1974"
    )
    for number in ("26B", "99"):
        Provision.objects.create(
            key=f"lga-1974-s-{number.lower()}",
            label=f"Local Government Act 1974, section {number}",
            short=f"LGA 1974 s {number}",
            parent=act,
        )
    make_decision(
        provisions=["lga-1974", "lga-1974-s-26b", "lga-1974-s-99"],
        category=("Education", "School transport"),
        reasons=["late"],
    )
    search.catch_up()


def test_every_title_belongs_to_an_act_or_regulations_that_decisions_cite():
    acts = {f"{act.initials or act.title} {act.year}" for act in ACTS}
    regulations = {f"{title} {year}" for title, year in REGULATIONS}
    others = {"Health and Social Care Act 2008 (Regulated Activities) Regulations 2014"}
    for short in law_titles.TITLES:
        act = max(
            (name for name in acts | regulations | others if short.startswith(f"{name} ")),
            key=len,
            default=None,
        )
        assert act, short
        unit, number = short.removeprefix(f"{act} ").split(" ", 1)
        assert unit in ({"reg"} if act.endswith("Regulations 2014") else {"s", "Sch", "Pt", "reg"})
        assert re.fullmatch(r"\d+[A-Z]*(\(\w+\))*( para \d+[A-Z]*(\(\w+\))*)?", number), short


def test_titles_are_short_and_none_is_given_twice():
    lines = Path(law_titles.__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if line and not line.startswith(("#", "["))]
    assert len(entries) == len(law_titles.TITLES) > 150
    for title in law_titles.TITLES.values():
        assert 0 < len(title) <= MAX_TITLE_LENGTH
        assert not title.endswith(".")


def test_the_pages_of_laws_say_what_a_section_is_about(see):
    page = see("/laws/")
    assert texts(page, "#laws li a") == [
        "LGA 1974 s 26B: 12-month limit",
        "LGA 1974 s 99",
    ]
    assert texts(see("/laws/lga-1974/"), ".sidebar #parts ~ ul a") == [
        "LGA 1974 s 26B: 12-month limit",
        "LGA 1974 s 99",
    ]
    page = see("/laws/lga-1974-s-26b/")
    assert text(page.h1) == "Local Government Act 1974, section 26B: 12-month limit"
    assert text(page.title).startswith("Local Government Act 1974, section 26B: 12-month limit")
    assert texts(page, ".sidebar h2") == [
        "By outcome",
        "Most common subjects",
        "Most common reasons for closing",
    ]
    options = texts(see("/decisions/"), ".facet label")
    assert "Local Government Act 1974, section 26B: 12-month limit 1" in options
    assert text(see("/laws/lga-1974-s-99/").h1) == "Local Government Act 1974, section 99"


def test_a_law_is_found_by_what_it_is_about(see):
    page = see("/laws/?name=12 month limit")
    assert texts(page, "#laws li a") == ["LGA 1974 s 26B: 12-month limit"]
    assert see("/laws/").select_one("#laws li")["data-name"].endswith(": 12-month limit")
