"""What the command says, in English and Chinese. It runs without Django, so its words stand here."""

import locale
import os

SAID: dict[str, tuple[str, str]] = {
    "read": ("%(files)s returns read: %(people)s people, %(problems)s rows to decide (problems.xlsx).",
             "已读取%(files)s份回执:%(people)s人,%(problems)s行待定(见problems.xlsx)。"),
    "planned": ("Planned: %(placed)s placed, %(left)s left out, cost %(cost)s, bound %(bound)s, %(proof)s by %(engine)s in %(seconds).2f s.",
                "排期完成:安排%(placed)s人,未安排%(left)s人,成本%(cost)s,下界%(bound)s,%(proof)s(%(engine)s,%(seconds).2f秒)。"),
    "optimal": ("proved best", "已证明最优"),
    "not_optimal": ("not proved best", "尚未证明最优"),
    "written": ("Written to %(out)s: plan.csv, plan.xlsx, plan.json, problems.xlsx.",
                "已写入%(out)s:plan.csv、plan.xlsx、plan.json、problems.xlsx。"),
    "term": ("%(name)s: %(count)s people", "%(name)s:%(count)s人"),
    "bad_rules": ("Rules file %(file)s: %(why)s", "规则文件%(file)s:%(why)s"),
    "no_file": ("%(file)s can't be read: %(why)s", "%(file)s无法读取:%(why)s"),
    "unread": ("%(file)s: %(why)s", "%(file)s:%(why)s"),
    "nobody": ("The returns name nobody who can be planned; see problems.xlsx.", "回执里没有可以排期的人,见problems.xlsx。"),
    "two_names": ("Two returns have the same name %(file)s; rename one.", "有两份回执同名:%(file)s,请改名。"),
    "stopped": ("No plan was found in %(seconds)s s; allow more with --seconds.", "%(seconds)s秒内没有找到方案,请用--seconds放宽时间。"),
    "overview": ("Overview", "概况"), "left_out": ("Left out", "未安排"), "why": ("Why", "原因"), "problems": ("To decide", "待定"),
    "notes": ("Notes", "说明"), "staff_no": ("Staff number", "工号"), "name": ("Name", "姓名"), "sex": ("Sex", "性别"),
    "prefecture": ("Prefecture", "盟市"), "county": ("County", "旗县区"), "station": ("Station", "站"), "post": ("Post", "职务"),
    "phone": ("Phone", "手机"), "wish": ("Asked for", "希望期次"), "term_head": ("Term", "期次"), "days": ("Days", "日期"),
    "people": ("People", "人数"), "women": ("Women", "女"), "men": ("Men", "男"), "capacity": ("Capacity", "容量"),
    "file": ("File", "文件"), "sheet": ("Sheet", "工作表"), "row": ("Row", "行"), "column": ("Column", "列"), "header": ("Head", "表头"),
    "was_read": ("Read", "读到的内容"), "problem": ("What is wrong", "问题"), "can_do": ("What can be done", "可以怎样处理"),
    "cost": ("Cost", "成本"), "bound": ("Bound", "下界"), "proof": ("Proof", "证明"), "total": ("All", "合计"),
}  # fmt: skip


class Voice:
    """Speaks one language: `zh` or `en`."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **params: object) -> str:
        """The words for `key`."""
        return SAID[key][0 if self.language == "en" else 1] % params


def reader_language(asked: str = "") -> str:
    """The reader's language: as asked, else as the terminal says, else Chinese."""
    if asked:
        return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        said = os.environ.get(name, "")
        if said and said not in ("C", "POSIX", "C.UTF-8"):
            return "zh" if said.lower().startswith("zh") else "en"
    return "en" if (locale.getlocale()[0] or "").lower().startswith("en") else "zh"
