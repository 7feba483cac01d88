"""A tour of three stops, the second today, with a viewing site in each of two prefectures."""

import io
from dataclasses import dataclass
from datetime import timedelta

from PIL import Image
from tests.programmes import tour as tours
from tests.programmes.stage import Stage, build

from ortoo.kernel import clock
from ortoo.kernel.actor import SYSTEM
from ortoo.live.domain.session import open_live, session_of
from ortoo.live.domain.site import SiteDraft, register_site
from ortoo.live.models import LiveSession, ViewingSite
from ortoo.programmes.domain.programme import open_programme
from ortoo.programmes.domain.running_order import put_all_on
from ortoo.programmes.models import Leg, Programme


@dataclass
class Tour:
    """The stage, the stop of today, a site of the clerk's and one of the other clerk's."""

    stage: Stage
    leg: Leg
    site: ViewingSite
    other: ViewingSite

    @property
    def programme(self) -> Programme:
        """The tour."""
        return self.stage.programme


def draft(stage: Stage, unit: str = "150101001", name: str = "服务大厅", expected: int = 100) -> SiteDraft:
    """A site as somebody writes it."""
    return SiteDraft(name, stage.units[unit], "张三", "0471-0000001", "一楼", screens=2, expected=expected)


def build_tour() -> Tour:
    """Everything, by verbs."""
    stage = build()
    Programme.objects.filter(pk=stage.programme.pk).update(
        kind=Programme.Kind.TOUR, starts=clock.today(), ends=clock.today() + timedelta(days=30)
    )
    stage.programme.refresh_from_db()
    open_programme(stage.programme, by=SYSTEM)
    leg = Leg.objects.select_related("programme__unit").get(programme=stage.programme, ordinal=2)
    site = register_site(leg, draft(stage), by=SYSTEM)
    other = register_site(leg, draft(stage, "150201001", "会议室"), by=SYSTEM)
    return Tour(stage, leg, site, other)


def build_session() -> LiveSession:
    """The live session of today's stop, open, with two talks in its running order."""
    stop = tours.build_tour(build()).stops[1]
    put_all_on(stop, by=SYSTEM)
    session = session_of(stop)
    open_live(session, by=SYSTEM)
    return session


def jpeg(width: int = 40, height: int = 30, *, orientation: int = 1) -> bytes:
    """A photograph as a telephone writes it: with the camera's name, the way up, and where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, "JPEG", exif=exif)
    return out.getvalue()
