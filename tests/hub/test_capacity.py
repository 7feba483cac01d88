"""How many viewers fit."""

from ortoo_hub.capacity import PER_VIEWER, RESERVED, Capacity, plan


def test_plan_takes_as_many_processes_as_the_limit_of_files_wants() -> None:
    one = plan(1)
    assert one.each == one.files - RESERVED
    many = plan(one.each * 5 + 1)
    assert many.processes == 6
    assert plan(10, processes=3).processes == 3


def test_sentence_says_what_is_lacking() -> None:
    enough = Capacity(wanted=30_000, processes=2, each=19_488, files=20_000, memory=0)
    assert enough.enough
    assert enough.sentence() == "this machine holds 38,976 live viewers: 2 processes with 20,000 open files each"
    small = Capacity(wanted=40_000, processes=3, each=19_488, files=20_000, memory=1_000 * PER_VIEWER)
    assert not small.enough
    assert small.viewers == 1_000
    assert "memory" in small.sentence()
    assert small.sentence().endswith("40,000 are wanted")
