"""The public list over several runs."""

from ortoo_hub.playlist import Piece, PublicList, master, next_break, pieces

LIST = """#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:1
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MAP:URI="init.mp4"
#EXTINF:1.000000,
000000.m4s
#EXTINF:0.960000,
000001.m4s
"""


def piece(run: int, number: int) -> Piece:
    return Piece(run, f"run-{run}/{number}.m4s", f"run-{run}/init.mp4", 1.0)


def test_pieces_of_a_list_are_named_from_where_the_public_list_stands() -> None:
    assert pieces(LIST, 7, "run-7/video") == [
        Piece(7, "run-7/video/000000.m4s", "run-7/video/init.mp4", 1.0),
        Piece(7, "run-7/video/000001.m4s", "run-7/video/init.mp4", 0.96),
    ]
    assert pieces("#EXTM3U\n", 7, "run-7/video") == []


def test_change_of_source_is_a_discontinuity_with_its_own_header() -> None:
    public = PublicList()
    assert public.take([piece(1, 0), piece(1, 1)]) == []
    assert public.take([piece(1, 1), piece(2, 0)]) == []
    lines = public.text().splitlines()
    assert lines[5:] == [
        '#EXT-X-MAP:URI="run-1/init.mp4"', "#EXTINF:1.000000,", "run-1/0.m4s", "#EXTINF:1.000000,", "run-1/1.m4s",
        "#EXT-X-DISCONTINUITY", '#EXT-X-MAP:URI="run-2/init.mp4"', "#EXTINF:1.000000,", "run-2/0.m4s",
    ]  # fmt: skip


def test_numbers_go_on_when_old_pieces_fall_out() -> None:
    public = PublicList(most=3)
    assert public.take([piece(1, n) for n in range(2)]) == []
    assert public.take([piece(2, n) for n in range(3)]) == ["run-1/0.m4s", "run-1/1.m4s"]
    assert "#EXT-X-MEDIA-SEQUENCE:2" in public.text()
    assert "#EXT-X-DISCONTINUITY-SEQUENCE:1" in public.text()
    assert "#EXT-X-DISCONTINUITY\n" not in public.text()


def test_list_that_was_read_before_gives_no_piece_twice() -> None:
    public = PublicList(most=2)
    public.take([piece(1, n) for n in range(4)])
    assert public.take([piece(1, n) for n in range(4)]) == []
    assert public.first == 2


def test_master_offers_sound_alone() -> None:
    assert [line for line in master(900_000).splitlines() if line.endswith(".m3u8")] == ["video.m3u8", "audio.m3u8"]


def test_breaks_go_on_where_the_list_before_ended_and_begin_small() -> None:
    assert next_break("") == 0
    public = PublicList(breaks=4)
    public.take([piece(1, 1), piece(2, 1), piece(3, 1)])
    assert next_break(public.text()) == 7
