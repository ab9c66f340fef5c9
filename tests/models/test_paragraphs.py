"""Paragraphs as rows: what the view gives is what the decision's sections hold."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.db import InternalError, NotSupportedError, OperationalError, connection, transaction
from django.urls import reverse

from decisions.documents import Item, Section
from decisions.documents import Paragraph as DocumentParagraph
from decisions.ingest import ingest_all
from decisions.models import Decision, Paragraph, StandardWording
from decisions.sample import generate
from decisions.sources import Source
from tests.factories import make_decision
from tests.texts import decision_text

pytestmark = pytest.mark.django_db

SECTIONS = (
    Section(None, 1, (DocumentParagraph(None, "Mr X complained.", ()),)),
    Section("Empty", 1, ()),
    Section(
        "Final decision",
        2,
        (
            DocumentParagraph(1, "The Council will:", (
                Item("a", "apologise & pay;", (Item("i", "£50", ()), Item(None, "<b>now</b>", ()))),
                Item("b", "explain why.", ()),
            )),
            DocumentParagraph(2, "", ()),
        ),
    ),
)  # fmt: skip
POWERS = "We investigate complaints about fault. (Local Government Act 1974, section 26(1))"


def test_a_row_has_a_paragraphs_position_and_text():
    decision = make_decision(sections=SECTIONS)
    make_decision(sections=())
    make_decision()

    rows = list(decision.paragraphs.all())

    assert [(row.pk, row.heading, row.number, row.text) for row in rows] == [
        ((decision.pk, 0, 0), None, None, "Mr X complained."),
        ((decision.pk, 2, 0), "Final decision", 1, "The Council will:"),
        ((decision.pk, 2, 1), "Final decision", 2, ""),
    ]
    assert rows[0].items == rows[2].items == []
    assert rows[1].items == decision.sections[2]["paragraphs"][0]["items"]
    assert rows[1].decision == decision
    assert Paragraph.objects.get(pk=(decision.pk, 2, 0)) == rows[1]
    assert not any(row.is_standard for row in rows)


def test_samples_have_the_paragraphs_that_their_documents_have():
    ingest_all(Source(name, data) for name, data in generate(15, seed=5))
    for decision in Decision.objects.all():
        rows = decision.paragraphs.values_list("number", "text")
        assert list(rows) == [(p.number, p.text) for p in decision.document_paragraphs]
        assert {(p.section, p.position) for p in decision.paragraphs.filter(is_standard=True)} == (
            decision.standard_places(
                set(StandardWording.objects.standard().values_list("pk", flat=True))
            )
        )


def test_a_paragraph_is_standard_from_the_tenth_decision_on():
    def take_in(numbers: range) -> None:
        ingest_all(
            Source(
                f"{number}.txt",
                decision_text(f"21 600 {number:03}", paragraphs=(f"Case {number}.",))
                .replace(
                    "Final decision",
                    f"The Ombudsman’s role and powers\n\n  1. {POWERS}\n\nFinal decision",
                )
                .encode(),
            )
            for number in numbers
        )

    take_in(range(9))
    assert not Paragraph.objects.filter(is_standard=True).exists()
    take_in(range(9, 10))
    standard = Paragraph.objects.filter(is_standard=True)
    assert {(row.decision.reference, row.text) for row in standard} == {
        (f"21 600 {number:03}", POWERS) for number in range(10)
    }


def test_sql_asks_for_them_by_decision_and_reads_only_that_decision():
    decision = make_decision(sections=SECTIONS)
    with connection.cursor() as cursor:
        statement = "SELECT * FROM decisions_paragraph WHERE decision_id = %s"
        cursor.execute(statement, [decision.pk])
        assert [row[5] for row in cursor.fetchall()] == [
            p.text for p in decision.document_paragraphs
        ]
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {statement}", [decision.pk])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Cond: (id = " in plan
    assert "Seq Scan" not in plan


def test_paragraph_rows_are_read_only():
    paragraph = make_decision(sections=SECTIONS).paragraphs.first()
    paragraph.text = "Something else."
    with pytest.raises((InternalError, NotSupportedError, OperationalError)), transaction.atomic():
        paragraph.save(force_update=True)


def test_a_decision_is_deleted_although_it_has_paragraphs():
    decision = make_decision(sections=SECTIONS)
    decision.delete()
    assert not Paragraph.objects.exists()


def test_a_list_reads_neither_text_nor_paragraphs(django_assert_num_queries):
    for _ in range(3):
        make_decision(sections=SECTIONS)
    with django_assert_num_queries(1) as queries:
        assert [str(decision) for decision in Decision.objects.for_list()]
    assert not any(name in queries[0]["sql"] for name in ('"sections"', "decisions_paragraph"))
    with django_assert_num_queries(2):
        listed = Decision.objects.for_list().prefetch_related("paragraphs")
        assert [len(decision.paragraphs.all()) for decision in listed] == [3, 3, 3]


def test_staff_who_may_see_a_decision_see_its_paragraphs(client):
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_decision"))
    client.force_login(user)
    decision = make_decision(sections=SECTIONS)

    response = client.get(reverse("admin:decisions_decision_change", args=[decision.pk]))

    page = BeautifulSoup(response.content, "lxml")
    rows = page.select(".field-paragraphs_in_order tbody tr")
    told = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in rows]
    assert told == [
        ["", "", "Mr X complained.", ""],
        [
            "Final decision",
            "1",
            "The Council will: a) apologise & pay; i) £50 <b>now</b> b) explain why.",
            "",
        ],
        ["Final decision", "2", "", ""],
    ]
