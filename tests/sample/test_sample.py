"""The sample archive: one seed, one set of believable decisions, each marked as invented."""

import hashlib
import itertools
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from decisions.documents import SAMPLE_LABEL, SAMPLE_NOTICE
from decisions.parsing import parse
from decisions.sample import generate
from decisions.sample.bodies import BODIES
from decisions.sample.dates import NUMBERS
from decisions.sample.planning import Case, plan
from decisions.sample.reasons import BY_CODE
from decisions.sample.topics import TOPICS
from tests.wording import words_of_document, words_of_text

FIRST = 600

REAL_COUNCILS = set(
    re.findall(
        r"\w+",
        """
Adur Amber Arun Ashfield Ashford Barnet Barnsley Basildon Bedford Bexley Birmingham Blackburn
Blackpool Bolton Boston Bradford Braintree Breckland Brent Brentwood Bristol Broadland Bromley
Bromsgrove Broxbourne Broxtowe Burnley Bury Calderdale Cambridge Camden Cannock Canterbury
Carlisle Charnwood Chelmsford Cheltenham Cherwell Chesterfield Chichester Chorley Colchester
Cornwall Coventry Crawley Croydon Cumbria Dacorum Darlington Dartford Derby Derbyshire Devon
Doncaster Dorset Dover Dudley Durham Ealing Eastbourne Eastleigh Elmbridge Enfield Erewash Essex
Exeter Fareham Fenland Fylde Gateshead Gedling Gloucester Gosport Gravesham Greenwich Guildford
Hackney Halton Hampshire Harborough Haringey Harlow Harrogate Harrow Hart Hartlepool Hastings
Havant Havering Hertsmere Hillingdon Hounslow Huntingdonshire Ipswich Islington Kent Kirklees
Knowsley Lambeth Lancaster Leeds Leicester Lewes Lewisham Lichfield Lincoln Liverpool Luton
Maidstone Maldon Manchester Mansfield Medway Melton Mendip Merton Middlesbrough Newark Newcastle
Newham Norfolk Northampton Norwich Nottingham Oldham Oxford Pendle Peterborough Plymouth
Portsmouth Preston Reading Redbridge Redcar Redditch Reigate Ribble Rochdale Rochford Rossendale
Rother Rotherham Rugby Runnymede Rushcliffe Rushmoor Rutland Salford Sandwell Scarborough
Sedgemoor Sefton Selby Sevenoaks Sheffield Shropshire Slough Solihull Somerset Southampton
Southend Southwark Spelthorne Stafford Stevenage Stockport Stockton Stratford Stroud Suffolk
Sunderland Surrey Sutton Swale Swindon Tameside Tamworth Tandridge Taunton Telford Tendring
Thanet Thurrock Torbay Torridge Trafford Uttlesford Wakefield Walsall Wandsworth Warrington
Warwick Watford Waverley Wealden Westminster Wigan Wiltshire Winchester Windsor Wirral Woking
Wokingham Wolverhampton Worcester Worthing Wychavon Wycombe Wyre York
""",
    )
)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return dict(generate(FIRST, 1))


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [plan(1, number) for number in range(FIRST)]


@pytest.fixture(scope="module")
def texts(files: dict[str, bytes]) -> dict[str, str]:
    """The text of every file; of a record, its `text`."""
    return {
        name: json.loads(data)["text"] if name.endswith(".json") else data.decode()
        for name, data in files.items()
    }


@pytest.mark.processes
def test_the_same_bytes_in_every_process() -> None:
    script = (
        "import hashlib; from decisions.sample import generate; h = hashlib.sha256()\n"
        "for name, data in generate(120, 7): h.update(name.encode() + data)\n"
        "print(h.hexdigest())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": hash_seed, "LC_ALL": language, "TZ": zone},
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed, language, zone in (("1", "C", "UTC"), ("77", "C.UTF-8", "Asia/Tokyo"))
    }
    assert len(outputs) == 1


def test_a_short_run_is_the_beginning_of_a_long_one(files: dict[str, bytes]) -> None:
    assert list(generate(50, 1)) == list(files.items())[:50]
    assert list(generate(25, 1, start=300)) == list(files.items())[300:325]


def test_another_seed_gives_other_decisions(files: dict[str, bytes]) -> None:
    other = dict(generate(50, 2))
    assert not any(files.get(name) == data for name, data in other.items())


@pytest.mark.parametrize(("count", "start"), [(-1, 0), (1, -1), (10_000_000, 0)])
def test_numbers_outside_the_references_are_refused(count: int, start: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        generate(count, 1, start)


def test_names_are_unique_references_above_ninety(files: dict[str, bytes]) -> None:
    assert len(files) == FIRST
    assert all(re.fullmatch(r"90-\d{3}-\d{3}[ab]?\.(txt|html|json)", name) for name in files)
    numbers = [name[:10] for name in files]
    assert numbers[0] == "90-000-001"
    assert len(set(numbers)) == FIRST


def test_references_go_on_beyond_a_million() -> None:
    ((name, _),) = generate(1, 1, start=1_000_000)
    assert name.startswith("91-000-001")


def test_every_file_says_that_it_is_a_sample(
    files: dict[str, bytes], texts: dict[str, str]
) -> None:
    for name, text in texts.items():
        if name.endswith(".txt"):
            assert f"\n{SAMPLE_LABEL} : {SAMPLE_NOTICE}\n" in text, name
        elif name.endswith(".html"):
            assert f'<span class="value">{SAMPLE_NOTICE}</span>' in text, name
        else:
            assert f"\n{SAMPLE_LABEL} :\n{SAMPLE_NOTICE}\n" in text, name
            assert json.loads(files[name])["sample"] is True


def test_no_slot_is_left_unfilled(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        assert not re.search(r"[{}@]|[a-z] {2,}[a-z]", text), name


def test_every_subject_outcome_and_layout_is_in_the_first_files(cases: list[Case]) -> None:
    subjects = {(case.topic.category, case.topic.subcategory) for case in cases}
    assert subjects == {(topic.category, topic.subcategory) for topic in TOPICS}
    assert len(subjects) == 47
    outcomes = {case.outcome for case in cases}
    assert {"Upheld", "Not upheld", "Closed after initial enquiries", None} <= outcomes
    assert any(outcome and outcome.startswith("Report issued") for outcome in outcomes)
    layouts = {case.layout for case in cases}
    assert layouts == {"full", "flush", "compact", "html", "report", "record"}
    assert any(case.joint for case in cases)
    assert any(not case.dated for case in cases)


def test_every_closure_reason_occurs() -> None:
    found = {reason.code for number in range(3000) for reason in plan(1, number).reasons}
    assert found == set(BY_CODE)


def test_days_are_weekdays_with_more_in_later_years() -> None:
    days = [plan(1, number).decided for number in range(3000)]
    assert {day.weekday() for day in days} <= set(range(5))
    years = Counter(day.year for day in days)
    assert sorted(years) == list(range(2016, 2027))
    assert years[2025] > 1.5 * years[2016]
    months = Counter(day.month for day in days)
    assert months[8] < months[7] < months[3]


def test_large_bodies_have_many_decisions_and_most_have_few() -> None:
    counts = Counter(plan(1, number).body.name for number in range(4000)).most_common()
    assert counts[0][1] > 4 * counts[20][1]
    assert len(counts) > 280
    assert sum(1 for _, count in counts if count <= 5) > 60


def test_bodies_are_invented_and_distinct() -> None:
    names = [body.name for body in BODIES]
    assert len(names) == len(set(names))
    assert 330 <= len(names) <= 350
    for name in names:
        assert not set(re.findall(r"[A-Z]\w+", name)) & REAL_COUNCILS, name
    assert {"county", "district", "trust", "care", "fire", "park"} <= {body.kind for body in BODIES}


def test_sizes_are_those_of_real_decisions(cases: list[Case], files: dict[str, bytes]) -> None:
    sizes: dict[str, list[int]] = {"investigated": [], "closed": []}
    for case, data in zip(cases, files.values(), strict=True):
        if case.layout in ("full", "flush", "compact"):
            investigated = case.verdict in ("upheld", "not upheld")
            sizes["investigated" if investigated else "closed"].append(len(data))
    investigated, closed = sizes["investigated"], sizes["closed"]
    assert min(investigated) > 5000
    assert max(investigated) < 13000
    assert 7500 < sum(investigated) / len(investigated) < 10000
    assert min(closed) > 2500
    assert max(closed) < 7000


@pytest.mark.slow
def test_the_vocabulary_is_wide_with_a_long_tail() -> None:
    words: Counter[str] = Counter()
    for _, data in generate(2000, 1):
        words.update(re.findall(r"[a-z]{2,}", data.decode().lower()))
    assert len(words) > 6000
    assert sum(1 for count in words.values() if count <= 3) > 800


REFERENCE = re.compile(rf"[Pp]aragraphs? (\d+|{'|'.join(NUMBERS[1:])})\b")
LAW_POINTERS = {
    "I cannot question a decision": "decision",
    "late complaint": "12 months",
    "the Council must first have": "reply|answer",
    "what happens in schools": "school",
}


def numbered(text: str) -> list[str]:
    """The paragraphs of a text in the full layout, in the continuous numbering of the page."""
    return [line[2:] for line in text.split("\n") if re.match(r"  \d+\. ", line)]


def test_cross_references_point_at_true_paragraphs(
    cases: list[Case], texts: dict[str, str]
) -> None:
    seen = 0
    for case, text in zip(cases, texts.values(), strict=True):
        if case.layout != "full":
            continue
        paragraphs = numbered(text)
        for own, paragraph in enumerate(paragraphs, 1):
            if "Local Government Act 1974" in paragraph or "Guidance" in paragraph:
                continue
            for word in REFERENCE.findall(paragraph):
                target = int(word) if word.isdigit() else NUMBERS.index(word)
                assert 0 < target < own, (case.reference, paragraph)
                seen += 1
                for phrase, expected in LAW_POINTERS.items():
                    if phrase in paragraph:
                        assert re.search(expected, paragraphs[target - 1]), case.reference
                if "The promise described" in paragraph:
                    assert re.search("promised|would be settled", paragraphs[target - 1])
    assert seen > 200


def test_an_upheld_decision_pays_what_its_summary_says() -> None:
    for number in range(400):
        case = plan(3, number)
        if case.verdict != "upheld" or case.layout != "full":
            continue
        ((_, data),) = generate(1, 3, number)
        text = data.decode()
        summary = re.search(r"Summary: (.*)", text)
        assert summary
        total = re.search(r"pay \w+ £([\d,]+)", summary[1])
        action = text[text.index("\nAgreed action\n") : text.index("\nFinal decision\n")]
        paid = [
            int(lump.replace(",", ""))
            for lump in re.findall(
                r"pay .*? £([\d,]+)(?= for)|a total of £([\d,]+)|£([\d,]+) in all", action
            )
            for lump in lump
            if lump
        ]
        assert sum(paid) == (int(total[1].replace(",", "")) if total else 0), case.reference


def test_dates_of_events_come_before_the_decision(cases: list[Case], texts: dict[str, str]) -> None:
    for case, text in zip(cases, texts.values(), strict=True):
        if case.layout == "record":
            continue
        years = [int(year) for year in re.findall(r"(?:In|in|On|on) [\w ]*?\b(20\d\d)\b", text)]
        assert all(year <= case.decided.year for year in years), case.reference


def digest(files: dict[str, bytes]) -> str:
    return hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()


def test_directory_and_zip_hold_the_same(tmp_path: Path, files: dict[str, bytes]) -> None:
    directory, archive = tmp_path / "new" / "samples", tmp_path / "samples.zip"
    call_command("sample", count=40, seed=1, out=directory, verbosity=0)
    call_command("sample", count=40, seed=1, out=archive, verbosity=0)
    written = {path.name: path.read_bytes() for path in directory.iterdir()}
    with zipfile.ZipFile(archive) as members:
        zipped = {name: members.read(name) for name in members.namelist()}
    assert digest(written) == digest(zipped)
    assert digest(written) == digest(dict(itertools.islice(files.items(), 40)))
    first = archive.read_bytes()
    call_command("sample", count=40, seed=1, out=archive, verbosity=0)
    assert archive.read_bytes() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "samples.zip"]


def test_files_already_there_stay(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me")
    call_command("sample", count=3, out=tmp_path, verbosity=0)
    assert (tmp_path / "mine.txt").read_text() == "keep me"
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize("count", [-5, 0, 10_000_000_000])
def test_a_count_that_makes_no_sense_is_refused(count: int, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=f"--count {count}: give a number from 1 to"):
        call_command("sample", count=count, out=tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_file_in_the_way_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory")
    with pytest.raises(CommandError, match=r"Cannot write .*file.*: File exists\.|Not a directory"):
        call_command("sample", count=2, out=tmp_path / "file")


def test_a_full_disk_is_one_clear_line() -> None:
    full = Path("/dev/full")
    assert full.exists()
    with pytest.raises(CommandError, match="Cannot write /dev/full"):
        call_command("sample", count=2, out=full / "samples.zip")


def test_remove_takes_no_out(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--remove"):
        call_command("sample", remove=True, out=tmp_path)


@pytest.mark.slow
def test_no_word_of_a_sample_is_lost_in_parsing():
    texts = [(name, data) for name, data in generate(600, 1) if name.endswith(".txt")]
    assert len(texts) > 400
    for name, data in texts:
        assert words_of_document(parse(data, name)) == words_of_text(data.decode()), name
