"""Which column of which table means what, by the many names that clerks give it."""

import re
from collections.abc import Sequence
from functools import lru_cache

from ortoo.intake.reading import columns as roster
from ortoo.kernel.text.fold import as_text, squeeze

REACH = {
    "contact": "联系人 负责人 对接人 联络人 经办人 contact",
    "phone": roster.NAMES["phone"],
    "remark": roster.NAMES["remark"],
    "seq": roster.NAMES["seq"],
}
NAMES: dict[str, dict[str, str]] = {
    "stops": {
        "stop": (
            "站点 站 站名 站点名称 巡讲站 巡讲站点 宣讲站点 宣讲站 巡回站点 城市 举办城市 举办地 举办地点 地点 目的地 盟市 "
            "停靠站 站别 巡讲城市 宣讲城市 巡讲地 巡讲地点 承办地 城市名称 巡讲站名 stop city"
        ),
        "code": (
            "旗县区代码 旗县代码 县区代码 区县代码 行政区划代码 行政区代码 区划代码 地区代码 单位代码 代码 所在旗县区代码 "
            "所在地代码 编码 区划编码 旗县区编码 县代码 行政区划 区划 属地代码 所在地区划 行政区代号 旗县码 adcode countycode "
            "code"
        ),
        "county": (
            "旗县区 所在旗县区 旗县 县区 区县 旗县区名称 所属旗县区 所在地 所在县 属地 所在旗县 场地所在旗县区 场地所在地 "
            "所在区县 所在县区 所属县区 所属区县 旗县市区 county"
        ),
        "hall": (
            "场地 场馆 会场 礼堂 场地名称 场馆名称 会场名称 宣讲场地 宣讲会场 拟用场地 备选场地 主会场 讲述场地 报告厅 剧场 "
            "场所 宣讲场所 场所名称 场地名 会场地点 会场地址 会议室 hall venue"
        ),
        "seats": (
            "座位数 座位 容量 可容纳人数 容纳人数 座席数 席位数 座席 席位 坐席 坐席数 座位数量 可坐人数 容纳 核定座位 规模 "
            "可坐 可容纳 座椅数 最大容量 seats capacity"
        ),
        "free": (
            "可用日期 可用时间 可用日 可用 空闲日期 空闲时间 可借用日期 可借用时间 可借日期 档期 可选日期 可安排日期 "
            "可使用日期 可使用时间 开放日期 有空日期 可租日期 空档 空闲 空闲日 场地空闲日 可用日子 备选日期 可选时间 "
            "可接待日期 可承办日期 可供日期 availabledates availableon freedate freedays freedates available"
        ),
        "free_from": "可用开始日期 可用起始日期 可用日期起 开始日期 起始日期 自 起",
        "free_to": "可用结束日期 可用截止日期 可用日期止 结束日期 截止日期 至 止",
        "blocked": (
            "不可用日期 不可用时间 不可用 占用日期 占用时间 已占用日期 已占用 占用情况 不能使用日期 不能用日期 不可借用日期 "
            "已排日期 禁用日期 不可安排日期 冲突日期 冲突日 占用日 已占用日 已有安排 已有安排日期 已安排日期 已预订日期 "
            "已预定日期 预订日期 已订日期 已租出 已租日期 闭馆日 闭馆日期 停用日期 维修日期 有会日期 unavailable "
            "unavailabledates blockeddates taken blocked"
        ),
        "first": "首站 是否首站 首站标记 是否为首站 起点站 首场 是否首场 firststop first",
        "last": "末站 是否末站 末站标记 是否为末站 终点站 末场 是否末场 收官站 laststop last",
        "mark": (
            "要求 首末站 站序要求 特殊要求 顺序要求 标记 站次要求 首站末站 位置要求 首尾 首尾站 线路要求 排序要求 站序 起终点 "
            "起讫 首末 首尾标记 requirement requirements position firstlast mark"
        ),
    },
    "speakers": {
        "name": (
            f"{roster.NAMES['name']} 讲述人 宣讲人 主讲人 报告人 讲述人姓名 宣讲人姓名 演讲人 宣讲员 主讲 讲述员 讲述者 "
            "宣讲团成员 成员 演讲者 演讲人员 讲述者姓名 讲者 主讲者 speaker"
        ),
        "staff_no": roster.NAMES["staff_no"],
        "code": "所在旗县区代码 旗县区代码 所在单位代码 单位代码 行政区划代码 区划代码 代码 所在地代码 code",
        "unit": "单位 所在单位 工作单位 所在旗县区 旗县区 单位名称 所属单位 unit",
        "title": (
            "题目 讲题 讲述题目 宣讲题目 标题 篇目 讲稿题目 故事题目 报告题目 讲述内容 宣讲内容 讲稿 故事 题名 主题 故事名称 "
            "宣讲主题 讲述主题 稿件 讲稿名称 讲稿标题 talktitle topic title talk"
        ),
        "about": "讲谁的事 讲述对象 主人公 事迹主人公 讲谁 故事主人公 讲述谁 人物关系 about",
        "minutes": "分钟 时长 分钟数 讲述时长 预计时长 讲述时间 宣讲时长 用时 minutes",
        "blocked": (
            f"{roster.NAMES['blocked']} 不能出场日期 缺席日期 缺席 有事日期 有事 出差日期 已有安排 已有安排日期 占用日期 冲突 "
            "冲突日 不可出席日期 无法出席 无法出席日期 无法参加 不能出席 不能出席日期 不能来 不能到场日期 不能讲日期 "
            "不能讲的日期 不可用日期 不能参加 请假 unavailable unavailabledates blockeddates notavailable cannotcome blocked"
        ),
        "blocked_from": roster.NAMES["blocked_from"],
        "blocked_to": roster.NAMES["blocked_to"],
        "free": (
            "可参加日期 能参加日期 可出场日期 可到场日期 能到场日期 可参加时间 能参加时间 可用日期 可用时间 可出席日期 "
            "可出席时间 能出席日期 空闲日期 空闲时间 available availabledates"
        ),
        "understudy": (
            "替讲人 替讲 替补 替补人 替补讲述人 替补人员 备讲人 备讲 候补 候补人 候补讲述人 代讲人 代讲 顶替人 备份人员 b角 "
            "ab角 替讲人姓名 替补姓名 替讲人员 替补人选 后备 后备人选 后备人员 预备 预备人选 预备讲述人 递补 递补人 递补人选 "
            "替换人 替换人选 替代人 替代 代替人 备选人 备用人员 备用讲述人 顶替 顶替人员 代讲者 接替人 standin substitute "
            "backup understudies understudy"
        ),
        "understudy_no": "understudyno standinno 替讲人工号 替补工号 替补人工号 备讲人工号 候补工号 代讲人工号 替讲工号 b角工号",
        "language": roster.NAMES["language"],
    },
    "delegations": {
        "delegation": (
            "单位 代表团 代表团名称 单位名称 参会单位 参加单位 团组 名称 部门 来宾单位 参讲单位 听讲单位 代表队 申请单位 团队 "
            "delegation unit"
        ),
        "category": "类别 类型 分类 性质 单位类别 category",
        "asked": (
            "申请座位 申请座位数 申请人数 申请席位 申请席位数 申请数 申请数量 需求座位 需要座位 需座位数 座位需求 座位数 座位 "
            "拟参加人数 人数 报名人数 参加人数 申请名额 名额 申请票数 需求数 参会人数 拟到人数 申报座位 申报人数 asked seats "
            "seatsrequested seatsasked requested"
        ),
        "priority": "优先 优先级 优先级别 优先次序 优先顺序 优先等级 级别 等级 保障等级 优先序 priority",
        "floor": "保底 保底座位 保底座位数 保底数 最少 最少座位 最少座位数 至少 底数 最低座位 最低 floor minimum",
        "ceiling": "上限 最多 最多座位 封顶 座位上限 最高 ceiling maximum",
        "wheelchairs": "轮椅 轮椅席 轮椅席位 轮椅人数 无障碍席位 wheelchairs",
        "companions": "轮椅陪同 陪同 陪护 陪同人数 陪护人数 companions",
    },
}  # fmt: skip
NEEDS: dict[str, tuple[frozenset[str], ...]] = {
    "stops": (frozenset({"hall"}), frozenset({"stop", "code", "county"}), frozenset({"free", "free_from", "blocked", "day"})),
    "speakers": (frozenset({"name", "staff_no"}), frozenset({"title", "blocked", "free", "understudy"})),
    "delegations": (frozenset({"delegation"}), frozenset({"asked"})),
}
"""Of each set one column at least."""
MANY = frozenset({"free", "blocked", "mark", "remark"})
FIELD_OF = {
    table: {name: field for field, names in (REACH | fields).items() for name in names.split()} for table, fields in NAMES.items()
}
PHRASES: dict[str, list[tuple[str, re.Pattern[str]]]] = {
    "stops": [
        ("blocked", re.compile(
            "(?:不能|无法|不可|不便|不空|不得|非空|避开|占用|冲突|预[订定]|租出|停用|闭馆|维修|已有).*(?:日期?|时间段?|时段|日子|天|档期|情况)"
            "|(?:日期|时间|时段).*(?:占用|冲突)|not?available|unavailable")),
        ("free", re.compile("(?:可用|可借|可租|空闲|有空|可安排|能用|可供|可以用).*(?:日期?|时间段?|时段|日子|天|档期)|available")),
        ("seats", re.compile("(?:可?容纳|座|坐).*(?:数|人|量)")),
    ],
    "speakers": [
        ("blocked", re.compile("(?:不能|无法|不便|不方便|不可|避开|冲突|请假|缺席|不在|占用|有事|已有).*(?:时间|日期?|时段|日子|天|期间)|unavailable|notavailable")),
        ("free", re.compile("(?:可|能)(?:参加|出场|到场|出席|讲).*(?:时间|日期?|时段|日子|天)|available")),
    ],
    "delegations": [("asked", re.compile("(?:申请|需要?|申报|拟).*(?:座|席|票|人数|名额)"))],
}  # fmt: skip
EXACT, ENDS, HOLDS = 4, 2, 1


@lru_cache(maxsize=4096)
def match_of(table: str, header: str) -> tuple[str | None, int]:
    """The field of the table that a head names, and how surely; (None, 0) for none."""
    text = squeeze(header).lower()
    if not text or len(text) > 40:
        return None, 0
    known = FIELD_OF[table]
    whole, bare = roster.MARKS.sub("", text), roster.MARKS.sub("", roster.YEARS.sub("", roster.ASIDE.sub("", text)))
    for form in (whole, bare, re.sub(r"\d+$", "", roster.NUMBERED.sub("", bare))):
        if form in known:
            return known[form], EXACT
    if not 2 <= len(bare) <= 20:
        return None, 0
    for field, words in PHRASES[table]:
        if words.search(bare):
            return field, ENDS
    for fits, strength, least in ((bare.endswith, ENDS, 2), (bare.__contains__, HOLDS, 3)):
        names = [name for name in known if len(name) >= least and fits(name)]
        if names:
            return known[max(names, key=len)], strength
    return None, 0


def match_columns(table: str, headers: Sequence[object]) -> tuple[dict[str, int], dict[str, tuple[int, ...]], int]:
    """Field → column (from 0), further columns of fields that may have several, and how many heads are named exactly."""
    found: dict[str, int] = {}
    sure: dict[str, int] = {}
    said = [match_of(table, as_text(header)) for header in headers]
    for column, (field, strength) in enumerate(said):
        if field and strength > sure.get(field, 0):
            found[field], sure[field] = column, strength
    more = {
        field: tuple(c for c, (other, strength) in enumerate(said) if other == field and c != found[field] and strength >= ENDS)
        for field in found
        if field in MANY
    }
    return found, {field: places for field, places in more.items() if places}, sum(s == EXACT for s in sure.values())


def is_table(table: str, fields: frozenset[str]) -> bool:
    """Whether these columns are enough to be that table."""
    return all(fields & needed for needed in NEEDS[table])


def lacking(table: str, fields: frozenset[str]) -> list[str]:
    """Of each set that the table needs and does not have, the most telling column (a key of messages.LACKING)."""
    telling = {"stops": ("hall", "stop", "free"), "speakers": ("name", "title"), "delegations": ("delegation", "asked")}
    return [name for needed, name in zip(NEEDS[table], telling[table], strict=True) if not fields & needed]
