/// The Chinese texts of what is wrong with a ledger: an English text and below it the Chinese one. `{}` stands for what is
/// quoted, `{1}` and so on for the same in the Chinese text.
enum DiagnosticCatalog {
  static let text = [measures, tables, files, merges, imports].joined(separator: "\n")

  /// What is wrong with measures, owners and the plan.
  private static let measures = """
    measure {}
    措施{1}
    the measure
    该措施
    the owner
    该责任人
    the owner “{}”
    责任人“{1}”
    the owner's person
    责任人姓名
    the unit of {}
    {1}的单位
    the address of {}
    {1}的邮箱
    a copy address of {}
    {1}的抄送邮箱
    the title of {}
    {1}的内容
    the area's name
    领域名称
    the measure's id
    措施编号
    the decided date of {}
    {1}的明确日期
    the plan's title
    方案名称
    the plan's number
    文号
    the plan's date of issue
    印发日期
    the contact's unit
    联系单位
    the contact's person
    联系人
    the contact's phone
    联系电话
    the contact's address
    联系邮箱
    a report date
    报送日期
    a received report's date
    已收报送的日期
    the unit of a received report
    已收报送的单位
    what a duty of {} is about
    {1}的定期工作内容
    an entry of the {} of {}
    {2}的{1}
    units
    责任单位
    persons
    责任人
    owners
    责任人通讯录
    measures
    措施
    a mapping
    “键: 值”
    a list
    列表
    a text
    文字
    nothing
    空
    the deadline “{}” of {} names no day
    {2}的完成时限“{1}”没有具体日期
    the deadline “{}” of {} names a day that doesn't exist
    {2}的完成时限“{1}”是不存在的日期
    the deadline “{}” of {} can't be read for certain
    {2}的完成时限“{1}”无法确定
    the deadline “{}” of {} can mean several days
    {2}的完成时限“{1}”可能指几个日期
    the deadline “{}” of {} can mean {}
    {2}的完成时限“{1}”可能是{3}
    the deadline “{}” of {} hangs on something whose day isn't known
    {2}的完成时限“{1}”取决于日期未知的事项
    the deadline “{}” of {} names no day ({})
    {2}的完成时限“{1}”没有具体日期
    the deadline “{}” of {} can't be read for certain ({})
    {2}的完成时限“{1}”无法确定
    the deadline “{}” of {} can mean several days ({})
    {2}的完成时限“{1}”可能指几个日期
    the deadline “{}” of {} can mean {} ({})
    {2}的完成时限“{1}”可能是{3}
    the deadline “{}” of {} hangs on something whose day isn't known ({})
    {2}的完成时限“{1}”取决于日期未知的事项
    the deadline “{}” of {} is read as {}, and lies before the plan's date of issue, {}
    {2}的完成时限“{1}”按{3}理解，早于方案印发日期{4}
    the deadline “{}” of {} is read as {}, and lies more than five years after the plan's date of issue, {}
    {2}的完成时限“{1}”按{3}理解，晚于方案印发日期{4}五年以上
    the deadline “{}” of {} names no month: {} is taken
    {2}的完成时限“{1}”没有写明月份，按{3}读取
    correct the words, or write due: YYYY-MM-DD if the day is meant
    请更正；确为该日的，请在“明确日期”列填写
    “{}” of {} is no one unit's name: nobody answers for it
    {2}的“{1}”不是具体单位，无人负责
    write the units that are meant, or take it out
    请写明具体单位，或删去
    {} has no deadline
    {1}没有完成时限
    {} has no deadline ({})
    {1}没有完成时限
    write due: YYYY-MM-DD to decide
    请在“明确日期”列填写日期
    the status “{}” of {} is unknown and counts as open
    {2}的状态“{1}”无法识别，按未完成处理
    did you mean “{}”?
    是否应为“{1}”？
    write 未完成, 进行中, 待销号 or 已销号 (open, in-progress, submitted, closed)
    请填未完成、进行中、待销号或已销号
    a duty of {} has both every and rule
    {1}的定期工作同时写了 every 和 rule
    keep one
    请保留一处
    the rule “{}” of a duty of {} can't be read
    {2}的定期工作规则“{1}”无法识别
    expected an RRULE like FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1
    应为RRULE，如 FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1
    a duty of {} doesn't say how often
    {1}的定期工作没有写明周期
    write every: with {}, or rule: with an RRULE
    请写明周期，如每半年
    “every: {}” of a duty of {} is unknown
    {2}的定期工作周期“{1}”无法识别
    expected {}, or words like 每半年
    应为每月、每季度、每半年等
    the ledger has no areas
    台账中没有领域
    write areas: with their measures, or measures: with the name of a table
    请写 areas 或 measures
    the area “{}” has no measures
    领域“{1}”没有措施
    the id “{}” is given twice
    编号“{1}”出现两次
    the first measure with it is at {}
    前一处见{1}
    write id: like "1.1"
    请填写编号，如1.1
    the id “{}” has a space in it
    编号“{1}”中有空格
    “{}” leads or supports {}, and is none of its units
    “{1}”是{2}的牵头或配合单位，但不在其责任单位中
    write it under units: too
    请同时写入责任单位（units）
    {} has no persons: the owners of its units are reminded, or else the contact
    {1}没有责任人，提醒发给责任单位登记的人员，没有登记的发给联系人
    write persons: with a name for each unit
    请填写责任人
    {} has no units
    {1}没有责任单位
    {} has no persons, and “{}” no owner: the contact is reminded
    {1}没有责任人，“{2}”也没有登记人员，提醒发给联系人
    add an owner of that unit, with an address
    请在通讯录中登记该单位的人员和邮箱
    “{}” of {} names others too: only “{}” is read
    {2}的“{1}”还指其他单位或人员，只读入“{3}”
    write the others' names as well, or take “等” out
    请写明其他名称，或删去“等”
    {} has no persons
    {1}没有责任人
    write {}: with the name of each, or fill in the cell
    请填写{1}
    an entry of the {} of {} is empty
    {2}的{1}有空项
    {} units and {} persons of {} can't be paired
    {3}有{1}个责任单位、{2}个责任人，无法一一对应
    write as many persons as units, in the same order, or one unit
    请使责任人与责任单位数量相同、顺序一致，或只写一个单位
    no person of {} is named for {}
    {1}没有写明{2}的责任人，该单位收不到提醒
    name one for each unit, or write those that only help under supporting: too
    请为每个单位写明责任人；只是配合的，请写入配合单位
    “{}”, a person of {}, is no owner
    {2}的责任人“{1}”不在通讯录中
    add the person with unit and address to owners
    请在通讯录中补充姓名、单位和邮箱
    “{}”, a person of {}, is an owner for {}, but not for {}
    {2}的责任人“{1}”在通讯录中属于{3}，不属于{4}
    correct the unit, or add the owner of that unit
    请更正单位，或在通讯录中补充该单位的责任人
    “{}”, a person of {}, is an owner for {}, not for {}
    {2}的责任人“{1}”在通讯录中属于{3}，不是{4}
    units and persons pair by position: see whether they are in the same order
    责任单位与责任人按顺序对应，请核对顺序
    nobody stands under owners
    通讯录中没有人员
    write owners: with person, unit and email of everyone a measure names
    请补充姓名、单位和邮箱
    {} has no address
    {1}没有登记邮箱
    write email:, or else the contact gets this person's reminders
    请补登邮箱，否则其提醒改送联系人
    {} of “{}” stands twice
    {1}（{2}）出现两次
    the first is at {}; keep one
    前一处见{1}，请保留一处
    the first is at {}; keep one, or say in the titles how they differ
    前一处见{1}，请保留一处，确是两项的请在标题中写明区别
    the first is at {}; name the summary or its parts under ledger:, not both
    前一处见{1}，总台账与分台账请只留一种
    whether {} is head: “{}” is neither true nor false
    {1}是否第一责任人：“{2}”应为是或否
    no measure names the owner “{}” of “{}”
    没有措施写到“{2}”的“{1}”
    the owner “{}” of “{}” is reminded of nothing: {} of this unit only names others as persons
    “{2}”的“{1}”不会收到提醒：措施{3}由该单位负责，但只写了其他单位的责任人
    the owner “{}” of “{}” is reminded of nothing: {} of this unit only name others as persons
    “{2}”的“{1}”不会收到提醒：措施{3}由该单位负责，但只写了其他单位的责任人
    write a person for each unit there, where this one is to be reminded
    需要提醒的，请在这些措施的“责任人”中为每个单位各写一人
    take the owner out, or see whether a measure spells the name or unit in another way
    请删去该人员，或核对措施中的姓名、单位写法
    the supervisor “{}” doesn't stand under owners, and gets no summary
    分管领导“{1}”不在通讯录中，收不到周报
    the area has several supervisors, “{}” and “{}”: none of them gets its summary
    同一领域有几个分管领导（“{1}”和“{2}”），都不算该领域的分管领导，不发分管事项周报
    write who supervises which unit into the 通讯录, in a column 分管领导
    请在通讯录中增加“分管领导”一列，按责任人填写
    several owners are called “{}”: nobody gets the supervisor's summary
    通讯录中有多名“{1}”，分管领导周报未发送
    write the supervisor under owners: once, with unit and email
    请在通讯录中登记一次该领导的单位和邮箱
    the area “{}”
    领域“{1}”
    the day of assignment of {}
    {1}的交办日期
    what a feedback of {} is about
    {1}反馈的内容
    the feedback “{}” of {} is unknown
    {2}的反馈要求“{1}”无法识别
    write feedback: 13710, or a list such as [{what: 工作安排, after: 1wd}]
    请写13710，或逐条写明内容和时限
    the feedback of {} has no day to count from
    {1}的反馈没有起算日期
    write assigned: with the area's day of assignment, or issued: with the plan's date of issue
    请填写该领域的交办日期，或方案的印发日期
    the feedback “{}” of {} doesn't say how long after the assignment it is due
    {2}的反馈“{1}”没有写明时限
    write after: with a span such as 3wd (working days) or 7 (days)
    时限应如3wd（工作日）或7（天）
    the plan's header is missing
    缺少方案信息
    write plan: with title, number, issued and contact
    请填写方案名称、文号、印发日期和联系人
    the plan's contact is missing
    缺少联系人
    write contact: with unit, person, phone and email: reports and what goes wrong are mailed there
    请填写联系单位、联系人、联系电话和联系邮箱
    the contact's address is missing
    缺少联系邮箱
    write email: with the mailbox that reports go to
    请填写接收报送的邮箱
    a report date is empty
    有空的报送日期
    the report date {} stands twice
    报送日期{1}出现两次
    one is enough
    请保留一处
    the report date {} is in the past
    报送日期{1}已过
    write the next one, or take it out once its reports are in
    请写下一次日期，报送已收齐的请删去
    the recurring report “{}” stands twice
    定期报送“{1}”出现两次
    the recurring report “{}” can't be read for certain
    定期报送“{1}”无法确定日期
    the recurring report “{}” names no days that come again and again
    “{1}”不是定期报送的时间
    the recurring report “{}” is a day, and doesn't come again
    “{1}”只有一次，不是定期报送
    expected words such as 每月28日前 or 每季度末月25日前; days that come once stand under reports
    应为每月28日前、每季度末月25日前等；只报一次的请写入报送日期
    a received report has no date
    已收报送没有日期
    write report: with one of the report dates
    请填写报送日期
    write the unit as in owners
    单位请与通讯录写法一致
    no owner answers for the unit “{}” of a received report
    已收报送的单位“{1}”不在通讯录中
    {} is no report date of this ledger
    {1}不是本台账的报送日期
    add it to reports
    请补充该报送日期
    expected one of {}
    应为以下之一：{1}
    {} holds a line break or control character
    {1}中有换行或控制字符
    write it on one line
    请写在一行内
    {} is missing
    缺少{1}
    {}: there is no day “{}”
    {1}：“{2}”这一天不存在
    {}: “{}” is no date
    {1}：“{2}”不是日期
    expected a date like 2022-12-31
    日期应如2022-12-31
    expected an address like name@example.org
    邮箱应如name@example.org
    {}: “{}” is empty
    {1}“{2}”为空
    {}: “{}” has a line break in it
    {1}“{2}”中有换行
    {}: “{}” has a space in it
    {1}“{2}”中有空格
    {}: “{}” has the full-width sign “＠” instead of “@”
    {1}“{2}”中的“＠”应为半角“@”
    {}: “{}” has no “@”
    {1}“{2}”中没有“@”
    {}: “{}” has more than one “@”
    {1}“{2}”中有多个“@”
    {}: “{}” is longer than 254 characters
    {1}“{2}”过长
    {}: “{}” has nothing before the “@”
    {1}“{2}”的“@”前为空
    {}: “{}” has more than 64 characters before the “@”
    {1}“{2}”的“@”前过长
    {}: “{}” has a dot at the wrong place before the “@”
    {1}“{2}”的“@”前点号位置有误
    {}: “{}” has “{}” before the “@”
    {1}“{2}”的“@”前有“{3}”
    {}: “{}” has nothing after the “@”
    {1}“{2}”的“@”后为空
    {}: “{}” has a dot at the wrong place after the “@”
    {1}“{2}”的“@”后点号位置有误
    {}: “{}” has “{}” after the “@”
    {1}“{2}”的“@”后有“{3}”
    {}: “{}” has “{}” after the “@”, which is no part of a domain name
    {1}“{2}”的“@”后“{3}”不是域名
    the row with “{}” is an example, and is not read
    以“{1}”开头的示例行未读入
    delete it, or take that word out if it is meant
    请删除该行；不是示例的，请删去“示例”等字样
    the comment “{}” is not read
    批注“{1}”未读入
    the comment “{}” is not read, nor are {} more
    批注“{1}”等未读入（另有{2}条）
    write what counts into the row, and delete the comment
    请将有效内容写入表格，并删除批注
    “{}” is not read: it stands beside no label of the form that is known
    “{1}”未读入，其名称无法识别
    name the field in a way that is known, such as 督办事项, 责任单位, 责任人, 完成时限, 状态, or leave it so
    属于台账的请改用督办事项、责任单位、责任人、完成时限、状态等名称
    “{}” is a further value beside the label “{}”
    “{2}”后有多个内容（“{1}”）
    """
}
