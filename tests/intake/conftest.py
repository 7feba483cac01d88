"""The world in which returns come in: the demo region, a programme open for returns, an organiser and two clerks."""

import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ortoo.intake.domain import delivery as verbs
from ortoo.intake.models import Delivery
from ortoo.intake.reading.directory import Directory, read_directory
from ortoo.kernel import jobs
from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import Job
from ortoo.people.domain.unit import UnitDraft, record_units
from ortoo.people.models import Account, Role, Unit
from ortoo.programmes.domain.leg import LegDraft, set_legs
from ortoo.programmes.domain.programme import open_programme, start_programme
from ortoo.programmes.models import Programme

ROSTERS = Path(__file__).parents[1] / "data" / "rosters"
RETURNS = sorted((ROSTERS / "returns").iterdir())


@dataclass
class World:
    """What most tests need."""

    programme: Programme
    organiser: Account
    clerk: Account
    other_clerk: Account
    extra: dict[str, Any] = field(default_factory=dict)


def account(name: str, kind: str, unit: Unit | None) -> Account:
    """An account with one role, whose password is its name."""
    made = Account(username=name, must_change_password=False)
    made.set_password(name)
    made.save()
    Role.objects.create(account=made, kind=kind, unit=unit)
    return made


@cache
def directory() -> Directory:
    """The units of the demo region, as their file says."""
    return read_directory((ROSTERS / "units.xlsx").read_bytes(), "units.xlsx")


def record_directory() -> None:
    """Write them down."""
    found = directory()
    record_units([UnitDraft(u.code, u.name, u.kind, u.parent, u.lon, u.lat) for u in found.units.values()], by=SYSTEM)


def open_rotation() -> Programme:
    """The rotation of rules.toml, open for returns."""
    rules = tomllib.loads((ROSTERS / "rules.toml").read_text(encoding="utf-8"))
    base = Unit.objects.get(code=rules["base"])
    programme = start_programme(rules["title"], unit=Unit.objects.get(code="150000"), base=base, by=SYSTEM)
    legs = [LegDraft(term["name"], term["starts"], term["ends"], base.pk, 224, 48, 184) for term in rules["term"]]
    set_legs(programme, legs, by=SYSTEM)
    open_programme(programme, by=SYSTEM)
    return programme


@pytest.fixture
def world(db: None) -> World:
    """The region's units, the open rotation, and who works with it."""
    record_directory()
    programme = open_rotation()
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=["150000", "150100", "150400"])}
    return World(
        programme,
        account("organiser", Role.Kind.ORGANISER, units["150000"]),
        account("clerk", Role.Kind.CLERK, units["150100"]),
        account("other", Role.Kind.CLERK, units["150400"]),
    )


def upload(path: Path, name: str = "") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name or path.name, path.read_bytes())


def work() -> list[Job]:
    """Do every job that waits, as the worker would."""
    return [jobs.run(pk) for pk in Job.objects.filter(state=Job.State.WAITING).order_by("pk").values_list("pk", flat=True)]


def receive(world: World, *files: Any, by: Account | None = None, unit: Unit | None = None) -> Delivery:
    """Drop files and let them be read."""
    delivery = verbs.receive(world.programme, files, by=by or world.organiser, unit=unit)
    work()
    delivery.refresh_from_db()
    return delivery


def receive_all(world: World) -> Delivery:
    """The twelve returns in one drop."""
    return receive(world, *[upload(path) for path in RETURNS])


def apply(delivery: Delivery, by: Account) -> Delivery:
    """Apply and let it be done."""
    verbs.apply(delivery, by=by)
    work()
    delivery.refresh_from_db()
    return delivery


def truth() -> dict[str, Any]:
    """What a careful person reads out of the twelve returns."""
    return json.loads((ROSTERS / "truth.json").read_text(encoding="utf-8"))


HEADS = [
    "姓名",
    "性别",
    "工号",
    "旗县区",
    "工作单位(站)",
    "职务",
    "手机",
    "语言",
    "饮食",
    "不能参训时间",
    "希望期次",
    "培训需求",
    "备注",
]


def sheet(rows: list[list[Any]], name: str = "呼和浩特市.xlsx", heads: list[str] | None = None) -> SimpleUploadedFile:
    """A return with these rows under the usual heads."""
    import xlsxwriter

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet("推荐表")
        for number, row in enumerate([heads or HEADS, *rows]):
            page.write_row(number, 0, row)
    return SimpleUploadedFile(name, buffer.getvalue())


def person(
    no: str, name: str = "白云", sex: str = "女", county: str = "新城区", station: str = "乌滩站", **more: str
) -> list[Any]:
    """One row under HEADS."""
    order = ("post", "phone", "language", "diet", "blocked", "wish", "needs", "remark")
    defaults = {"post": "教导员", "phone": "15651024219", "language": "汉"}
    return [name, sex, no, county, station, *[more.get(key, defaults.get(key, "")) for key in order]]


@pytest.fixture
def counted(django_assert_max_num_queries: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """At most so many queries within the block."""
    yield django_assert_max_num_queries
