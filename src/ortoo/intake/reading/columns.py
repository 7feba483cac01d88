"""Which column means what: by the many names that clerks give it."""

import re

from ortoo.kernel.text.fold import squeeze

FIELDS = (
    "seq", "name", "sex", "staff_no", "prefecture", "county", "station", "unit_code", "post", "phone", "language", "diet",
    "blocked", "wish", "needs", "remark",
)  # fmt: skip
NAMES: dict[str, str] = {
    "seq": "序号 编号 no num 号 行号 顺序号 次序",
    "name": "姓名 名字 学员姓名 参训人员 参训人员姓名 人员姓名 参训学员 学员 参训人 推荐人选 人选 人员 name",
    "sex": "性别 男女 sex gender",
    "staff_no": "工号 人员编号 工作证号 警号 员工号 职工号 人员工号 员工编号 工作证编号 证件编号 人员号 证号 职工编号 工作号 工作证 staffno staffnumber",
    "prefecture": "盟市 地市 所属盟市 所在盟市 市 盟 盟市名称 支队 所属支队 盟市局 盟公安局",
    "county": (
        "旗县区 旗县 县局 所属旗县 所在旗县 县区 区县 县市区 旗县市区 所属县区 所在县区 所属旗县区 所在旗县区 旗区 旗县局 县 旗 "
        "分局 所属分局 大队 所属大队 旗县市 所在县 所属县局 县旗区 county"
    ),
    "station": (
        "单位 工作单位 所在站 站点 站 站名 所属站 基层站 派出所 所在单位 单位名称 工作站 站所 所在站点 站点名称 站名称 所属单位 现单位 "
        "所站 现工作单位 基层单位 站队 工作单位站 单位站 unit station"
    ),
    "unit_code": "单位代码 单位编码 站代码 站点代码 站编码 机构代码 单位编号 站点编码",
    "post": "职务 现任职务 岗位 职务职级 任职 现任职 职务名称 现职务 职位 职级 post",
    "phone": "手机 联系电话 电话 手机号码 手机号 联系方式 移动电话 联系手机 本人电话 电话号码 手机电话 phone mobile",
    "language": "语言 语种 使用语言 授课语言 语言情况 掌握语言 通用语言 工作语言 熟悉语言 language",
    "diet": "饮食 饮食禁忌 饮食要求 饮食习惯 用餐要求 忌口 餐饮 用餐 就餐要求 饮食需求 diet",
    "blocked": (
        "请避开的日期 无法参加时段 不能参训时间 不能参加时间 不能参加日期 避开日期 冲突时间 不能参训日期 无法参训时间 不便时间 "
        "不能参加时段 无法参训时段 无法参加时间 不可参训时间 请避开日期 避开时间 请避开的时间 不能来的时间 时间冲突 无法参训日期 "
        "不可参加时间 不能参训时段 无法参加日期 不便参训时间 不便参加时间 请避开时段"
    ),
    "wish": "希望期次 意向期次 期次 拟参加期次 意愿期次 希望参加期次 志愿期次 期望期次 参训期次 期次意向 希望参训期次 意向 第几期 拟参训期次",
    "needs": "培训需求 最需要的内容 需求 培训内容需求 最需要内容 需要的内容 学习需求 需要培训的内容 想学内容 最想学的内容 培训意向 需培训内容 希望培训内容",
    "remark": "备注 说明 附注 备考 其他 其它 备注说明 注 remark notes",
}  # fmt: skip
FIELD_OF = {name: field for field, names in NAMES.items() for name in names.split()}
TITLES = {
    "name": "姓名", "sex": "性别", "staff_no": "工号", "county": "旗县区", "station": "工作单位(站)", "post": "职务", "phone": "手机",
    "language": "语言", "diet": "饮食", "blocked": "不能参训时间", "wish": "希望期次", "needs": "培训需求", "remark": "备注",
}  # fmt: skip
ASIDE = re.compile(r"[(\[【<{][^)\]】>}]*[)\]】>}]?")
MARKS = re.compile(r"[^0-9a-z\u3400-\u9fff]")


def field_of(header: object) -> str | None:
    """The field that a header names, with or without what stands in its brackets; None when it names none."""
    text = squeeze(header).lower().replace("no.", "no")
    for form in (MARKS.sub("", text), MARKS.sub("", ASIDE.sub("", text))):
        if form in FIELD_OF:
            return FIELD_OF[form]
    bare = MARKS.sub("", ASIDE.sub("", text))
    if 2 <= len(bare) <= 14:
        # «参训学员姓名(必填)»: the longest known name that it ends with, then that it holds.
        ends = [name for name in FIELD_OF if len(name) > 1 and bare.endswith(name)]
        if ends:
            return FIELD_OF[max(ends, key=len)]
        held = [name for name in FIELD_OF if len(name) > 2 and name in bare]
        if held:
            return FIELD_OF[max(held, key=len)]
    return None


def match_columns(headers: list[object]) -> dict[str, int]:
    """Field → column (from 0). Of two columns for one field the exactly named one counts, else the first."""
    found: dict[str, int] = {}
    for column, header in enumerate(headers):
        field = field_of(header)
        if field and field not in found:
            found[field] = column
    if "staff_no" not in found and squeeze(headers[found["seq"]] if "seq" in found else "") == "编号":
        others = [
            c for c, h in enumerate(headers) if c != found["seq"] and FIELD_OF.get(MARKS.sub("", squeeze(h).lower())) == "seq"
        ]
        if others:
            found["staff_no"] = found["seq"] if others[0] < found["seq"] else others[0]
            found["seq"] = min(others[0], found["seq"])
    return found
