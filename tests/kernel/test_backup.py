"""A backup brings everything back, on either engine; a damaged one changes nothing."""

import gzip
import hashlib
import io
import json
import random
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.backup import BadBackup, read_manifest, restore_backup, write_backup
from ortoo.kernel.models import AuditEntry
from ortoo.people.domain.person import PersonDraft, record_persons
from ortoo.people.domain.unit import UnitDraft, record_units
from ortoo.people.models import Person, Unit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of a unit, a person and a file."""
    record_units([UnitDraft("15", "示例区", "region"), UnitDraft("1501", "甲市", "prefecture", "15")], by=SYSTEM)
    record_persons([PersonDraft("001", "䶮喆", "女", Unit.objects.get(code="1501").pk)], by=SYSTEM)
    sent = Path(settings.MEDIA_ROOT) / "ab" / "return.xlsx"
    sent.parent.mkdir(parents=True)
    sent.write_bytes(b"sent")
    file = tmp_path / "backup.tar.gz"
    write_backup(file)
    return file


def test_restore_brings_back_rows_and_files(backup: Path, tmp_path: Path) -> None:
    Person.objects.update(name="changed")
    record_units([UnitDraft("1502", "乙盟", "prefecture", "15")], by=SYSTEM)
    (Path(settings.MEDIA_ROOT) / "ab" / "return.xlsx").unlink()
    restore_backup(backup, keep=tmp_path / "before.tar.gz")
    assert Person.objects.get().name == "䶮喆"
    assert set(Unit.objects.values_list("code", flat=True)) == {"15", "1501"}
    assert (Path(settings.MEDIA_ROOT) / "ab" / "return.xlsx").read_bytes() == b"sent"
    assert read_manifest(tmp_path / "before.tar.gz")["rows"]["people.Unit"] == 3


def test_restore_leaves_keys_free_for_what_comes_next(backup: Path) -> None:
    restore_backup(backup)
    record_units([UnitDraft("1503", "丙市", "prefecture", "15")], by=SYSTEM)
    assert AuditEntry.objects.latest("id").verb == "add_unit"


def test_restore_refuses_a_damaged_file_and_changes_nothing(backup: Path) -> None:
    Person.objects.update(name="changed")
    data = bytearray(backup.read_bytes())
    data[len(data) // 2] ^= 255
    backup.write_bytes(bytes(data))
    with pytest.raises(BadBackup):
        restore_backup(backup)
    assert Person.objects.get().name == "changed"


def test_restore_refuses_what_is_no_backup(tmp_path: Path) -> None:
    file = tmp_path / "x.tar.gz"
    with tarfile.open(file, "w:gz"):
        pass
    with pytest.raises(BadBackup):
        restore_backup(file)


def test_backup_is_for_its_owner_only(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0


def test_damaged_backup_is_refused_or_still_says_the_same(backup: Path) -> None:
    """A few bits of gzip mean nothing (its name, its filling); with any other changed, nothing may be believed."""
    whole, chance = backup.read_bytes(), random.Random(1)
    for turn in range(200):
        data = bytearray(whole)
        if turn % 3:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        else:
            data = data[: chance.randrange(len(data))]
        backup.write_bytes(bytes(data))
        try:
            read_manifest(backup)
        except BadBackup:
            continue
        assert gzip.decompress(data) == gzip.decompress(whole)


def rewritten(backup: Path, change: dict[str, bytes], manifest: dict[str, object] | None = None) -> None:
    """The same backup with other members, sums made again: what a stranger could send."""
    with tarfile.open(backup) as archive:
        members = {m.name: archive.extractfile(m).read() for m in archive}  # type: ignore[union-attr]
    said = json.loads(members.pop("manifest.json")) | (manifest or {})
    members |= change
    said["members"] = {name: hashlib.sha256(data).hexdigest() for name, data in members.items()}
    members["manifest.json"] = json.dumps(said).encode()
    with tarfile.open(backup, "w:gz") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


def test_restore_writes_nothing_outside_its_folder(backup: Path, tmp_path: Path) -> None:
    rewritten(backup, {"files/../../escaped.txt": b"x"})
    Person.objects.update(name="changed")
    with pytest.raises(BadBackup, match="outside"):
        restore_backup(backup)
    assert Person.objects.get().name == "changed"
    assert not list(tmp_path.rglob("escaped.txt"))


@pytest.mark.parametrize("row", [b'{"model": "people.person", "pk": 1, "fields": {"nose": 1}}', b'{"model": "no.such"}', b"{"])
def test_restore_of_rows_that_do_not_fit_changes_nothing(backup: Path, row: bytes) -> None:
    rewritten(backup, {"data.jsonl": row + b"\n", "files/ab/return.xlsx": b"other"})
    Person.objects.update(name="changed")
    with pytest.raises(BadBackup):
        restore_backup(backup)
    assert Person.objects.get().name == "changed"
    assert (Path(settings.MEDIA_ROOT) / "ab" / "return.xlsx").read_bytes() == b"sent"


def test_backup_of_a_newer_version_is_refused(backup: Path) -> None:
    rewritten(backup, {}, {"format": 99})
    with pytest.raises(BadBackup, match="newer"):
        restore_backup(backup)
