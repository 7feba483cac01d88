"""What can be set, and what cannot be."""

import json

import pytest

from ortoo_hub import Configuration, Misconfigured

SECRET = "sixteen bytes or more"


def test_configuration_survives_the_way_through_json() -> None:
    one = Configuration("var", SECRET, trusted_proxies=("10.0.0.1",), retry_seconds=(0.5, 2.0))
    assert Configuration.from_data(json.loads(json.dumps(one.as_data()))) == one


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"secret": "short"}, "secret"),
        ({"engine": "channels"}, "engine"),
        ({"processes": 100}, "processes"),
        ({"retry_seconds": (3.0, 1.0)}, "retry_seconds"),
        ({"ring_seconds": 0.0}, "ring_seconds"),
        ({"benchmark": True, "host": "0.0.0.0"}, "benchmark"),
    ],
)
def test_configuration_refuses_by_name(wrong: dict[str, object], named: str) -> None:
    with pytest.raises(Misconfigured, match=named):
        Configuration(**({"folder": "var", "secret": SECRET} | wrong))  # type: ignore[arg-type]


def test_from_data_refuses_what_is_not_known_or_lacking() -> None:
    with pytest.raises(Misconfigured, match="colour"):
        Configuration.from_data({"folder": "var", "secret": SECRET, "colour": 1})
    with pytest.raises(Misconfigured, match="folder"):
        Configuration.from_data({"secret": SECRET})
