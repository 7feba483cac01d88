"""Which column means what: by the many names that clerks give it."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ortoo.kernel.text.fold import as_text, squeeze

FIELDS = (
    "seq", "name", "sex", "staff_no", "prefecture", "county", "station", "unit_code", "post", "in_charge", "phone", "language", "diet",
    "blocked", "blocked_from", "blocked_to", "wish", "needs", "attended", "remark",
)  # fmt: skip
NAMES: dict[str, str] = {
    "seq": "序号 编号 no num 号 行号 顺序号 次序 排序 序",
    "name": (
        "姓名 名字 学员姓名 参训人员 参训人员姓名 人员姓名 参训学员 学员 参训人 推荐人选 人选 人员 参训人姓名 推荐人员 推荐人 "
        "参训对象 被推荐人 教导员姓名 名称姓名 name fullname"
    ),
    "sex": "性别 男女 sex gender",
    "staff_no": (
        "工号 人员编号 工作证号 警号 员工号 职工号 人员工号 员工编号 工作证编号 证件编号 人员号 证号 职工编号 工作号 工作证 职工工号 "
        "员工工号 个人编号 人员代码 员工代码 工作证件号 工作证件编号 工作证号码 工号编号 个人工号 人员识别号 执法证号 "
        "staffno staffnumber staffid employeeno employeeid employeenumber"
    ),
    "prefecture": "盟市 地市 所属盟市 所在盟市 市 盟 盟市名称 支队 所属支队 盟市局 盟公安局 盟市单位 所在地市 地区 prefecture",
    "county": (
        "旗县区 旗县 县局 所属旗县 所在旗县 县区 区县 县市区 旗县市区 所属县区 所在县区 所属旗县区 所在旗县区 旗区 旗县局 县 旗 "
        "分局 所属分局 大队 所属大队 旗县市 所在县 所属县局 县旗区 所在旗县市区 旗县区局 所属区县 所在区县 区旗县 所在县市区 county"
    ),
    "station": (
        "单位 工作单位 所在站 站点 站 站名 所属站 基层站 派出所 所在单位 单位名称 工作站 站所 所在站点 站点名称 站名称 所属单位 现单位 "
        "所站 现工作单位 基层单位 站队 工作单位站 单位站 所属站点 基层站点 服务站 工作站点 部门 所在部门 工作部门 派出站 单位全称 "
        "工作单位全称 推荐单位 现所在单位 任职单位 服务单位 unit station"
    ),
    "unit_code": "单位代码 单位编码 站代码 站点代码 站编码 机构代码 单位编号 站点编码 单位码 站点编号 站编号 机构编码 unitcode stationcode",
    "post": "职务 现任职务 岗位 职务职级 任职 现任职 职务名称 现职务 职位 职级 现职 担任职务 行政职务 岗位职务 职务岗位 工作岗位 post position",
    "in_charge": "是否主持工作 主持工作 是否主持 主持工作情况 是否为主持工作",
    "phone": (
        "手机 联系电话 电话 手机号码 手机号 联系方式 移动电话 联系手机 本人电话 电话号码 手机电话 本人手机 联系号码 本人联系方式 "
        "本人联系电话 移动电话号码 联络电话 联系人电话 phone mobile telephone tel"
    ),
    "language": (
        "语言 语种 使用语言 授课语言 语言情况 掌握语言 通用语言 工作语言 熟悉语言 语言能力 使用语种 授课语种 语言文字 语言类别 "
        "掌握语种 语言类型 language"
    ),
    "diet": "饮食 饮食禁忌 饮食要求 饮食习惯 用餐要求 忌口 餐饮 用餐 就餐要求 饮食需求 用餐习惯 就餐 餐饮要求 饮食情况 用餐禁忌 是否清真 diet",
    "blocked": (
        "请避开的日期 无法参加时段 不能参训时间 不能参加时间 不能参加日期 避开日期 冲突时间 不能参训日期 无法参训时间 不便时间 "
        "不能参加时段 无法参训时段 无法参加时间 不可参训时间 请避开日期 避开时间 请避开的时间 不能来的时间 时间冲突 无法参训日期 "
        "不可参加时间 不能参训时段 无法参加日期 不便参训时间 不便参加时间 请避开时段 不能参训的时间 不能参加的时间 无法参训的时间 "
        "无法参加的时间 请假时间 请假日期 需避开时间 需避开日期 需避开的时间 需避开的日期 不参训时间 冲突日期 不方便时间 不方便日期 "
        "不在岗时间 有事时间 不可用时间 不可用日期 不能培训时间 不便参训时段 不能脱岗时间 无法脱岗时间 无法到训时间 不能到训时间"
    ),
    "blocked_from": "不能参训开始时间 不能参训开始日期 不能参训起始日期 不能参训起始时间 不能参加开始日期 无法参训开始日期 避开开始日期",
    "blocked_to": "不能参训结束时间 不能参训结束日期 不能参训截止日期 不能参训截止时间 不能参加结束日期 无法参训结束日期 避开结束日期",
    "wish": (
        "希望期次 意向期次 期次 拟参加期次 意愿期次 希望参加期次 志愿期次 期望期次 参训期次 期次意向 希望参训期次 意向 第几期 拟参训期次 "
        "意向参训期次 意向批次 希望批次 批次 参训批次 拟参加批次 期次意愿 期次志愿 期数 希望参加哪期 想参加第几期 首选期次 优先期次 "
        "申报期次 选择期次 报名期次 参加期次 培训期次 拟报期次 希望参加批次"
    ),
    "needs": (
        "培训需求 最需要的内容 需求 培训内容需求 最需要内容 需要的内容 学习需求 需要培训的内容 想学内容 最想学的内容 培训意向 需培训内容 "
        "希望培训内容 希望学习的内容 希望学习内容 最需要的培训 最需要培训的内容 课程需求 培训需求内容 需要提升的能力 短板弱项 "
        "想学的内容 想学什么 最想学 培训内容 希望培训的内容 急需内容 能力短板 需求内容 内容需求"
    ),
    "attended": (
        "是否参加过 是否参加过培训 是否参加过轮训 往年是否参训 是否参训过 以往参训情况 参训经历 以前是否参加过 曾参训 是否已参训 "
        "往年参训情况 往期参训 是否参加过往期 上年是否参训 去年是否参加 是否曾参训 是否参加过轮训班"
    ),
    "remark": "备注 说明 附注 备考 其他 其它 备注说明 注 备注栏 情况说明 其他说明 remark remarks notes",
}  # fmt: skip
FIELD_OF = {name: field for field, names in NAMES.items() for name in names.split()}
MANY = ("needs", "blocked", "remark", "phone")
TITLES = {
    "name": "姓名", "sex": "性别", "staff_no": "工号", "county": "旗县区", "station": "工作单位(站)", "post": "职务", "phone": "手机",
    "language": "语言", "diet": "饮食", "blocked": "不能参训时间", "wish": "希望期次", "needs": "培训需求", "remark": "备注",
}  # fmt: skip
ASIDE = re.compile(r"[(\[【<{][^)\]】>}]*[)\]】>}]?")
MARKS = re.compile(r"[^0-9a-z\u3400-\u9fff]")
YEARS = re.compile(r"20\d\d年度?")
NUMBERED = re.compile(r"(?<=[\u3400-\u9fff])(?:\d|[一二三四五])$")
NOT_OURS = re.compile(
    "身份证|出生|生日|年龄|民族|政治面貌|党员|学历|学位|毕业|院校|专业|邮箱|email|微信|qq|尺码|身高|体重|车次|航班|到达|返程|报到|入职|入警"
    "|工龄|警衔|衔级|紧急|家属|单位联系|联系人$|联系人姓名|负责人|领导|填报|填表|审核|照片|签名|签字|住宿|房间|住址|地址|邮编|银行|账号|籍贯"
    "|血型|参加工作|任职时间|任现职|^日期$|^时间$|车牌|接站|办公电话|座机|传真"
)
EXACT, NUMBER, ENDS, HOLDS = 4, 3, 2, 1
WORDS: list[tuple[str, re.Pattern[str]]] = [
    ("in_charge", re.compile("是否.*主持")),
    ("attended", re.compile("(?:是否|有无|曾否).*(?:参加过|参训过|已参|曾参)|(?:往年|往期|以往|上年|去年).*参")),
    ("blocked_from", re.compile("(?:不能|无法|不便|不可|避开|请假|冲突).*(?:开始|起始|自何|起$)")),
    ("blocked_to", re.compile("(?:不能|无法|不便|不可|避开|请假|冲突).*(?:结束|截止|终止|止$)")),
    (
        "blocked",
        re.compile(
            "(?:不能|无法|不便|不方便|不可|避开|冲突|请假|不在|没空|脱不开).*(?:时间|日期|时段|日子|天|期间|情况)|(?:时间|日期|时段).*(?:冲突|避开|不便|不能)"
        ),
    ),
    ("wish", re.compile("(?:希望|意向|意愿|志愿|期望|拟|想|首选|优先|申报|选择).*(?:期|批)(?:次|数)?$|哪一?期|第几[期批]")),
    ("needs", re.compile("(?:培训|学习|课程|能力|最|急).*(?:需求|需要|内容|短板|弱项|想学)")),
]


@lru_cache(maxsize=4096)
def match_of(header: str) -> tuple[str | None, int]:
    """The field that a head names and how surely: EXACT, NUMBER (需求2), ENDS or HOLDS a known name; (None, 0) for none."""
    text = squeeze(header).lower()
    if len(text) > 60:
        return None, 0
    whole, bare = MARKS.sub("", text), MARKS.sub("", YEARS.sub("", ASIDE.sub("", text)))
    for form in (whole, bare):
        if form in FIELD_OF:
            return FIELD_OF[form], EXACT
    if NOT_OURS.search(bare):
        return None, 0
    if (form := NUMBERED.sub("", bare)) in FIELD_OF:
        return FIELD_OF[form], NUMBER
    if not 2 <= len(bare) <= 24:
        return None, 0
    for field, words in WORDS:
        if words.search(bare):
            return field, ENDS
    # «参训学员姓名(必填)»: the longest known name that it ends with, then that it holds.
    for test, strength, least in ((bare.endswith, ENDS, 2), (bare.__contains__, HOLDS, 3)):
        names = [name for name in FIELD_OF if len(name) >= least and test(name)]
        if names:
            return FIELD_OF[max(names, key=len)], strength
    return None, 0


def field_of(header: object) -> str | None:
    """The field that a header names, with or without what stands in its brackets; None when it names none."""
    return match_of(header if isinstance(header, str) else as_text(header))[0]


def match_columns(headers: Sequence[object]) -> dict[str, int]:
    """Field → column (from 0). Of two columns for one field the more surely named one counts, else the first."""
    found: dict[str, int] = {}
    sure: dict[str, int] = {}
    for column, header in enumerate(headers):
        field, strength = match_of(as_text(header))
        if field and strength > sure.get(field, 0):
            found[field], sure[field] = column, strength
    _split_numbers(headers, found)
    _split_units(headers, found)
    return found


def more_columns(headers: Sequence[object], columns: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """Further columns of fields that may have several: 需求1, 需求2; two columns of days."""
    more: dict[str, list[int]] = {}
    for column, header in enumerate(headers):
        field, strength = match_of(as_text(header))
        if field in MANY and field in columns and columns[field] != column and strength >= NUMBER:
            more.setdefault(field, []).append(column)
    return {field: tuple(places) for field, places in more.items()}


def _split_units(headers: Sequence[object], found: dict[str, int]) -> None:
    """单位 beside 站点: the station is what says so, the other one what lies above it."""
    units = [c for c, head in enumerate(headers) if match_of(as_text(head)) == ("station", EXACT)]
    stations = [c for c in units if "站" in squeeze(headers[c])]
    if len(units) > 1 and stations:
        found["station"] = stations[0]
        if "county" not in found:
            found["county"] = next(c for c in units if c != stations[0])


def _split_numbers(headers: Sequence[object], found: dict[str, int]) -> None:
    """编号 is a running number, unless there is a 序号 too and no other staff number: then it is that."""
    if "staff_no" in found or "seq" not in found:
        return
    named = [c for c, head in enumerate(headers) if match_of(as_text(head)) == ("seq", EXACT)]
    codes = [c for c in named if MARKS.sub("", squeeze(headers[c])) == "编号"]
    if codes and len(named) > 1:
        found["staff_no"] = codes[-1]
        found["seq"] = next(c for c in named if c != codes[-1])
