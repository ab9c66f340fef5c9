"""MHTML files and e-mails: the page, the message, the attachments, and what is neither."""

from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import SMTP

import pytest

from decisions.sources import Skipped, Source, Unreadable, limits, mime, read_bytes
from tests.archives import make_zip

PAGE = "<html><h1>Ambleford Council (92 200 121)</h1><p>£150</p></html>"
ADDRESS = "https://www.lgo.org.uk/decisions/education/other/92-200-121"


def read(message, name="a.eml"):
    return list(read_bytes(name, message.as_bytes(policy=SMTP)))


def saved_page(*parts: MIMEText, **headers: str) -> MIMEMultipart:
    message = MIMEMultipart("related")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    for part in parts:
        message.attach(part)
    return message


def mail(text: str = "Dear Ms B", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "clerk@ambleford.example"
    message["To"] = "archive@example.org"
    message["Subject"] = "A decision"
    for name, value in headers.items():
        message[name] = value
    message.set_content(text)
    return message


def page_part(text: str = PAGE, charset: str = "utf-8", **headers: str) -> MIMEText:
    part = MIMEText(text, "html", charset)
    for name, value in headers.items():
        part[name.replace("_", "-")] = value
    return part


# --- MHTML ------------------------------------------------------------------------------------


def test_the_first_page_of_a_saved_page_is_read_and_its_frames_are_not():
    message = saved_page(
        page_part(Content_Location="https://www.lgo.org.uk/x"),
        page_part("<html>a frame</html>"),
        MIMEText("a {}", "css"),
        From="<Saved by Blink>",
        Snapshot_Content_Location=ADDRESS,
    )
    assert read(message, "a.mhtml") == [Source("a.mhtml", PAGE.encode(), ADDRESS, "utf-8")]


def test_a_date_beyond_ascii_is_no_date():
    """Python's reader gives such a header as an object, not as text."""
    message = saved_page(page_part(), Snapshot_Content_Location=ADDRESS, Date="DATE")
    data = message.as_bytes().replace(b"DATE", "Fri, é".encode())
    (source,) = read_bytes("a.mhtml", data)
    assert source.data == PAGE.encode()
    assert source.captured is None


def test_an_old_saved_page_is_known_without_its_ending():
    """Internet Explorer states no address but the page's own, and other encodings."""
    message = saved_page(
        page_part(charset="windows-1252", Content_Location=ADDRESS),
        From='"Saved by Internet Explorer 11"',
        Subject="Ambleford",
    )
    assert read(message, "21-019-030") == [
        Source("21-019-030", PAGE.encode("cp1252"), ADDRESS, "windows-1252")
    ]


def test_the_date_of_a_saved_page_is_when_it_was_read():
    message = saved_page(
        page_part(), From="<Saved by Blink>", Date="Fri, 2 Jun 2023 10:11:12 +0100"
    )
    (page,) = read(message)
    assert str(page.captured.at) == "2023-06-02 09:11:12+00:00"
    assert page.captured.basis == "mhtml"


def test_an_address_on_the_disk_is_no_web_address():
    message = saved_page(page_part(Content_Location="file:///C:/a.html"), From="x")
    assert read(message)[0].url is None


def test_a_saved_page_in_a_zip():
    data = saved_page(page_part(), From="<Saved by Blink>", Subject="x").as_bytes()
    assert list(read_bytes("z.zip", make_zip({"a.mht": data}))) == [
        Source("z.zip/a.mht", PAGE.encode(), None, "utf-8")
    ]


def test_a_saved_page_without_a_page_is_named():
    message = saved_page(MIMEText("a {}", "css"), From="<Saved by Blink>", Subject="x")
    assert read(message) == [
        Unreadable("a.eml", "a saved page (MHTML) that contains no page"),
    ]


# --- e-mails ----------------------------------------------------------------------------------


def test_the_text_of_a_mail_without_the_signature():
    message = mail("Ambleford Council (92 200 121)\nDecision : Upheld\n-- \nThe clerk\n")
    (source,) = read(message)
    assert source.name == "a.eml"
    assert source.data.decode().splitlines() == [
        "Ambleford Council (92 200 121)",
        "Decision : Upheld",
    ]


def test_of_two_versions_the_page_is_read():
    message = mail()
    message.add_alternative(PAGE, subtype="html")
    (source,) = read(message)
    assert source.data.decode().strip() == PAGE


def test_attachments_are_read_and_the_letter_is_skipped():
    message = mail("Please find 92 200 121 enclosed.")
    message.add_attachment(PAGE, subtype="html", filename="92-200-121.html")
    message.add_attachment("Ambleford (92 200 122)", filename="Bericht – 2.txt")
    message.add_attachment(b"\x89PNG\r\n\0", "image", "png", filename="logo.png")
    message.add_attachment(make_zip({}), "application", "zip", filename="all.zip")
    letter, page, text, picture, archive = read(message)
    assert letter == Skipped("a.eml")
    assert page.name == "a.eml/92-200-121.html"
    assert page.data.decode().strip() == PAGE
    assert text.name == "a.eml/Bericht – 2.txt"
    assert picture == Skipped("a.eml/logo.png")
    assert archive == Unreadable(
        "a.eml/all.zip", "a zip within an e-mail is not opened; save it by itself"
    )


def test_a_letter_that_is_a_decision_is_read_beside_what_is_attached():
    message = mail("Ambleford Council (92 200 121)")
    message.add_attachment(PAGE, subtype="html", filename="92-200-122.html")
    assert [source.name for source in read(message)] == ["a.eml", "a.eml/92-200-122.html"]


def test_a_mail_that_was_forwarded_as_an_attachment():
    inner = mail("Ambleford Council (92 200 121)")
    outer = mail("See below.")
    outer.add_attachment(inner)
    letter, source = read(outer)
    assert letter == Skipped("a.eml")
    assert source.data.decode().strip() == "Ambleford Council (92 200 121)"


def test_mails_within_mails_end():
    message = mail("Ambleford Council (92 200 121)")
    for _ in range(20):
        outer = mail("See below.")
        outer.add_attachment(message)
        message = outer
    *_, last = read(message)
    assert isinstance(last, Unreadable)
    assert last.reason == "a message within messages is not opened; save it by itself"


def test_a_text_with_labels_is_no_mail():
    text = b"Ambleford Council (92 200 121)\nDate: 1 May 2021\nSubject: noise\n"
    assert list(read_bytes("a.txt", text)) == [Source("a.txt", text)]
    assert list(read_bytes("a.txt", b"Subject: noise\n\nA text")) == [
        Source("a.txt", b"Subject: noise\n\nA text")
    ]


# --- limits -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_message_of_too_many_bytes_is_named(monkeypatch):
    monkeypatch.setattr(mime, "MAX_BYTES", limits.MEBIBYTE)
    message = mail("x\n" * limits.MEBIBYTE)
    assert read(message) == [Unreadable("a.eml", "larger than 1 MB, which no decision is")]


def test_a_message_of_too_many_parts_is_named():
    data = mail().as_bytes() + b"\n--x" * 10_001
    assert list(read_bytes("a.eml", data)) == [
        Unreadable("a.eml", "a message of more than 10,000 parts")
    ]


def test_a_message_of_too_many_lines_is_named():
    assert list(read_bytes("a.eml", mail().as_bytes() + b"\n" * 400_001)) == [
        Unreadable("a.eml", "a message of more than 400,000 lines")
    ]


def test_too_many_attachments_are_named(monkeypatch):
    monkeypatch.setattr(mime, "MAX_PARTS", 2)
    message = mail()
    for _ in range(5):
        message.add_attachment("x", filename="a.txt")
    reads = read(message)
    assert sum(isinstance(each, Source) for each in reads) == 2
    assert reads[-1] == Unreadable("a.eml", "more than 2 attachments")


def test_parts_within_parts_end():
    lines = ["From: a", "MIME-Version: 1.0"]
    for number in range(3_000):
        lines += [f"Content-Type: multipart/mixed; boundary=b{number}", "", f"--b{number}"]
    (damaged,) = read_bytes("a.eml", "\n".join(lines).encode())
    assert damaged == Unreadable("a.eml", "a message with more than 50 parts inside each other")
