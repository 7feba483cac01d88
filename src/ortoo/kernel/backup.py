"""Everything in one file, taken while people work, and put back whole or not at all; the same file fits both engines.

The file is a tar.gz: `manifest.json` (version, moment, rows by model, SHA-256 of every member), `data.jsonl` (one row of one
model a line, as Django serialises it) and `files/` (what people have sent).
"""

import gzip
import hashlib
import io
import json
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management.color import no_style
from django.db import connections, models, transaction

from ortoo.kernel import clock, jobs

FORMAT = 1
LEFT_OUT = {"sessions", "contenttypes", "auth", "axes", "django_tasks_database", "django_tasks_db"}
BATCH = 1000


class BadBackup(Exception):
    """A backup that cannot be put back; nothing was changed."""


def backed_up_models() -> list[type[models.Model]]:
    """What a backup holds: everything but sessions, sign-in tries and the queue's own rows."""
    return [model for model in apps.get_models() if model._meta.app_label not in LEFT_OUT and model._meta.managed]


def write_backup(file: Path) -> dict[str, Any]:
    """Write a backup, readable by its owner only; gives its manifest. The file appears when it is whole."""
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        data = Path(folder) / "data.jsonl"
        rows = _dump(data)
        part = Path(folder) / "part"
        manifest = _pack(part, data, rows)
        part.chmod(0o600)
        part.replace(file)
    return manifest


def read_manifest(file: Path) -> dict[str, Any]:
    """The manifest, after the whole file was checked: its own checksum, and every member against its SHA-256."""
    try:
        _read_through(file)
        with tarfile.open(file, "r:gz") as archive:
            manifest = json.load(_member(archive, "manifest.json"))
            for name, digest in manifest["members"].items():
                if _digest(_member(archive, name)) != digest:
                    raise BadBackup(f"{name} is damaged")
            newer = manifest["format"] > FORMAT
    except (tarfile.TarError, zlib.error, EOFError, OSError, LookupError, TypeError, ValueError) as error:
        raise BadBackup(f"{file.name} is not a whole backup of Ortoo: {error}") from None
    if newer:
        raise BadBackup(f"{file.name} was made by a newer version of Ortoo; upgrade first")
    return dict(manifest)


def restore_backup(file: Path, *, keep: Path | None = None) -> dict[str, Any]:
    """Put a backup back in one transaction; `keep` is where the present state is saved first."""
    manifest = read_manifest(file)
    if keep is not None:
        keep.parent.mkdir(parents=True, exist_ok=True)
        write_backup(keep)
    with tarfile.open(file, "r:gz") as archive, transaction.atomic():
        _load(_member(archive, "data.jsonl"))
        jobs.recover_all()
        # Last before the commit: a backup whose rows do not fit has touched no file, and no row ever names a missing one.
        _restore_files(archive, manifest)
    return manifest


def _dump(file: Path) -> Counter[str]:
    rows: Counter[str] = Counter()
    with _snapshot(file.parent) as alias, file.open("w", encoding="utf-8") as stream:
        for model in backed_up_models():
            query = model._default_manager.using(alias).order_by("pk")
            for row in query.iterator(BATCH):
                stream.write(serializers.serialize("jsonl", [row], ensure_ascii=False))
                rows[model._meta.label] += 1
    return rows


@contextmanager
def _snapshot(folder: Path) -> Iterator[str]:
    """A database alias that shows one moment: for SQLite a copy, so that nobody waits; for PostgreSQL one transaction."""
    if connections["default"].vendor != "sqlite":
        with transaction.atomic():
            with connections["default"].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield "default"
        return
    copy = folder / "snapshot.sqlite3"
    connections["default"].ensure_connection()
    with sqlite3.connect(copy) as target:
        connections["default"].connection.backup(target)
    target.close()
    present = connections["default"]
    connections["snapshot"] = type(present)(present.settings_dict | {"NAME": str(copy)}, alias="snapshot")
    try:
        yield "snapshot"
    finally:
        connections["snapshot"].close()
        del connections["snapshot"]


def _pack(part: Path, data: Path, rows: Counter[str]) -> dict[str, Any]:
    root = Path(settings.MEDIA_ROOT)
    sent = sorted(path for path in root.rglob("*") if path.is_file()) if root.exists() else []
    members = {"data.jsonl": data} | {f"files/{path.relative_to(root)}": path for path in sent}
    manifest = {"format": FORMAT, "made": clock.now().isoformat(), "rows": dict(rows), "members": {}}
    with tarfile.open(part, "w:gz", compresslevel=5) as archive:
        for name, path in members.items():
            with path.open("rb") as stream:
                manifest["members"][name] = _digest(stream)  # type: ignore[index]
            archive.add(path, name, recursive=False)
        said = json.dumps(manifest, ensure_ascii=False).encode()
        info = tarfile.TarInfo("manifest.json")
        info.size = len(said)
        archive.addfile(info, io.BytesIO(said))
    return manifest


def _load(stream: Any) -> None:
    for model in reversed(backed_up_models()):
        model._default_manager.all()._raw_delete("default")
    waiting: list[models.Model] = []
    try:
        for row in serializers.deserialize("jsonl", io.TextIOWrapper(stream, encoding="utf-8")):
            if waiting and (type(waiting[0]) is not type(row.object) or len(waiting) >= BATCH):
                _insert(waiting)
                waiting = []
            waiting.append(row.object)
    except serializers.base.DeserializationError as error:
        raise BadBackup(f"the backup does not fit this version of Ortoo: {error}") from None
    _insert(waiting)
    _after_load()


def _insert(rows: list[models.Model]) -> None:
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=200)


def _after_load() -> None:
    connection = connections["default"]
    statements = connection.ops.sequence_reset_sql(no_style(), backed_up_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _restore_files(archive: tarfile.TarFile, manifest: dict[str, Any]) -> None:
    """Each file appears whole; those sent since the backup stay, named by nobody."""
    root = Path(settings.MEDIA_ROOT).resolve()
    names = [name for name in manifest["members"] if name.startswith("files/")]
    targets = {name: (root / name.removeprefix("files/")).resolve() for name in names}
    for name, target in targets.items():
        if root not in target.parents:
            raise BadBackup(f"{name} points outside the folder of files")
    for name, target in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.part")
        with part.open("wb") as stream:
            shutil.copyfileobj(_member(archive, name), stream)
        part.replace(target)


def _read_through(file: Path) -> None:
    """Unpack to the end, where gzip keeps its checksum: raises when a single bit has changed."""
    with gzip.open(file) as stream:
        while stream.read(1 << 20):
            pass


def _member(archive: tarfile.TarFile, name: str) -> Any:
    found = archive.extractfile(name)
    if found is None:
        raise BadBackup(f"{name} is not a file")
    return found


def _digest(stream: Any) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()
