"""Hours shared out among modules by how many people lack them."""

from collections.abc import Mapping


def share_hours(hours: int, least: Mapping[str, int], lacking: Mapping[str, int]) -> dict[str, int]:
    """Whole hours for each module: its least, and of the rest a share in proportion to `lacking`.

    The rest goes hour by hour to the module with the largest lacking / (2 k + 1), k being the hours of the rest that it
    has already (the method of Sainte-Laguë, 1910); the earlier module wins a tie. When nobody lacks anything, all count
    alike. The sum is `hours`, or that of the least when this is more; {} without modules.
    """
    if not least:
        return {}
    weights = {name: lacking.get(name, 0) for name in least}
    if not any(weights.values()):
        weights = dict.fromkeys(least, 1)
    more = dict.fromkeys(least, 0)
    for _hour in range(hours - sum(least.values())):
        neediest = max(least, key=lambda name: weights[name] / (2 * more[name] + 1))
        more[neediest] += 1
    return {name: least[name] + more[name] for name in least}
