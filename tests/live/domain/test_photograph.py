"""Photographs: bounded, really pictures, and with nothing in them but the picture."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image
from tests.live.stage import Tour, jpeg

from ortoo.kernel.actor import SYSTEM
from ortoo.live.domain import photograph as verbs
from ortoo.live.domain import picture
from ortoo.live.domain.photograph import FOLDER, TooManyPhotographs, keep_photograph, remove_photograph
from ortoo.live.domain.picture import NotAPicture, PictureTooBig, made_anew
from ortoo.live.models import SitePhotograph


def made(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(made_anew(data).data))


def test_what_the_camera_wrote_is_gone_and_the_picture_stands_upright() -> None:
    sent = jpeg(40, 30, orientation=6)
    assert b"SecretCamera" in sent
    result = made_anew(sent)
    assert b"SecretCamera" not in result.data
    assert (result.width, result.height) == (30, 40)
    assert dict(Image.open(io.BytesIO(result.data)).getexif()) == {}


def test_words_hidden_behind_or_beside_the_picture_are_gone() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    result = made_anew(out.getvalue() + b"<script>alert(1)</script>")
    assert b"script" not in result.data
    assert made(out.getvalue()).getpixel((0, 0)) == (255, 255, 255)


def test_a_large_picture_is_made_smaller() -> None:
    assert made(jpeg(4000, 1000)).size == (1920, 480)


@pytest.mark.parametrize("data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + b"\0" * 40, jpeg()[:200]])
def test_what_is_no_whole_picture_is_refused(data: bytes) -> None:
    with pytest.raises(NotAPicture):
        made_anew(data)


def test_too_many_pixels_or_bytes_are_refused_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "MOST_PIXELS", 1199)
    with pytest.raises(PictureTooBig):
        made_anew(jpeg(40, 30))
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    with pytest.raises(PictureTooBig):
        made_anew(jpeg(400, 300))


def test_too_many_bytes_are_refused_as_they_come(tour: Tour, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "MOST_BYTES", 10)

    def pieces() -> object:
        yield b"x" * 11
        raise AssertionError("read on")

    with pytest.raises(PictureTooBig):
        keep_photograph(tour.site, "aaaaaaaa", pieces(), by=SYSTEM)  # type: ignore[arg-type]


def test_the_same_id_twice_is_one_photograph(tour: Tour) -> None:
    first = keep_photograph(tour.site, "aaaaaaaa", [jpeg()], caption="大厅", by=SYSTEM)
    assert keep_photograph(tour.site, "aaaaaaaa", [jpeg()], by=SYSTEM) == first
    assert Path(settings.MEDIA_ROOT) in FOLDER.path_of(first.sha256).parents
    assert FOLDER.bytes_of(first.sha256).startswith(b"\xff\xd8")


def test_enough_is_enough(tour: Tour, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "MOST_PHOTOGRAPHS", 1)
    keep_photograph(tour.site, "aaaaaaaa", [jpeg()], by=SYSTEM)
    with pytest.raises(TooManyPhotographs):
        keep_photograph(tour.site, "bbbbbbbb", [jpeg()], by=SYSTEM)


@pytest.mark.django_db(transaction=True)
def test_removing_takes_the_file_too_unless_another_row_has_it(tour: Tour) -> None:
    one = keep_photograph(tour.site, "aaaaaaaa", [jpeg()], by=SYSTEM)
    two = keep_photograph(tour.other, "aaaaaaaa", [jpeg()], by=SYSTEM)
    path = FOLDER.path_of(one.sha256)
    remove_photograph(one, by=SYSTEM)
    assert path.exists()
    remove_photograph(two, by=SYSTEM)
    assert not path.exists()
    assert not SitePhotograph.objects.exists()
