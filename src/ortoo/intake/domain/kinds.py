"""The kinds of problems, the reader's and those that only the database can know: how grave, and what can be done."""

from ortoo.intake.reading.problem import CHOICES, SEVERITY

OWN: dict[str, tuple[str, tuple[str, ...]]] = {
    "too_long": ("hold", ("shorten", "skip_row")),
    "person_elsewhere": ("hold", ("skip_row",)),
    "not_returned": ("note", ("keep", "withdraw")),
}
WITH_VALUE = ("set_value", "set_unit")


def severity_of(kind: str) -> str:
    """`hold`: the row waits; `warn`: it goes in, please check; `note`: for information."""
    return OWN[kind][0] if kind in OWN else SEVERITY[kind]


def choices_of(kind: str) -> tuple[str, ...]:
    """Keys of what can be done about it."""
    return OWN[kind][1] if kind in OWN else CHOICES.get(kind, ())
