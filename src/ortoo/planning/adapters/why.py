"""Why this term: a person's terms, a unit's numbers, as sentences of the solver; names only of whom the reader may know."""

from collections.abc import Container
from dataclasses import dataclass

from ortoo_solvers.rotation.explain import Explanation
from ortoo_solvers.rotation.sentences import Sentences


@dataclass(frozen=True)
class TermReason:
    """One term for one person, in a sentence. `here`: the term that the plan gives them."""

    ordinal: int
    sentence: str
    here: bool


def terms_of(explanation: Explanation, staff_no: str, language: str, known: Container[str] | None = None) -> list[TermReason]:
    """Each term for a person: what stands in the way, what it would cost, who would move."""
    words, here = Sentences(explanation.problem, language, known=known), explanation.solution.assignment[staff_no]
    options = explanation.options(staff_no)
    return [
        TermReason(
            int(option.term),
            words.here(staff_no, options, here) if option.term == here else words.option(option, here),
            option.term == here,
        )
        for option in options
    ]


def left_out_of(explanation: Explanation, staff_no: str, language: str, known: Container[str] | None = None) -> tuple[str, bool]:
    """Why a person has no place, and the cheapest loosening; whether there is one. Empty for who has a place."""
    if explanation.solution.assignment[staff_no] is not None:
        return "", False
    found = explanation.why(staff_no)
    return Sentences(explanation.problem, language, known=known).left_out(found), found.mend is not None


def units_told(explanation: Explanation) -> frozenset[str]:
    """Of which units a rule speaks: kind:code."""
    return frozenset(unit for unit, class_ in explanation.groups if unit is not None and class_ is None)


def numbers_of(explanation: Explanation, kind: str, code: str, language: str) -> list[str]:
    """A unit's number on each term, and what one more and one fewer would cost; empty where no rule speaks of the unit."""
    words = Sentences(explanation.problem, language)
    return [words.margin(margin) for margin in explanation.margins(f"{kind}:{code}")]
