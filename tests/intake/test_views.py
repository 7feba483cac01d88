"""The pages through the HTTP client."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.intake.conftest import RETURNS, ROSTERS, World, apply, person, receive, receive_all, sheet, upload, work

from ortoo.intake.models import Delivery, Problem, UnitMapping
from ortoo.people.models import Person, Unit


def signed_in(account: Any) -> Client:
    """A browser in which this account has signed in."""
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, name: str, world: World, number: int | None = None, query: str = "", **more: Any) -> Any:
    """Open a page of the programme."""
    kwargs = {"key": world.programme.key, **({"number": number} if number else {}), **more}
    return client.get(reverse(f"intake:{name}", kwargs=kwargs) + query)


def test_whole_job_by_clicks(world: World) -> None:
    client = signed_in(world.organiser)
    returns = reverse("intake:returns", args=[world.programme.key])
    answer = client.post(returns, {"returns": [upload(path) for path in RETURNS]})
    assert answer.status_code == 302
    home = answer["Location"]
    assert "job-" in client.get(home).content.decode()
    work()
    said = client.get(home).content.decode()
    assert "1,101" in said
    unknown = list(Problem.objects.filter(kind="unit_unknown"))
    problems = f"{home}problems/?kind=unit_unknown"
    for problem in unknown:
        choice = {"problem": problem.pk, "choice": "set_unit", "value": problem.params["suggestions"][0]}
        assert client.post(problems, choice).status_code == 302
    assert (
        client.post(
            f"{home}problems/?kind=duplicate_in_file", {"kind": "duplicate_in_file", "all": "1", "choice": "take_later"}
        ).status_code
        == 302
    )
    assert Problem.objects.filter(choice="").exclude(severity="note").count() == 15 - 2 - 3
    client.post(f"{home}apply/")
    work()
    assert Delivery.objects.get().state == Delivery.State.APPLIED
    assert world.programme.nominations.count() == 1103
    assert client.get(f"{home}history/").status_code == 200
    assert client.get(f"{home}undo/").status_code == 200
    client.post(f"{home}undo/")
    work()
    assert world.programme.nominations.count() == 0


@pytest.mark.parametrize("name", ["delivery", "problems", "preview", "files", "history", "undo"])
def test_pages_of_a_delivery_take_few_queries(world: World, counted: Any, name: str) -> None:
    delivery = receive_all(world)
    if name == "undo":
        apply(delivery, world.organiser)
    client = signed_in(world.organiser)
    page(client, name, world, delivery.number)
    with counted(110 if name == "undo" else 30):
        assert page(client, name, world, delivery.number).status_code == 200


def test_returns_page_takes_few_queries(world: World, counted: Any) -> None:
    receive_all(world)
    client = signed_in(world.organiser)
    page(client, "returns", world)
    with counted(30):
        said = page(client, "returns", world).content.decode()
    assert "阿拉善盟" in said


def test_reminders_list_only_units_that_have_not_returned(world: World) -> None:
    apply(receive(world, sheet([person("001008")])), world.organiser)
    said = page(signed_in(world.organiser), "returns", world, query="?missing=1&as=csv").getvalue().decode("utf-8-sig")
    assert "包头市" in said
    assert "呼和浩特市" not in said


def test_clerk_sees_only_own_deliveries(world: World) -> None:
    own = receive(world, sheet([person("001008")]), by=world.clerk, unit=Unit.objects.get(code="150100"))
    whole = receive(world, sheet([person("001012", station="大泉站")], "b.xlsx"))
    client = signed_in(world.clerk)
    assert page(client, "delivery", world, own.number).status_code == 200
    assert page(client, "delivery", world, whole.number).status_code == 404
    assert page(signed_in(world.other_clerk), "delivery", world, own.number).status_code == 404
    assert "whole" not in page(client, "returns", world).content.decode()


def test_clerk_can_return_own_people_only(world: World) -> None:
    client = signed_in(world.clerk)
    rows = [person("001008"), person("007743", county="红山区", station="北街站")]
    client.post(reverse("intake:returns", args=[world.programme.key]), {"returns": [sheet(rows, "a.xlsx")]})
    work()
    delivery = Delivery.objects.get()
    assert list(delivery.problems.values_list("kind", "row")) == [("unit_elsewhere", 3)]
    apply(delivery, world.clerk)
    assert list(Person.objects.values_list("staff_no", flat=True)) == ["001008"]


def test_clerk_cannot_take_over_people_of_other_units(world: World) -> None:
    apply(receive(world, sheet([person("007743", county="红山区", station="北街站")], "赤峰市.xlsx")), world.organiser)
    hohhot = Unit.objects.get(code="150100")
    delivery = receive(world, sheet([person("007743")]), by=world.clerk, unit=hohhot)
    assert [(p.kind, p.choices) for p in delivery.problems.all()] == [("person_elsewhere", ["skip_row"])]
    assert delivery.counts["applicable"] == 0


def test_columns_are_corrected_and_remembered(world: World) -> None:
    heads = ["姓名", "性别", "工号", "旗县区", "工作单位(站)", "现在做什么"]
    row = ["白云", "女", "001008", "新城区", "乌滩站", "教导员"]
    delivery = receive(world, sheet([row], heads=heads))
    client, file = signed_in(world.organiser), delivery.files.get()
    where = reverse("intake:columns", args=[world.programme.key, delivery.number, file.pk])
    assert "现在做什么" in client.get(where).content.decode()
    matching = {f"column-{n}": field for n, field in enumerate(["name", "sex", "staff_no", "county", "station", "post"])}
    answer = client.post(where, {"sheet": "推荐表", "header_row": "1", "remember": "1", **matching})
    assert answer.status_code == 302
    work()
    assert delivery.rows.get().said["post"] == "教导员"
    assert UnitMapping.objects.get().columns["现在做什么"] == "post"
    row[2] = "001012"
    again = receive(world, sheet([row], heads=heads, name="呼和浩特市新.xlsx"))
    assert again.rows.get().said["post"] == "教导员"


def test_wrong_matching_is_refused_at_the_form(world: World) -> None:
    delivery = receive(world, sheet([person("001008")]))
    client, file = signed_in(world.organiser), delivery.files.get()
    where = reverse("intake:columns", args=[world.programme.key, delivery.number, file.pk])
    twice = {"sheet": "推荐表", "header_row": "1", "column-0": "name", "column-1": "name"}
    assert client.post(where, twice).status_code == 400
    assert client.post(where, {"sheet": "nowhere", "header_row": "9", "column-0": "name"}).status_code == 400
    assert client.post(where, {"sheet": "推荐表", "header_row": "1", "column-0": "post"}).status_code == 400


def test_units_are_taken_in_and_back(db: None) -> None:
    from tests.intake.conftest import account

    client = signed_in(account("root", "administrator", None))
    answer = client.post(reverse("intake:units"), {"returns": [upload(ROSTERS / "units.xlsx")]})
    work()
    assert client.get(answer["Location"]).status_code == 200
    client.post(reverse("intake:units-apply", args=[1]))
    work()
    assert Unit.objects.count() == 1217
    assert client.get(answer["Location"] + "?undo=1").status_code == 200
    client.post(reverse("intake:units-undo", args=[1]))
    work()
    assert Unit.objects.count() == 0


def test_hostile_uploads_never_break_a_page(world: World) -> None:
    client = signed_in(world.organiser)
    from django.core.files.uploadedfile import SimpleUploadedFile as File

    good = (RETURNS[0]).read_bytes()
    files = [
        File("empty.xlsx", b""), File("half.xlsx", good[: len(good) // 2]), File("noise.xls", b"\xd0\xcf\x11\xe0" + b"\x07" * 4096),
        File("text.csv", b"\x00\x01\x02"), File("../../etc/passwd", b"root:x"), File("nul\x00name.csv", "姓名,工号,单位\n\x00,1,2".encode()),
        File("长" * 300 + ".csv", "姓名,工号,旗县区,工作单位\n白" .encode() + "云".encode() * 200 + ",001008,新城区,乌滩站\n".encode()),
        File("good.xlsx", sheet([person("001008")]).read()),
    ]  # fmt: skip
    answer = client.post(reverse("intake:returns", args=[world.programme.key]), {"returns": files})
    assert answer.status_code == 302
    work()
    delivery = Delivery.objects.get()
    assert delivery.state == Delivery.State.READY
    assert delivery.files.count() == len(files)
    for name in ("delivery", "problems", "preview", "files", "history"):
        assert page(client, name, world, delivery.number).status_code == 200
    for file in delivery.files.all():
        assert page(client, "columns", world, delivery.number, file=file.pk).status_code in (200, 404)


@pytest.mark.parametrize(
    "query",
    [
        "?kind=nothing",
        "?file=abc",
        "?page=99999999",
        "?page=-1",
        "?state=x",
        "?list=0",
        "?sort=-boo",
        "?header_row=99999999999",
    ],
)
def test_odd_addresses_never_break_a_page(world: World, query: str) -> None:
    delivery = receive(world, sheet([person("001008", blocked="2月30日")]))
    client = signed_in(world.organiser)
    expected = 400 if "%00" in query else 200  # a NUL is refused at the door
    for name in ("delivery", "problems", "preview", "files", "history"):
        assert page(client, name, world, delivery.number, query).status_code == expected
    assert page(client, "columns", world, delivery.number, query, file=delivery.files.get().pk).status_code == expected
    assert page(client, "returns", world, query=query).status_code == expected
