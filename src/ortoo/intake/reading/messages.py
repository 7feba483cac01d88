"""The sentence for each kind of problem and choice, in English and Chinese; the English is also the message id of the pages."""

from ortoo.intake.reading.problem import Problem
from ortoo.intake.reading.tour import messages as tour
from ortoo.kernel.sheets.errors import KINDS

SENTENCES: dict[str, tuple[str, str]] = {
    "name_missing": ("No name in this row.", "本行没有姓名。"),
    "staff_no_missing": ("%(name)s has no staff number.", "%(name)s没有工号。"),
    "staff_no_odd": ("“%(read)s” is not a staff number of %(width)s digits.", "“%(read)s”不是%(width)s位工号。"),
    "unit_unknown": (
        "The directory of units knows no “%(read)s” in %(county)s.",
        "单位名录里%(county)s没有“%(read)s”。",
    ),
    "unit_elsewhere": ("%(read)s is not one of your units.", "%(read)s不属于你单位。"),
    "date_impossible": ("“%(said)s” is a day that does not exist.", "“%(said)s”不是实际存在的日期。"),
    "date_reversed": ("“%(said)s” ends before it begins.", "“%(said)s”结束早于开始。"),
    "date_unclear": ("“%(said)s” can't be read as days.", "“%(said)s”看不出是哪几天。"),
    "sex_unknown": ("“%(read)s” is neither 男 nor 女.", "“%(read)s”看不出是男是女。"),
    "duplicate_in_file": (
        "%(name)s (%(staff_no)s) already stands in row %(first_row)s; this row differs in: %(fields)s.",
        "%(name)s(%(staff_no)s)已在第%(first_row)s行出现;本行不同之处:%(fields)s。",
    ),
    "same_person_two_files": (
        "%(name)s (%(staff_no)s) already stands in %(first_file)s, row %(first_row)s; this row differs in: %(fields)s.",
        "%(name)s(%(staff_no)s)已在《%(first_file)s》第%(first_row)s行出现;本行不同之处:%(fields)s。",
    ),
    "staff_no_taken": (
        "%(staff_no)s is the number of %(first_name)s in %(first_file)s, row %(first_row)s; here it stands beside %(name)s.",
        "工号%(staff_no)s在《%(first_file)s》第%(first_row)s行属于%(first_name)s,这里却写着%(name)s。",
    ),
    "cell_formula": (
        "A formula stands here whose result was not saved. Open the file, save it again, or write the value.",
        "这里是公式,文件里没有存下结果。请打开后重新保存,或直接填写内容。",
    ),
    "date_far": ("“%(said)s” lies far from the programme’s days.", "“%(said)s”离培训时间很远。"),
    "phone_odd": ("“%(read)s” does not look like a telephone number.", "“%(read)s”不像电话号码。"),
    "preference_unknown": ("“%(read)s” names no term of this programme.", "“%(read)s”不是本项目的期次。"),
    "name_odd": ("“%(read)s” does not look like a name.", "“%(read)s”不像姓名。"),
    "sheet_ignored": ("Sheet “%(sheet)s” was not read: %(why)s.", "工作表“%(sheet)s”没有读取:%(why)s。"),
    "column_by_content": (
        "Column “%(header)s” was taken for %(field)s, by what stands in it.",
        "“%(header)s”一栏按内容认作%(field)s。",
    ),
    "column_unknown": ("Column “%(header)s” was not used.", "“%(header)s”一栏没有使用。"),
    "row_skipped": ("Row left out: %(why)s.", "本行略过:%(why)s。"),
    "macros_ignored": ("The file carries macros; they were not run.", "文件带有宏,没有运行。"),
    "zeros_restored": ("%(count)s staff numbers had lost leading zeros; restored to %(width)s digits.",
                       "%(count)s个工号丢了前面的0,已补足%(width)s位。"),
    "header_not_found": (
        "No table with names and staff numbers was found. Its head needs at least 姓名, 工号 and 单位.",
        "没有找到名单表格。表头至少要有姓名、工号、单位。",
    ),
    "file_unreadable": ("%(why)s", "%(why)s"),
    **tour.SENTENCES,
}  # fmt: skip
CHOICE_SENTENCES: dict[str, tuple[str, str]] = {
    "skip_row": ("Leave this row out", "不要这一行"),
    "set_value": ("Write the right value", "填写正确的内容"),
    "set_unit": ("Choose the unit", "选定单位"),
    "ignore_value": ("Take the row without this value", "保留本行,不要这一格"),
    "accept": ("It is right as it is", "照原样采用"),
    "name_column": (
        "Give the column one of the heads that are understood (可用日期, 不能参加日期, 替讲人 …)",
        "把这一栏的表头改成认得的名称(可用日期、不能参加日期、替讲人等)",
    ),
    "show_sheet": ("Show the sheet, or give it a name without another year", "取消隐藏该工作表,或改掉表名里的往年、样例字样"),
    "keep_first": ("Keep the first row", "以先出现的为准"),
    "take_later": ("Take this later row", "以本行为准"),
}
WHYS: dict[str, tuple[str, str]] = {
    "hidden": ("it is hidden", "工作表已隐藏"),
    "last_year": ("it is of another year", "不是本年度的"),
    "no_table": ("it has no list of people", "里面没有名单"),
    "empty": ("it is empty", "是空表"),
    "sample": ("it is an example", "是填写样例"),
    "form": ("it belongs to the form", "是表格自带的说明"),
    "total": ("a total", "合计行"),
    "footer": ("a line below the table", "表尾说明"),
    "header_again": ("the head once more", "重复的表头"),
    "no_person": ("no name, number or unit in it", "没有姓名、工号和单位"),
    "section": ("a heading between the rows", "中间的分组标题"),
    "same_people": ("the other sheets have all of its people already", "人员与其他工作表完全相同"),
    "no_people": ("no row of it can be read as a person", "没有一行能读成人员"),
    "number_only": ("only a running number", "只有序号"),
    **tour.WHYS,
}


def language_index(language: str) -> int:
    """0 for English, 1 for Chinese."""
    return 0 if language.lower().startswith("en") else 1


def say(problem: Problem, language: str = "zh-hans") -> str:
    """The problem as a sentence in `language` (en or zh-hans)."""
    which = language_index(language)
    params = {"read": problem.read, "header": problem.header, "sheet": problem.sheet, **problem.params}
    if problem.kind == "file_unreadable" and params.get("error") in KINDS:
        return KINDS[params["error"]][which] % params
    if params.get("why") in WHYS:
        params["why"] = WHYS[params["why"]][which]
    for name, words in (("table", tour.TABLES), ("needed", tour.NEEDED), ("mark", tour.ENDS), ("what", tour.NUMBERS)):
        if params.get(name) in words:
            params[name] = words[params[name]][which]
    if lacks := params.get("lacks"):
        params["lacks"] = (", ", "、")[which].join(tour.LACKING[each][which] for each in lacks.split("|"))
    return SENTENCES[problem.kind][which] % params


def can_do(problem: Problem, language: str = "zh-hans") -> str:
    """What can be done about it, in `language`; empty where there is nothing to do."""
    which = language_index(language)
    return ("; ", ";")[which].join(CHOICE_SENTENCES[choice][which] for choice in problem.choices)
