"""The blank return that is sent to a unit: everything to choose is offered, everything hidden is there by which it is known again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ortoo.intake.reading.directory import Directory, UnitRow
from ortoo.intake.reading.nominee import Nominee, Term
from ortoo.kernel.sheets.form import Form, FormColumn, write_form

VERSION = "1"
HEADS = {
    "station": ("工作单位", "Unit"), "name": ("姓名", "Name"), "staff_no": ("工号", "Staff number"), "sex": ("性别", "Sex"),
    "post": ("职务", "Post"), "phone": ("手机", "Phone"), "language": ("语言", "Language"), "diet": ("饮食", "Diet"),
    "blocked": ("不能参训时间", "Days to avoid"), "wish": ("希望期次", "Wished term"), "needs": ("培训需求", "Needs"), "remark": ("备注", "Remarks"),
}  # fmt: skip
WIDTHS = {"station": 26, "blocked": 28, "needs": 30, "remark": 20, "phone": 14, "staff_no": 11, "language": 11}
HINTS = {
    "station": ("从列表中选择。", "Choose from the list."),
    "staff_no": ("{width}位,前面的0不要省略。", "{width} digits; keep the zeros in front."),
    "phone": ("11位手机号。", "Mobile number of 11 digits."),
    "blocked": (
        "例:5月17日-5月30日;几段之间用分号隔开。没有就空着。",
        "For example 2023-05-17 to 2023-05-30; several spans divided by a semicolon. Leave empty if none.",
    ),
    "needs": ("可填几项,用顿号隔开。可选:{needs}", "Several may be named, divided by commas: {needs}"),
    "wish": ("不选就是都可以。", "Leave empty if any will do."),
}
NOTES = (
    (
        "请在本表内填写,一人一行;橙色各栏必填。不要合并单元格。",
        "One person a line; the orange columns must be filled. Do not merge cells.",
    ),
    (
        "改列名、加列、调整列的顺序都不影响读取。填好后另存,原样发回。",
        "Renamed, added or moved columns do no harm. Save the form and send it back.",
    ),
)
REFUSAL = ("请从列表中选择,或按提示填写。", "Choose from the list, or write it as the hint says.")
MUST = ("station", "name", "staff_no", "sex")
POSTS = ("教导员", "教导员(主持工作)", "指导员")


@dataclass(frozen=True)
class BlankReturn:
    """What a blank return is made from. `unit` gets the form, its stations are offered; `people` are those already known.

    `programme` is the programme's key. `needs` and `posts` are offered, not required; `staff_width` is in digits.
    """

    title: str
    unit: UnitRow
    directory: Directory
    terms: Sequence[Term]
    programme: str = ""
    needs: Sequence[str] = ()
    posts: Sequence[str] = POSTS
    people: Sequence[Nominee] = field(default=())
    staff_width: int = 6
    lines: int = 100


def blank_return(asked: BlankReturn, language: str = "zh-hans") -> bytes:
    """The form as xlsx, in the reader's language (en or zh-hans); it reads back without a question in either."""
    which = 1 if language.lower().startswith("en") else 0
    offered = _offered(asked)
    columns = [_column(asked, name, which, offered) for name in HEADS]
    form = Form(
        sheet=("推荐表", "Return")[which], title=asked.title, columns=columns, notes=[note[which] for note in NOTES],
        rows=[_row(asked, person) for person in asked.people], lines=asked.lines,
        key={"form": "return", "version": VERSION, "programme": asked.programme, "unit": asked.unit.code}, refusal=REFUSAL[which],
    )  # fmt: skip
    return write_form(form)


def place_of(directory: Directory, station: UnitRow) -> str:
    """A station with its county before it, as the form offers it and the reader understands it."""
    county = directory.above(station.parent, "county")
    return f"{county.name} {station.name}" if county and county is not station else station.name


def stations_of(directory: Directory, unit: UnitRow) -> list[UnitRow]:
    """The unit's stations, county by county; the unit itself when it is one."""
    if unit.kind == "station":
        return [unit]
    below: Iterable[UnitRow] = sorted(directory.children(unit.code), key=lambda child: child.code)
    return [station for child in below for station in stations_of(directory, child)]


def _offered(asked: BlankReturn) -> dict[str, Sequence[str]]:
    return {
        "station": [place_of(asked.directory, station) for station in stations_of(asked.directory, asked.unit)],
        "sex": ("男", "女"), "language": ("汉", "蒙汉兼通"), "diet": ("清真", "素食"), "post": asked.posts,
        "wish": [term.name for term in asked.terms],
    }  # fmt: skip


def _column(asked: BlankReturn, name: str, which: int, offered: dict[str, Sequence[str]]) -> FormColumn:
    needs = "、".join(asked.needs)[:180]
    hint = HINTS[name][which].format(width=asked.staff_width, needs=needs) if name in HINTS else ""
    column = FormColumn(
        name,
        HEADS[name][which],
        WIDTHS.get(name, 9),
        offered.get(name, ()),
        name in ("station", "sex", "wish"),
        hint,
        must=name in MUST,
    )
    lengths = {"staff_no": asked.staff_width, "phone": 11}
    return replace(column, check="digits", length=lengths[name]) if name in lengths else column


def _row(asked: BlankReturn, person: Nominee) -> list[object]:
    station = asked.directory.units.get(person.unit)
    days = ";".join(f"{first}至{last}" for first, last in person.blocked)
    wish = asked.terms[person.prefers - 1].name if person.prefers and person.prefers <= len(asked.terms) else ""
    said = {
        "station": place_of(asked.directory, station) if station else person.station, "blocked": days, "wish": wish,
        "needs": "、".join(person.needs),
    }  # fmt: skip
    return [said.get(name, getattr(person, name, "")) for name in HEADS]
