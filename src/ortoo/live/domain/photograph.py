"""Photographs from sites."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.kept import Folder
from ortoo.kernel.refused import Refused
from ortoo.live.domain.picture import MOST_BYTES, PictureTooBig, made_anew
from ortoo.live.models import SitePhotograph, ViewingSite

FOLDER = Folder("photographs")
MOST_PHOTOGRAPHS = 24


class TooManyPhotographs(Refused):
    sentence = _("This site has sent %(count)s photographs; that is enough.")
    status = 429


@transaction.atomic
def keep_photograph(
    site: ViewingSite, client_id: str, pieces: Iterable[bytes], *, caption: str = "", may_show: bool = False, by: Actor
) -> SitePhotograph:
    """Make a photograph anew and keep it; the same `client_id` again gives the one that is kept already."""
    ViewingSite.objects.select_for_update().get(pk=site.pk)
    if known := site.photographs.filter(client_id=client_id).first():
        return known
    if site.photographs.count() >= MOST_PHOTOGRAPHS:
        raise TooManyPhotographs(count=MOST_PHOTOGRAPHS)
    picture = made_anew(_bounded(pieces))
    photograph = SitePhotograph.objects.create(
        site=site,
        client_id=client_id,
        sha256=FOLDER.keep([picture.data]).sha256,
        width=picture.width,
        height=picture.height,
        caption=caption,
        may_show=may_show,
        received=clock.now(),
    )
    after = {"caption": caption, "may_show": may_show, "sha256": photograph.sha256}
    audit.record("keep_photograph", photograph, by=by, after=after, unit_path=site.unit.path)
    return photograph


@transaction.atomic
def remove_photograph(photograph: SitePhotograph, *, by: Actor) -> None:
    """Remove a photograph, and its file too when no other row has the same one."""
    sha256, path = photograph.sha256, photograph.site.unit.path
    audit.record("remove_photograph", photograph, by=by, before={"sha256": sha256}, unit_path=path)
    photograph.delete()
    if not SitePhotograph.objects.filter(sha256=sha256).exists():
        transaction.on_commit(lambda: FOLDER.path_of(sha256).unlink(missing_ok=True))


def _bounded(pieces: Iterable[bytes]) -> bytes:
    """All pieces together; refused as soon as they are too many."""
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > MOST_BYTES:
            raise PictureTooBig
    return bytes(data)
