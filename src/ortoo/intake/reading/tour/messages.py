"""The sentence for each kind of problem in a tour's plan, in English and Chinese, how grave it is and what can be done."""

HOLD, WARN, NOTE = "hold", "warn", "note"
SEVERITY = {
    "table_not_found": HOLD, "table_incomplete": HOLD, "table_left_alone": HOLD, "table_empty": HOLD, "column_names": HOLD, "column_days": HOLD,
    "column_days_beside": WARN,
    "stop_bare": HOLD, "stop_missing": HOLD, "county_missing": HOLD, "county_unknown": HOLD, "county_no_seat": HOLD,
    "marked_twice": HOLD, "marked_both": HOLD, "no_days": HOLD, "blocked_unclear": HOLD, "speaker_twice": HOLD, "asked_odd": HOLD,
    "delegation_missing": HOLD, "delegation_twice": HOLD, "seats_odd": WARN, "hall_missing": WARN, "hall_differs": WARN,
    "county_differs": WARN, "county_contradicts": WARN, "stop_alike": WARN, "days_missing": WARN, "tick_unclear": WARN,
    "half_day": WARN, "not_marked": WARN, "requirement_unread": WARN, "understudy_unknown": WARN, "understudy_self": WARN,
    "understudy_several": WARN, "minutes_odd": WARN, "priority_odd": WARN, "floor_odd": WARN, "contradicts": WARN, "speaker_differs": WARN,
    "days_all_outside": WARN, "hall_on_two_sheets": WARN, "days_outside": NOTE, "row_repeated": NOTE, "stop_from_above": NOTE, "no_delegations": NOTE,
}  # fmt: skip
CHOICES = {
    "table_incomplete": ("name_column",),
    "table_left_alone": ("show_sheet",),
    "table_empty": ("set_value",),
    "column_names": ("name_column",),
    "column_days": ("name_column",),
    "column_days_beside": ("name_column", "accept"),
    "stop_missing": ("set_value", "skip_row"),
    "stop_bare": ("set_value", "skip_row"),
    "county_missing": ("set_unit", "skip_row"),
    "county_unknown": ("set_unit", "skip_row"),
    "county_no_seat": ("set_unit", "set_value"),
    "marked_twice": ("set_value",),
    "marked_both": ("set_value",),
    "no_days": ("set_value", "skip_row"),
    "blocked_unclear": ("set_value", "ignore_value"),
    "speaker_twice": ("set_value", "skip_row"),
    "asked_odd": ("set_value", "skip_row"),
    "delegation_missing": ("set_value", "skip_row"),
    "delegation_twice": ("keep_first", "take_later"),
    "seats_odd": ("set_value", "ignore_value"),
    "hall_missing": ("set_value", "skip_row"),
    "hall_differs": ("accept", "set_value"),
    "county_differs": ("accept", "set_value"),
    "county_contradicts": ("accept", "set_unit"),
    "stop_alike": ("accept", "set_value"),
    "days_missing": ("set_value", "skip_row"),
    "days_all_outside": ("set_value", "accept"),
    "hall_on_two_sheets": ("accept", "skip_row"),
    "tick_unclear": ("set_value", "ignore_value"),
    "half_day": ("accept", "set_value", "ignore_value"),
    "not_marked": ("accept", "set_value"),
    "requirement_unread": ("ignore_value", "set_value"),
    "understudy_unknown": ("set_value", "ignore_value"),
    "understudy_self": ("set_value", "ignore_value"),
    "understudy_several": ("set_value", "ignore_value"),
    "minutes_odd": ("set_value", "ignore_value"),
    "priority_odd": ("set_value", "accept"),
    "floor_odd": ("set_value", "ignore_value"),
    "contradicts": ("set_value", "accept"),
    "speaker_differs": ("accept", "set_value"),
}
TABLES = {
    "stops": ("stops and halls", "站点和场地"),
    "speakers": ("speakers", "讲述人"),
    "delegations": ("delegations", "代表团"),
}
NEEDED = {
    "stops": ("站点, 旗县区代码, 场地, 可用日期", "站点、旗县区代码、场地、可用日期"),
    "speakers": ("姓名, 题目, 不能参加日期, 替讲人", "姓名、题目、不能参加日期、替讲人"),
    "delegations": ("单位, 申请座位, 优先", "单位、申请座位、优先"),
}
NUMBERS = {
    "floor": ("least number of seats", "保底座位"),
    "ceiling": ("greatest number of seats", "座位上限"),
    "wheelchairs": ("number of wheelchair places", "轮椅席位"),
    "companions": ("number of companions of wheelchairs", "轮椅陪同人数"),
}
LACKING = {
    "hall": ("the halls (场地)", "场地"),
    "stop": ("the stops (站点)", "站点"),
    "free": ("the free days (可用日期)", "可用日期"),
    "name": ("the speakers (姓名)", "姓名"),
    "title": ("the talks, the days or the understudies (题目, 不能参加日期, 替讲人)", "题目、不能参加日期或替讲人"),
    "delegation": ("the delegations (单位)", "单位"),
    "asked": ("the seats asked for (申请座位)", "申请座位"),
}
ENDS = {"first": ("first", "首站"), "last": ("last", "末站")}
SENTENCES: dict[str, tuple[str, str]] = {
    "table_not_found": (
        "No table of %(table)s was found. Its head needs %(needed)s.",
        "没有找到%(table)s的表。表头至少要有:%(needed)s。",
    ),
    "table_incomplete": (
        "No table of %(table)s was found. This row comes nearest: %(known)s are known, but no column gives %(lacks)s; not understood: %(strange)s.",
        "没有找到%(table)s的表。这一行最像表头:认得%(known)s,但没有一栏写明%(lacks)s;没有认出的栏:%(strange)s。",
    ),
    "table_left_alone": (
        "The only table of %(table)s stands on a sheet that was left alone: %(why)s.",
        "%(table)s的表只在没有读取的工作表里:%(why)s。",
    ),
    "table_empty": ("The table of %(table)s has no line below its head.", "%(table)s的表只有表头,下面没有内容。"),
    "column_days": (
        "“%(head)s” holds days of the tour, but the head does not say whether the speakers can come then or cannot.",
        "“%(head)s”一栏写的是巡讲期间的日期,但看不出是能参加还是不能参加。",
    ),
    "column_days_beside": (
        "“%(head)s” holds days of the tour, but the head does not say what they are; they play no part in planning.",
        "“%(head)s”一栏写的是巡讲期间的日期,但看不出是什么日期,排线时没有考虑。",
    ),
    "column_names": (
        "“%(head)s” names other speakers, but the head does not say that they stand in.",
        "“%(head)s”一栏写的是其他讲述人,但看不出是不是替讲人。",
    ),
    "stop_missing": ("This hall belongs to no stop.", "这个场地没有写属于哪个站点。"),
    "stop_bare": ("%(stop)s has no hall.", "%(stop)s没有写场地。"),
    "county_missing": ("%(stop)s has neither a county code nor a county.", "%(stop)s没有写旗县区代码,也没有写旗县区。"),
    "county_unknown": (
        "The directory of units knows no county “%(said)s”, so the way to %(stop)s cannot be measured.",
        "单位名录里没有旗县区“%(said)s”,算不出到%(stop)s的路程。",
    ),
    "county_no_seat": (
        "The directory has no coordinates for %(county)s, so the way to %(stop)s cannot be measured.",
        "单位名录里%(county)s没有经纬度,算不出到%(stop)s的路程。",
    ),
    "marked_twice": (
        "%(stop)s and %(other)s are both marked as the %(mark)s stop.",
        "%(stop)s和%(other)s都标了%(mark)s。",
    ),
    "marked_both": ("%(stop)s is marked as the first stop and as the last.", "%(stop)s既标了首站又标了末站。"),
    "no_days": (
        "None of the days of %(stop)s can be read; see the lines about its halls.",
        "%(stop)s的可用日期都读不出来,见各场地的问题。",
    ),
    "blocked_unclear": (
        "It is not clear on which days %(name)s cannot come: “%(said)s”.",
        "看不出%(name)s哪几天不能参加:“%(said)s”。",
    ),
    "speaker_twice": (
        "%(name)s stands in row %(first_row)s already, with another staff number or none.",
        "%(name)s已在第%(first_row)s行出现,工号不同或没有工号。",
    ),
    "asked_odd": (
        "“%(said)s” is no number of seats; %(name)s is left out of the apportionment.",
        "“%(said)s”不是座位数,%(name)s没有参加分配。",
    ),
    "delegation_missing": ("A request for seats without a delegation; it is left out.", "有申请座位但没有单位名称,没有参加分配。"),
    "delegation_twice": (
        "%(name)s stands in row %(first_row)s already and asks for another number; this row is left out.",
        "%(name)s已在第%(first_row)s行出现,申请数不同;本行没有参加分配。",
    ),
    "seats_odd": ("“%(said)s” is no number of seats; the hall's size counts as unknown.", "“%(said)s”不是座位数,这个场地的座位数按不详处理。"),
    "hall_missing": ("No hall is named; it is called “%(hall)s”.", "没有写场地名称,暂称“%(hall)s”。"),
    "hall_differs": (
        "%(hall)s stands in row %(first_row)s already with %(first)s seats, here with %(seats)s; the smaller number is taken, the days are put together.",
        "%(hall)s已在第%(first_row)s行出现(%(first)s座),本行写%(seats)s座;座位数取小,日期合并。",
    ),
    "county_differs": (
        "The halls of %(stop)s lie in several counties; the way to each is measured to its own county seat.",
        "%(stop)s的场地分在几个旗县区,路程按各场地所在旗县区分别计算。",
    ),
    "county_contradicts": (
        "The code says %(county)s, the column beside it “%(said)s”; the code counts.",
        "代码是%(county)s,旁边写的是“%(said)s”;以代码为准。",
    ),
    "stop_alike": (
        "%(stop)s and %(other)s lie in the same county and have almost the same name; they are taken as two stops.",
        "%(stop)s和%(other)s在同一旗县区,名称几乎一样;按两站处理。",
    ),
    "days_missing": ("No free day is given; the hall counts as not free.", "没有写可用日期,按不可用处理。"),
    "tick_unclear": ("“%(said)s” says neither free nor taken; the day counts as not free.", "“%(said)s”看不出可用不可用,这一天按不可用处理。"),
    "half_day": ("Only a part of the day is named; the whole day is taken as meant.", "只写了半天,按整天处理。"),
    "not_marked": ("No stop is marked as the %(mark)s one; any may be.", "没有标%(mark)s,由排线决定。"),
    "requirement_unread": ("“%(said)s” was not understood and plays no part in planning.", "“%(said)s”没有读懂,排线时没有考虑。"),
    "understudy_unknown": (
        "The understudy “%(said)s” is not among the speakers, so nobody knows on which days they could come; they are not counted on.",
        "替讲人“%(said)s”不在讲述人名单里,不知道哪天能来,没有算作替讲人。",
    ),
    "understudy_self": ("%(name)s is named as the own understudy; not counted.", "%(name)s的替讲人写的是本人,没有算作替讲人。"),
    "understudy_several": (
        "Several speakers are called “%(said)s”; write the staff number. Not counted as understudy.",
        "有几个讲述人叫“%(said)s”,请写工号;没有算作替讲人。",
    ),
    "minutes_odd": ("“%(said)s” is no number of minutes.", "“%(said)s”不是分钟数。"),
    "priority_odd": (
        "“%(said)s” is no priority; %(name)s is served with the last class (%(last)s).",
        "“%(said)s”不是优先级,%(name)s按最后一级(%(last)s)处理。",
    ),
    "floor_odd": ("“%(said)s” cannot be %(name)s's %(what)s; it is not counted.", "“%(said)s”不能作为%(name)s的%(what)s,没有采用。"),
    "contradicts": (
        "Days stand both as free and as not free; they count as not free.",
        "同一天既写可用又写不可用,按不可用处理。",
    ),
    "days_all_outside": (
        "All %(count)s days lie outside the tour (%(first)s to %(last)s), so the hall counts as not free; is the year or month right?",
        "写的%(count)s天都不在巡讲日期内(%(first)s至%(last)s),这个场地按不可用处理;请核对年份和月份。",
    ),
    "hall_on_two_sheets": (
        "%(hall)s stands on sheet “%(other)s” too (row %(first_row)s), with other days; the days of both are put together.",
        "%(hall)s在工作表“%(other)s”第%(first_row)s行也有,日期不同;两处的日期合并。",
    ),
    "days_outside": ("%(count)s days lie outside the tour and are not used.", "有%(count)s天不在巡讲日期内,没有采用。"),
    "speaker_differs": (
        "The same talk as in row %(first_row)s with other days; the days of both rows count as blocked.",
        "与第%(first_row)s行是同一篇讲述,不能参加日期不同;两行的日期都算。",
    ),
    "row_repeated": ("The same as row %(first_row)s; counted once.", "与第%(first_row)s行相同,只算一次。"),
    "stop_from_above": ("No stop is written here; the one above counts: %(stop)s.", "本行没有写站点,按上面的%(stop)s处理。"),
    "no_delegations": ("There is no table of delegations, so no seats were apportioned.", "没有代表团的表,没有分配座位。"),
}  # fmt: skip
WHYS = {
    "no_tour": ("it has no table of stops, speakers or delegations", "里面没有站点、讲述人或代表团的表"),
    "empty_row": ("nothing in it that could be used", "没有可用的内容"),
}
