from ortoo.participation.domain.dorm_room import RoomDraft
from ortoo.participation.dorm.typed import generate, read_typed, typed


def test_rooms_are_read_from_tabs_commas_and_wide_figures() -> None:
    drafts, wrong = read_typed("楼\t层\t房间\n1号楼\t3\t301\t2\t女\n\n2号楼，１，１０１，，\n,-1,地下1,4,men")
    assert wrong == []
    assert drafts == [
        RoomDraft("1号楼", 3, "301", 2, "女"),
        RoomDraft("2号楼", 1, "101", 2, ""),
        RoomDraft("", -1, "地下1", 4, "男"),
    ]
    assert read_typed(typed(drafts)) == (drafts, [])


def test_every_mistake_has_its_line_and_column() -> None:
    drafts, wrong = read_typed("1号楼,三,301,2,女\n1号楼,3,,5,人\n1号楼,3,302\n1号楼,3,302\n1,2,3,1,女,还有")
    assert [str(draft) for draft in drafts] == ["1号楼 302", "1号楼 302"]
    assert [(each.line, each.said) for each in wrong] == [(1, "三"), (2, ""), (2, "5"), (2, "人"), (4, "1号楼 302"), (5, "还有")]


def test_many_rooms_are_numbered_by_floor() -> None:
    rooms = generate("1号楼", range(1, 3), 20, 2, "女")
    assert [rooms[0].number, rooms[19].number, rooms[20].number, len(rooms)] == ["101", "120", "201", 40]
    assert generate("", range(1, 2), 100, 1, "")[99].number == "1100"
