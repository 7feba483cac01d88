from dataclasses import dataclass, replace
from xml.etree import ElementTree

from ortoo.programmes.itinerary.sketch import sketch_of


@dataclass(frozen=True)
class Spot:
    order: int
    name: str
    seat: tuple[float, float]


STOP = Spot(1, "甲", (111.69, 40.79))


def test_sketch_draws_borders_route_and_one_dot_a_stop() -> None:
    far = replace(STOP, order=2, name="乙", seat=(122.07, 46.08))
    sketch = sketch_of([STOP, far], here=2)
    root = ElementTree.fromstring(sketch.svg)
    tags = [child.tag.split("}")[1] for child in root]
    assert tags == ["path", "polyline", "circle", "circle"]
    assert [child.get("r") for child in root if child.tag.endswith("circle")] == ["8", "13"]
    assert 0.3 < sketch.ratio < 3


def test_stops_side_by_side_share_a_label_within_the_sketch() -> None:
    near = replace(STOP, order=2, name="乙", seat=(111.70, 40.80))
    outside = replace(STOP, order=3, name="很远的地方", seat=(135.0, 30.0))
    sketch = sketch_of([STOP, near, outside])
    assert [label.text for label in sketch.labels] == ["1 甲 · 2 乙", "3 很远的地方"]
    assert all(0 <= label.x <= 1 and 0 <= label.y <= 1 for label in sketch.labels)
