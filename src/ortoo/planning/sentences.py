"""Rules and reasons in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ortoo.programmes.models import Leg


def rule_sentences(hard: dict[str, Any], cost: dict[str, Any]) -> dict[str, str]:
    """Each rule explained in a sentence, by its key, with the figure as it is now."""
    share = f"{hard['county_away_share'] * 100:g}" if "county_away_share" in hard else ""
    said = {
        "county_away_share": _("A county sends at most %(share)s%% of its nominees on one term, but at least one.")
        % {"share": share},
        "station_away": _("Of one station at most %(count)s person is away on one term.") % {"count": hard.get("station_away")},
        "sole_charge_per_county": _("Of a county's people in sole charge (主持工作) at most %(count)s goes on one term.")
        % {"count": hard.get("sole_charge_per_county")},
        "blocked": _("Nobody is put on a term in which one of their blocked days lies."),
        "left_out": _("Leaving a person out costs %(cost)s: it happens only when the limits leave no other way.")
        % {"cost": cost.get("left_out")},
        "preference_missed": _("A person who asked for a term and gets another costs %(cost)s.")
        % {"cost": cost.get("preference_missed")},
        "uneven": _("Each person by which a prefecture has fewer or more on a term than an even share costs %(cost)s.")
        % {"cost": cost.get("uneven")},
    }
    return {key: text if key in hard or key in cost else _("Not applied.") for key, text in said.items()}


def full_sentence(rule: dict[str, Any]) -> str:
    """What stands in somebody's way on a term."""
    kind = rule["kind"]
    params = {"unit": rule.get("unit", ""), "limit": rule.get("limit"), "count": rule.get("count"), "term": rule.get("term")}
    sentences = {
        "blocked": _("cannot come on these days"),
        "pin": _("is pinned to term %(term)s"),
        "capacity": _("the term is full (%(limit)s)"),
        "women_beds": _("all %(limit)s beds for women are taken"),
        "men_beds": _("all %(limit)s beds for men are taken"),
        "sole_charge_per_county": _("%(unit)s already sends %(count)s in sole charge, its limit"),
        "cover": _("%(unit)s already sends %(count)s, its limit"),
    }
    return sentences.get(kind, _("the limit of %(limit)s is reached")) % params


def why_left_out(reasons: list[dict[str, Any]], legs: dict[int, Leg]) -> list[tuple[str, str]]:
    """For each term its name and what stands in the way."""
    free = _("there is room, but it would cost more elsewhere")
    return [
        (
            legs[entry["term"]].name if entry["term"] in legs else str(entry["term"]),
            ";".join(map(full_sentence, entry["rules"])) or free,
        )
        for entry in reasons
    ]


def collision_sentences(collision: dict[str, Any], legs: dict[int, Leg]) -> tuple[list[str], list[str]]:
    """Which rules collide, and the cheapest loosening, each as sentences."""

    def of(rule: dict[str, Any]) -> dict[str, Any]:
        name = legs[rule["term"]].name if rule["term"] in legs else str(rule["term"])
        return rule | {"term": name, "who": rule["person"] or rule["unit"] or _("all")}

    def holds(rule: dict[str, Any]) -> str:
        if rule["kind"] == "pin":
            return _("%(who)s is pinned to %(term)s") % of(rule)
        if rule["kind"] == "blocked":
            return _("%(who)s cannot come on %(term)s") % of(rule)
        if rule["kind"] == "minimum":
            return _("%(term)s needs at least %(limit)s people; %(count)s can come") % of(rule)
        return _("%(who)s: at most %(limit)s on %(term)s (%(kind)s)") % of(rule)

    def loosened(rule: dict[str, Any]) -> str:
        if rule["loosened"] is None:
            return _("drop it: %(rule)s") % {"rule": holds(rule)}
        return _("%(rule)s → %(limit)s") % {"rule": holds(rule), "limit": rule["loosened"]}

    return [holds(rule) for rule in collision.get("rules", [])], [loosened(rule) for rule in collision.get("loosening", [])]


def left_out_count(count: int) -> str:
    """How many are left out."""
    return ngettext("%(count)s person left out", "%(count)s people left out", count) % {"count": count}
