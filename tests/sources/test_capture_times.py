"""When a source was read, in every form in which files state it."""

import datetime
import io
import os
import tarfile
import zipfile

import pytest

from decisions.documents import CaptureBasis, CaptureTime
from decisions.parsing import parse
from decisions.sources import Source, read_bytes, read_paths
from decisions.sources.capture_times import (
    file_time,
    original_address,
    read_mail_date,
    read_page_comment,
    read_warc_date,
    zip_time,
)
from tests.texts import decision_text

PAGE = "https://www.lgo.org.uk/decisions/education/other/90-000-001"


def utc(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("address", "original", "at"),
    [
        (f"https://web.archive.org/web/20210601101112/{PAGE}", PAGE, utc(2021, 6, 1, 10, 11, 12)),
        (f"http://web.archive.org/web/20210601101112if_/{PAGE}", PAGE, utc(2021, 6, 1, 10, 11, 12)),
        (f"https://web.archive.org/web/20210601/{PAGE}", PAGE, utc(2021, 6, 1)),
        (f"https://web.archive.org/web/2021/{PAGE}?chapter=2", f"{PAGE}?chapter=2", None),
        (
            "https://web.archive.org/web/20210601101112/http:/www.lgo.org.uk/x",
            "http://www.lgo.org.uk/x",
            utc(2021, 6, 1, 10, 11, 12),
        ),
        (
            f"https://webarchive.nationalarchives.gov.uk/ukgwa/20190102030405/{PAGE}",
            PAGE,
            utc(2019, 1, 2, 3, 4, 5),
        ),
        (
            "https://web.archive.org/web/20230101000000/"
            f"https://web.archive.org/web/20210601101112/{PAGE}",
            PAGE,
            utc(2021, 6, 1, 10, 11, 12),
        ),
        (f"https://web.archive.org/web/20211399101112/{PAGE}", PAGE, None),
        (PAGE, PAGE, None),
        ("https://web.archive.org/web/2021*/lgo.org.uk", None, None),
        ("https://a.example/?next=/2021/https://b.example/", None, None),
        ("https://a.example/2021/report", None, None),
    ],
)
def test_addresses_of_web_archives_lead_to_the_original(address, original, at):
    found = original_address(address)
    assert found == (original or address, at and CaptureTime(at, CaptureBasis.WEB_ARCHIVE))


@pytest.mark.parametrize(
    ("read", "stated", "at"),
    [
        (read_warc_date, "2023-06-01T00:00:00Z", utc(2023, 6, 1)),
        (read_warc_date, "2023-06-01T10:11:12.345678Z", utc(2023, 6, 1, 10, 11, 12, 345678)),
        (read_warc_date, "1970-01-01T00:00:00Z", None),
        (read_warc_date, "yesterday", None),
        (read_warc_date, None, None),
        (read_mail_date, "Fri, 2 Jun 2023 10:11:12 +0100", utc(2023, 6, 2, 9, 11, 12)),
        (read_mail_date, "Fri, 2 Jun 2023 10:11:12 -0000", utc(2023, 6, 2, 10, 11, 12)),
        (read_mail_date, "soon", None),
        (read_mail_date, "", None),
        (file_time, utc(2023, 6, 2).timestamp(), utc(2023, 6, 2)),
        (file_time, 0, None),
        (file_time, 1e300, None),
        (zip_time, (2023, 6, 2, 10, 11, 12), utc(2023, 6, 2, 10, 11, 12)),
        (zip_time, (1980, 1, 1, 0, 0, 0), None),
        (zip_time, (2023, 0, 0, 0, 0, 0), None),
    ],
)
def test_times(read, stated, at):
    found = read(stated)
    assert (found and found.at) == at


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        (
            f"\n Page saved with SingleFile \n url: {PAGE} \n"
            " saved date: Fri Jun 02 2023 10:11:12 GMT+0100 (British Summer Time)\n",
            CaptureTime(utc(2023, 6, 2, 9, 11, 12), CaptureBasis.SINGLE_FILE),
        ),
        ("\n Page saved with SingleFile \n saved date: today\n", None),
        (
            "\n     FILE ARCHIVED ON 10:11:12 Jun 02, 2021 AND RETRIEVED FROM THE\n"
            "     INTERNET ARCHIVE ON 09:00:00 Nov 01, 2026.\n",
            CaptureTime(utc(2021, 6, 2, 10, 11, 12), CaptureBasis.WEB_ARCHIVE),
        ),
        ("saved date: Fri Jun 02 2023", None),
    ],
)
def test_comments_of_pages(comment, expected):
    assert read_page_comment(comment) == expected


def test_a_page_states_when_it_was_read():
    body = "<h1>A Council (90 000 001)</h1><h2>The complaint</h2><p>None.</p>"
    link = f'<link rel="canonical" href="https://web.archive.org/web/20210601101112/{PAGE}">'
    note = "<!-- Page saved with SingleFile \n saved date: Fri Jun 02 2023 10:11:12 GMT+0000 -->"
    page = f"<!DOCTYPE html><html>{note}<head>%s</head><body>{body}</body></html>"
    document = parse((page % "").encode())
    assert document.captured == CaptureTime(utc(2023, 6, 2, 10, 11, 12), CaptureBasis.SINGLE_FILE)
    document = parse((page % link).encode())
    assert document.source_url == PAGE
    assert document.captured == CaptureTime(utc(2021, 6, 1, 10, 11, 12), CaptureBasis.WEB_ARCHIVE)
    assert document.category == "Education"
    assert "captured" not in document.to_json()


def test_files_and_members_have_their_modification_time(tmp_path):
    text = decision_text().encode()
    file = tmp_path / "a.txt"
    file.write_bytes(text)
    os.utime(file, (0, utc(2022, 2, 2).timestamp()))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("b.txt", (2021, 1, 1, 0, 0, 0)), text)
        archive.writestr(zipfile.ZipInfo("c.txt"), text)  # 1980: nobody set it
    (tmp_path / "b.zip").write_bytes(packed.getvalue())
    os.utime(tmp_path / "b.zip", (0, utc(2023, 3, 3).timestamp()))
    with tarfile.open(tmp_path / "d.tar", "w") as archive:
        member = tarfile.TarInfo("d.txt")
        member.size, member.mtime = len(text), int(utc(2020, 4, 4).timestamp())
        archive.addfile(member, io.BytesIO(text))
    sources = [one for one in read_paths([tmp_path]) if isinstance(one, Source)]
    assert [one.captured for one in sources] == [
        CaptureTime(at, CaptureBasis.FILE)
        for at in (utc(2022, 2, 2), utc(2021, 1, 1), utc(2023, 3, 3), utc(2020, 4, 4))
    ]
    (upload,) = read_bytes("a.txt", text)
    assert upload.captured is None
