"""What goes back to the units: their own files with marks."""

import zipfile
from io import BytesIO

from django.urls import reverse
from openpyxl import load_workbook
from tests.intake.conftest import World, person, receive, receive_all, sheet
from tests.intake.test_views import signed_in

from ortoo.intake.domain.handing_back import marked_file


def test_marked_file_says_at_the_cell_what_is_wrong(world: World) -> None:
    delivery = receive(world, sheet([person("001008"), person("001012", station="大泉站", blocked="2月30日")]))
    name, data = marked_file(delivery.files.get())
    page = load_workbook(BytesIO(data))["推荐表"]
    assert name.endswith(".xlsx")
    assert [cell.coordinate for row in page for cell in row if cell.comment] == ["J3"]
    assert "2月30日" in page["J3"].comment.text


def test_all_files_come_back_in_one_zip(world: World) -> None:
    delivery = receive_all(world)
    client = signed_in(world.organiser)
    answer = client.get(reverse("intake:marked-all", args=[world.programme.key, delivery.number]))
    with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:  # type: ignore[attr-defined]
        assert archive.testzip() is None
        assert len(archive.namelist()) == delivery.files.filter(counts__open__gt=0).count() == 12
    file = delivery.files.order_by("name")[0]
    one = client.get(reverse("intake:marked", args=[world.programme.key, delivery.number, file.pk]))
    assert one.status_code == 200
    assert "attachment" in one["Content-Disposition"]
