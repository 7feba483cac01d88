"""The list that a door takes along: what it needs to know a ticket without a line, signed so that nobody changes it on the way.

A ticket's code is not in it, only PBKDF2 of the code: who has the list can't print tickets. With 44 bits of signature and
1,000 rounds one ticket costs some 2⁵⁵ hashes.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils.crypto import salted_hmac

from ortoo.kernel import clock
from ortoo.participation.delegations.tickets import code_of, where
from ortoo.participation.models import Door, Seat
from ortoo.people.domain.search import search_text
from ortoo.programmes.models import Leg

ROUNDS = 1000
HASH_BYTES = 10


def signed_list(door: Door) -> dict[str, str]:
    """`list`: the list as JSON text; `signature`: Ed25519 of its UTF-8 bytes, base64."""
    text = json.dumps(list_of(door), ensure_ascii=False, separators=(",", ":"))
    return {"list": text, "signature": base64.b64encode(_private_key().sign(text.encode())).decode()}


def public_key() -> str:
    """The key with which a door checks its list: 32 bytes, base64."""
    return base64.b64encode(_private_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def list_of(door: Door) -> dict[str, Any]:
    """Seats as [key, serial, hash, name, where, number of the delegation, what it is searched by]; three queries."""
    leg = door.leg
    seats = list(Seat.objects.filter(leg=leg).select_related("delegation").order_by("pk"))
    names = list(dict.fromkeys(seat.delegation.name for seat in seats))
    number, salt = {name: n for n, name in enumerate(names)}, salt_of(leg)
    return {
        "stop": leg.name,
        "door": door.name,
        "issued": int(clock.now().timestamp() * 1000),
        "salt": salt,
        "rounds": ROUNDS,
        "delegations": names,
        "seats": [_line(seat, salt, number[seat.delegation.name]) for seat in seats],
        "others": [list(span) for span in _spans(_elsewhere(leg))],
    }


def salt_of(leg: Leg) -> str:
    """A salt for each stop, so that hashes of one list say nothing of another's."""
    return salted_hmac("ortoo.participation.doorlist", str(leg.pk), algorithm="sha256").hexdigest()[:16]


@lru_cache(maxsize=1 << 16)
def hash_of(code: str, salt: str) -> str:
    """What the list says of a ticket's code."""
    return hashlib.pbkdf2_hmac("sha256", code.encode(), salt.encode(), ROUNDS, HASH_BYTES).hex()


def _line(seat: Seat, salt: str, delegation: int) -> list[Any]:
    said = search_text(seat.holder, f"{seat.pk}-{seat.serial}")
    return [seat.pk, seat.serial, hash_of(code_of(seat), salt), seat.holder, where(seat), delegation, said]


def _elsewhere(leg: Leg) -> Iterable[tuple[int, str]]:
    others = Seat.objects.filter(leg__programme=leg.programme_id).exclude(leg=leg)
    return others.order_by("pk").values_list("pk", "leg__name").iterator()


def _spans(rows: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int, str]]:
    """Keys that follow one another at one stop as (first, last, stop): seats are made in rows, so these are few."""
    first = last = 0
    here = ""
    for key, stop in rows:
        if stop == here and key == last + 1:
            last = key
            continue
        if here:
            yield first, last, here
        first, last, here = key, key, stop
    if here:
        yield first, last, here


def _private_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(salted_hmac("ortoo.participation.listkey", "1", algorithm="sha256").digest())
