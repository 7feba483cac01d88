"""What a plan would cost and change more or less, in words: exactly, or at least."""

from collections.abc import Mapping
from dataclasses import dataclass

from ortoo_solvers.rotation.ways import There


@dataclass(frozen=True, slots=True)
class Figures:
    """``fewest``: changed published places come before the cost, and are told with it."""

    words: Mapping[str, str]
    fewest: bool

    def change(self, extra: int, changes: int = 0) -> str:
        """Exactly."""
        words = self.words
        said = words["more" if extra > 0 else "less"].format(count=abs(extra)) if extra else words["no_change"]
        if changes and self.fewest:
            said += words["changes" if changes > 0 else "changes_fewer"].format(changes=abs(changes))
        return said

    def cost(self, there: There) -> str:
        """Of the whole plan. A bound is one on the changes first: it says nothing of what plans cost that change more places."""
        if there.exact:
            return self.words["cost"].format(change=self.change(there.extra, there.changes))
        changes = there.changes if self.fewest else 0
        if changes:
            return self.words["cost_changes" if changes > 0 else "cost_fewer"].format(changes=abs(changes))
        key = "more_least" if there.extra > 0 else "less_most" if there.extra < 0 else "same_or_more"
        said = self.words["cost"].format(change=self.words[key].format(count=abs(there.extra)))
        return self.words["cost_kept"].format(cost=said) if self.fewest else said
