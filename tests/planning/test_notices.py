"""Notices read back from their files."""

import io
import zipfile

import openpyxl
import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.people.models import Account, Person
from ortoo.planning.domain import plan as verbs
from ortoo.planning.domain import variant
from ortoo.planning.domain.asked import Asked
from ortoo.planning.models import Plan
from ortoo.planning.queries import changes_of
from ortoo.programmes.models import Programme

from .test_plan import solved
from .test_variant import found

RARE = "䶮喆堃㛃𬱖"


@pytest.fixture
def published(rotation: Programme) -> Plan:
    """A published plan with somebody of a rare name in Wuhai."""
    Person.objects.filter(unit__parent__code="150302").order_by("pk")[:1].get()
    somebody = Person.objects.filter(unit__parent__code="150302").earliest("pk")
    Person.objects.filter(pk=somebody.pk).update(name=RARE)
    plan = solved(rotation)
    verbs.publish(plan, by=SYSTEM)
    return plan


def _get(client: Client, plan: Plan, name: str) -> bytes:
    answer = client.get(f"/p/{plan.programme.key}/plans/{plan.number}/notices/{name}")
    assert answer.status_code == 200
    return b"".join(answer) if answer.streaming else answer.content


def test_notice_lists_every_person_of_the_unit_in_all_forms(published: Plan, clerk: Account, client: Client) -> None:
    client.force_login(clerk)
    names = set(published.places.filter(person__unit__path__contains="/150300/").values_list("person__name", flat=True))
    cells = openpyxl.load_workbook(io.BytesIO(_get(client, published, "150300.xlsx"))).active.iter_rows(values_only=True)
    assert names <= {cell for row in cells for cell in row}
    tables = Document(io.BytesIO(_get(client, published, "150300.docx"))).tables
    assert names <= {cell.text for table in tables for row in table.rows for cell in row.cells}
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(_get(client, published, "150300.pdf"))).pages)
    assert all(name in text.replace("\n", "") for name in names)


def test_notice_download_is_logged(published: Plan, clerk: Account, client: Client) -> None:
    client.force_login(clerk)
    _get(client, published, "150300.pdf")
    entry = AuditEntry.objects.get(verb="download")
    assert (entry.by_id, entry.after["units"]) == (clerk.pk, ["150300"])


def test_notice_of_another_unit_is_not_for_a_clerk(published: Plan, clerk: Account, client: Client) -> None:
    client.force_login(clerk)
    assert client.get(f"/p/{published.programme.key}/plans/{published.number}/notices/150100.pdf").status_code == 404


def test_zip_holds_three_files_for_each_prefecture(published: Plan, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    names = zipfile.ZipFile(io.BytesIO(_get(client, published, "all.zip"))).namelist()
    assert len(names) == 36 and len(set(names)) == 36


@pytest.mark.usefixtures("in_march")
def test_a_term_on_other_days_is_told_to_everybody_on_it(published: Plan, clerk: Account, client: Client) -> None:
    """Nobody's term is another, yet whoever goes in the second has to come on other days."""
    days = {"starts": "2023-04-12", "ends": "2023-04-30"}
    again = found(variant.plan_again(published, Asked(terms={"2": days}), by=SYSTEM))
    variant.adopt(again, by=SYSTEM)
    publication = verbs.publish(again, by=SYSTEM)
    second = set(again.places.filter(leg__ordinal=2).values_list("person_id", flat=True))
    assert second <= set(changes_of(publication)) and publication.changed == len(changes_of(publication))
    client.force_login(clerk)
    rows = openpyxl.load_workbook(io.BytesIO(_get(client, again, "150300.xlsx"))).active.iter_rows(values_only=True)
    cells = {cell for row in rows for cell in row}
    mine = again.places.filter(leg__ordinal=2, person__unit__path__contains="/150300/")
    assert set(mine.values_list("person__name", flat=True)) <= cells
    assert any("4月12日" in str(cell) for cell in cells) and any("4月10日" in str(cell) for cell in cells)
