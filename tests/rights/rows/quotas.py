"""Quotas of the rotation: the clerk holds a prefecture's, the clerk elsewhere none of them."""

from typing import Any

from tests.factories.cast import Cast
from tests.participation.quotas.tree import Tree, build_tree
from tests.rights.matrix import Row
from tests.rights.matrix import key as programme

from ortoo.kernel.actor import SYSTEM
from ortoo.participation.domain.candidate import propose
from ortoo.participation.domain.quota_request import ask_for_more
from ortoo.participation.domain.quota_sheet import receive_sheet
from ortoo.participation.quotas.models import Candidate
from ortoo.participation.quotas.sheet import Said


def tree(cast: Cast) -> Tree:
    """Quotas with somebody put forward in the county."""
    made = build_tree(cast.stage)
    if not Candidate.objects.exists():
        propose(made.county, made.people[:1], standing=Candidate.State.PROPOSED, by=SYSTEM)
    return made


def own(cast: Cast) -> dict[str, Any]:
    """The prefecture's quota."""
    return programme(cast) | {"pk": tree(cast).prefecture.pk}


def county(cast: Cast) -> dict[str, Any]:
    """The county's quota."""
    return programme(cast) | {"pk": tree(cast).county.pk}


def total(cast: Cast) -> dict[str, Any]:
    """The programme's total, which no clerk of a prefecture sees."""
    return programme(cast) | {"pk": tree(cast).total.pk}


def candidate(cast: Cast) -> dict[str, Any]:
    """Somebody put forward."""
    tree(cast)
    return programme(cast) | {"pk": Candidate.objects.get().pk}


def asked(cast: Cast) -> dict[str, Any]:
    """The county asks for more: the prefecture's clerk answers."""
    return programme(cast) | {"pk": ask_for_more(tree(cast).county, 1, "新站", by=SYSTEM).pk}


def asked_above(cast: Cast) -> dict[str, Any]:
    """The prefecture asks for more: only the organiser answers."""
    return programme(cast) | {"pk": ask_for_more(tree(cast).prefecture, 1, "新站", by=SYSTEM).pk}


def sheet(cast: Cast) -> dict[str, Any]:
    """A sheet that came back to the prefecture."""
    quota = tree(cast).prefecture
    made = receive_sheet(quota, "回.xlsx", Said("candidates"), by=SYSTEM)
    return programme(cast) | {"pk": quota.pk, "sheet_pk": made.pk}


LIST = "302 200 404 200 200 403 404 403"
LIST_POST = "302 302 404 302 302 403 404 403"
OWN = "302 200 404 200 404 403 404 403"
OWN_POST = "302 302 404 302 404 403 404 403"
ORGANISER_POST = "302 302 404 403 403 403 404 403"

ROWS = [
    Row("participation:quotas", LIST, programme),
    Row("participation:quota-total", ORGANISER_POST, programme, "post", {"leg": "", "count": "12"}),
    Row("participation:quota-deadlines", ORGANISER_POST, programme, "post"),
    Row("participation:quota-decide", LIST, programme),
    Row("participation:quota-decide", LIST_POST, programme, "post", {"do": "approve"}),
    Row("participation:quota-requests", LIST, programme),
    Row("participation:quota-answer", OWN_POST, asked, "post", {"refuse": "1"}),
    Row("participation:quota-answer", "302 302 404 403 404 403 404 403", asked_above, "post", {"grant": "1"}),
    Row("participation:candidate-substitute", OWN, candidate),
    Row("participation:quota", OWN, own),
    Row("participation:quota", OWN, county),
    Row("participation:quota", "302 200 404 404 404 403 404 403", total),
    Row("participation:quota-branch", OWN, own),
    Row("participation:quota-pass", OWN_POST, own, "post"),
    Row("participation:quota-pass", "302 302 404 404 404 403 404 403", total, "post"),
    Row("participation:quota-return", OWN_POST, own, "post", {"count": "1"}),
    Row("participation:quota-ask", OWN_POST, own, "post"),
    Row("participation:quota-people", OWN, county),
    Row("participation:quota-propose", OWN_POST, county, "post", {"returned": "1"}),
    Row("participation:quota-withdraw", OWN_POST, county, "post", {"candidate": "0"}),
    Row("participation:quota-sheet-read", OWN_POST, own, "post"),
    Row("participation:quota-sheet", OWN, sheet),
    Row("participation:quota-sheet", OWN_POST, sheet, "post", {"apply": "1"}),
    Row("participation:quota-candidates-file", OWN, own),
    Row("participation:quota-shares-file", OWN, own),
    Row("api:quotas", "401 200 404 200 200 403 404 403", programme),
    Row("api:quota-shares", "401 200 404 200 404 403 404 403", own, "post", {"shares": {"150101": 4}}),
    Row("api:quota-shares", "401 200 404 404 404 403 404 403", total, "post", {"shares": {"1501": 7}}),
    Row("api:candidates", "401 200 404 200 200 403 404 403", programme),
    Row("api:candidates-add", "401 201 404 201 404 403 404 403", county, "post", {"staff_nos": ["00091"]}),
    Row("api:candidate", "401 204 404 204 404 403 404 403", candidate, "delete"),
    Row("api:nominations", "401 200 404 200 200 403 404 403", programme),
]
