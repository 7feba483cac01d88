"""What happens to scripts: versions, comments, sign-off."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.programmes.models import Script, ScriptComment, Talk


class ScriptUnchanged(Refused):
    sentence = _("This is word for word version %(number)s. Nothing was saved.")


class NotTheNewest(Refused):
    sentence = _("There is a newer version (%(number)s). Read that one.")


class SignedAlready(Refused):
    sentence = _("Version %(number)s is signed off already.")


class NotSigned(Refused):
    sentence = _("Version %(number)s is not signed off.")


@transaction.atomic
def write_version(talk: Talk, text: str, *, by: Actor) -> Script:
    """Keep a new version; a sign-off of the one before does not count for it."""
    newest = talk.scripts.first()
    if newest and newest.text == text:
        raise ScriptUnchanged(number=newest.number)
    count = newest.number + 1 if newest else 1
    script = Script.objects.create(talk=talk, number=count, text=text, written_at=clock.now(), written_by_id=by.pk)
    after = {"number": count, "characters": len(text)}
    audit.record("write_script", talk, by=by, after=after, unit_path=talk.programme.unit.path)
    return script


@transaction.atomic
def say_of_version(script: Script, text: str, *, by: Actor) -> ScriptComment:
    """Write a comment on a version."""
    comment = ScriptComment.objects.create(script=script, text=text, at=clock.now(), by_id=by.pk)
    audit.record("comment_script", script.talk, by=by, after={"number": script.number}, unit_path=script.talk.programme.unit.path)
    return comment


@transaction.atomic
def sign_off(script: Script, *, by: Actor) -> None:
    """Say that this version may be spoken: only the newest one."""
    newest = script.talk.scripts.first()
    if newest and newest.pk != script.pk:
        raise NotTheNewest(number=newest.number)
    if not Script.objects.filter(pk=script.pk, signed_at=None).update(signed_at=clock.now(), signed_by_id=by.pk):
        raise SignedAlready(number=script.number)
    script.refresh_from_db()
    audit.record("sign_script", script.talk, by=by, after={"number": script.number}, unit_path=script.talk.programme.unit.path)


@transaction.atomic
def take_sign_off_back(script: Script, *, by: Actor) -> None:
    """Say that this version may not be spoken after all."""
    if not Script.objects.filter(pk=script.pk, signed_at__isnull=False).update(signed_at=None, signed_by=None):
        raise NotSigned(number=script.number)
    script.refresh_from_db()
    audit.record("unsign_script", script.talk, by=by, before={"number": script.number}, unit_path=script.talk.programme.unit.path)
