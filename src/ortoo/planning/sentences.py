"""Rules and reasons in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ortoo.planning.models import Exemption, Plan


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
        "quotas": _(
            "A unit that was given a quota for a term sends at most so many on that term; quotas for any term don't limit a plan."
        ),
        "left_out": _("Leaving a person out costs %(cost)s: it happens only when the limits leave no other way.")
        % {"cost": cost.get("left_out")},
        "preference_missed": _("A person who asked for a term and gets another costs %(cost)s.")
        % {"cost": cost.get("preference_missed")},
        "uneven": _("Each person by which a prefecture has fewer or more on a term than an even share costs %(cost)s.")
        % {"cost": cost.get("uneven")},
        "needs_uneven": _(
            "Each person by which those who lack a module are fewer or more on a term than an even share costs %(cost)s."
        )
        % {"cost": cost.get("needs_uneven")},
        "needs_elsewhere": _("Each module that a person lacks and that is mainly taught on other terms costs %(cost)s.")
        % {"cost": cost.get("needs_elsewhere")},
        "focus": _("%(count)s modules are mainly taught on certain terms.") % {"count": len(cost.get("focus", {}))},
    }
    return {key: text if key in hard or key in cost else _("Not applied.") for key, text in said.items()}


def rule_value(value: object) -> str:
    """What a rule is set to, as the form of the rules has it."""
    if isinstance(value, bool):
        return _("switched on") if value else _("not applied")
    return _("not applied") if value in (None, "") else f"{value:g}" if isinstance(value, float) else str(value)


def said(sentences: dict[str, str]) -> str:
    """Of sentences by language the reader's."""
    return sentences.get((get_language() or "zh")[:2], sentences.get("zh", ""))


def exemptions_said(plan: Plan) -> list[tuple[Exemption, str]]:
    """Who stands against a rule, each with the rule."""
    return [(each, said(each.broken)) for each in plan.exemptions.select_related("person", "leg")[:200]]


@dataclass(frozen=True)
class Looser:
    """A limit that gives way in a plan, in words, and who allowed it when and why; without a reason nobody has yet. `idle`: there is
    nothing of it to be done in this plan."""

    sentence: str
    idle: bool
    reason: str
    by_name: str
    at: datetime | None


def looser_said(plan: Plan) -> list[Looser]:
    """What gives way in a plan; first what nobody has allowed yet."""
    found = [
        Looser(
            said(each["said"]),
            each.get("idle", False),
            each.get("reason", ""),
            each.get("by_name", ""),
            datetime.fromisoformat(each["at"]) if each.get("at") else None,
        )
        for each in plan.asked.get("looser", ())
    ]
    return sorted(found, key=lambda each: bool(each.reason))


def looser_shown(found: Sequence[Looser], most: int = 50) -> list[Looser]:
    """Of very many all that nobody has allowed yet, and some of the others."""
    return [each for number, each in enumerate(found) if number < most or not each.reason]


def cost_kind(kind: str) -> str:
    """A kind of cost in words."""
    return {
        "shares": _("Uneven shares"),
        "preference": _("Wishes not met"),
        "needs": _("Needs taught on other terms"),
        "left_out": _("People left out"),
        "change": _("Published places changed"),
        "together": _("Colleagues apart"),
    }.get(kind, kind)
