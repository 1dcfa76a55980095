extension DiagnosticCatalog {
  /// What is wrong with files, and with keys of YAML.
  static let files = """
    “{}” has no person in brackets, as the others do
    “{1}”后没有像其他单位那样在括号中写明责任人
    write who is responsible there
    请写明责任人
    this is no regular file
    不是普通文件
    the file can't be read: {}
    文件无法读取
    write a ledger.yaml with plan: and reports:, and name this table under measures:
    请在ledger.yaml的measures中写该表
    is it the right file? A ledger of that size keeps its measures in a table (measures: NAME.csv)
    请核对文件，措施很多的请用表格
    “{}”, a person of {}, is an owner for {}, but not for 
    {2}的责任人“{1}”在通讯录中属于{3}
    the key “{}” stands twice
    “{1}”出现两次
    unknown key “{}” in {}
    有无法识别的项“{1}”
    {} has no value, and counts as not there
    “{1}”没有填写，按未设置处理
    {} has no value
    “{1}”没有填写
    write one, or take the key out
    请填写，或删去该项
    {}: expected {}, found {}
    {1}的格式有误
    “{}” is no table
    “{1}”不是表格文件
    expected the name of a file that ends in .csv, .tsv or .xlsx
    应为csv、tsv或xlsx文件
    a CSV table holds no plan's header
    CSV中没有方案信息
    save it as UTF-8 (iconv -f GB18030 -t UTF-8, or the editor's “save as”)
    请另存为UTF-8编码
    save the table as .xlsx, or as CSV in UTF-8
    请另存为xlsx，或UTF-8编码的CSV
    expected a mapping of keys and values
    应为“键: 值”
    expected a file
    应为文件
    expected a file of text
    应为文本文件
    """
}

extension DiagnosticCatalog {
  /// What is wrong with sheets that units filled in.
  static let merges = """
    the ledger has no measure {} “{}” any more, or several
    台账中已没有措施{1}“{2}”，或有几条
    make the unit's sheet anew, or correct the number
    请重新导出该单位的填报表，或更正序号
    {} is no measure of {}, whose sheet this is
    措施{1}不由填报单位{2}负责，未并入
    only the unit's own rows are taken; take this row out, or use the other unit's sheet
    只并入本单位的行，请删去此行，或改用负责单位的填报表
    “{}” is no status
    “{1}”不是状态，未并入
    {} is called {} by its unit, and taken as {}
    措施{1}由单位填为“{2}”，按“{3}”并入，待确认销号
    this sheet is of the plan “{}”, and the ledger of “{}”
    填报表属于“{1}”，而台账为“{2}”，全表未并入
    merge it into its own plan's ledger, or make the unit's sheet anew
    请并入该方案的台账，或重新导出该单位的填报表
    {} of {} says “{}”, and the ledger “{}”
    措施{2}的“{1}”填为“{3}”，而台账现为“{4}”，本行状态和进展均未并入
    decide which one holds and write it into the ledger; this row's 状态 and 进展情况 stay out
    请确定以哪个为准，并写入台账
    {} has several units, and the sheet doesn't say which one filled it in
    措施{1}由多个单位共同负责，填报表未写明由哪个单位填报，未并入
    make the unit's sheet anew; its notes name the unit
    请重新导出该单位的填报表
    {} is shared, and {} says “{}”: reported as done by {}, not by {}, and the status stays “{}”
    措施{1}由多个单位共同负责，{2}填为“{3}”，已报完成：{4}，尚未报完成：{5}，台账状态仍为“{6}”
    none
    无
    ask the unit whether it is done, and write it into the ledger
    请向单位核实是否已完成，并写入台账
    it changes once {}, which leads, or every unit has reported it as done
    牵头单位{1}或全部单位报完成后方更改
    it changes once every unit has reported it as done, or write it into the ledger
    全部单位报完成后方更改，也可由您直接写入台账
    {} says “{}” and asks “{}” at once, and the status stays “{}”
    措施{1}填为“{2}”，同时又申请“{3}”，台账状态仍为“{4}”
    {} says “{}” in this sheet and “{}” in one before it, and this one counts
    措施{1}在此表中填为“{2}”，在前一张表中填为“{3}”，以此表为准
    if the other one is newer, write its words into the ledger
    如前一张表更新，请将其内容写入台账
    {} says “{}”, which its unit has replaced by “{}” since, and stays as it is
    措施{1}填为“{2}”，单位此后已改填“{3}”，本行未并入
    it seems an older copy; if the unit means it anew, let it fill in a new sheet
    似为旧表；确系新填的，请单位用新导出的填报表填报
    ask the unit which one holds, and empty the other cell
    请向单位核实以哪一项为准，并清空另一格
    no sheet that a unit filled in was found
    没有找到单位填报的表
    """
}

extension DiagnosticCatalog {
  static let imports = """
    left out: “{}” is part of no measure
    未读入：“{1}”不属于任何措施
    left out: “{}” begins a page behind a table, and may be the end of it
    未读入：“{1}”在表格之后的页首，可能是表格的末行
    left out: “{}” names no unit, person or deadline
    未读入：“{1}”没有责任单位、责任人或时限
    “{}” names no unit, person or deadline
    “{1}”没有责任单位、责任人或时限
    “{}” names no unit, person or deadline: those of its heading were taken
    “{1}”没有责任单位、责任人或时限，已沿用标题所列
    “{}” names no unit or deadline: those of its heading were taken
    “{1}”的责任单位或时限不全，已沿用标题所列
    left out: who and by when in the heading “{}”, whose measures say it themselves
    未读入：标题“{1}”中的责任分工，其下各项措施已自行写明
    left out: “{}” stands after the closing of a measure
    未读入：“{1}”在措施的责任分工之后
    left out: “{}” closes no measure
    未读入：“{1}”之前没有对应的措施
    left out: “{}”, of which the date was taken
    未读入：“{1}”，其中的日期已用作印发日期
    left out: “{}”, which is struck through
    未读入：“{1}”已加删除线
    left out: “{}”, which is hidden text
    未读入：“{1}”是隐藏文字
    left out: “{}”, a second person of the contact
    未读入：“{1}”是另一位联系人
    left out: “{}” in the closing of “{}”
    未读入：“{2}”责任分工中的“{1}”
    left out: {} in the closing of “{}” are no one unit's name
    未读入：“{2}”责任分工中的{1}不是具体单位
    left out: {}, who lead or watch over “{}” and aren't reminded
    未读入：{1}是“{2}”的牵头领导或督导方，不发提醒
    left out: the column “{}”, which is empty
    未读入：“{1}”列为空
    left out: the column “{}”, which says “{}” and the like in {} rows
    未读入：“{1}”列，{3}行有内容，如“{2}”
    left out: the column without a heading, which says “{}” and the like in {} rows
    未读入：没有表头的一列，{2}行有内容，如“{1}”
    the column without a heading beside “{}” was taken to belong to it
    “{1}”旁没有表头的一列，已按同一栏读入
    the column “{}” was taken for the deadlines, by what its cells say
    “{1}”列按内容已作为完成时限读入
    left out: the recurring reports “{}”, which can't be read for certain
    未读入：定期报送“{1}”无法确定
    left out: the row “{}” names no measure
    未读入：“{1}”一行没有措施
    left out: the table “{}” has no headings of measures that are known
    未读入：表格“{1}”的表头无法识别
    the column “{}” was taken for the measures, since it holds most of the text
    “{1}”列文字最多，已作为措施读入
    the recurring reports “{}” were taken into recurringReports
    定期报送“{1}”已读入
    the row “{}” has not as many cells as the table has headings, and was put under them by what its cells say
    “{1}”一行的格数与表头不符，已按内容对应各列
    the row “{}” may begin or end elsewhere, by its place on the page
    “{1}”一行的起止按版面位置判断，可能不准
    the row “{}” may be several rows: nothing in the PDF parts them
    “{1}”一行可能是几行，PDF中没有分隔
    the row “{}” may be several rows: nothing in the PDF parts {}
    “{1}”一行可能是几行，PDF中没有分隔，如{2}
    the lines of “{}” were taken for its measures in their order
    “{1}”各行已依次作为各项措施的时限
    “{}” names no unit: those below its heading were taken
    “{1}”未写责任单位，已采用标题下的责任单位
    “{}” names no deadline: that below its heading was taken
    “{1}”未写时限，已采用标题下的时限
    write the right one under owners
    请在责任人中填写正确的邮箱
    “{}” was put together from two lines
    “{1}”由两行文字拼成
    “{}” was taken for the title, since it stands first
    “{1}”在第一行，已作为标题
    “{}” names its own units, and “{}” of its heading is none of them
    “{1}”另列责任单位，未含标题中的“{2}”
    add the unit if it leads this one too
    该单位也牵头此项的，请补上
    left out: “{}” stands below the last measure
    未读入：“{1}”在最后一项措施之后
    the row “{}” shares “{}” with other rows, by its place on the page
    “{1}”一行与其他行合用“{2}”，按版面位置判断
    the row “{}” is hidden, and read all the same
    “{1}”一行已隐藏，仍已读入
    the number at the beginning of “{}” does not follow {}, the number before it
    “{1}”开头的序号与前一序号{2}不连续
    the number at the beginning of “{}” may be one figure with the digits behind it
    “{1}”开头的数字可能是一个数，不是序号
    the table “{}” has no headings, and was read as the rest of the one above
    表格“{1}”没有表头，已作为上一表格的续表读入
    the number at the beginning of “{}” is the first of its kind
    “{1}”开头的序号不是从1开始
    the number at the beginning of “{}” stands in the middle of a sentence, and was taken for a new one
    “{1}”开头的序号在句子中间，已按新的一条读入
    number {} is taken in area {}: “{}” became {}
    领域{2}中已有编号{1}，“{3}”改编为{4}
    “{}” is number {} in the document, and no area {} was found
    “{1}”在文件中编号为{2}，但没有找到第{3}个领域
    “{}” and “{}” were taken for one unit, under the longer name
    “{1}”和“{2}”按同一单位处理，采用全称
    “{}” of “{}” gets no address: the table has one for “{}” of “{}”
    “{2}”的“{1}”未填邮箱：通讯录中只有“{4}”的“{3}”
    “{}” of “{}” gets no address: the table has {} and {}
    “{2}”的“{1}”未填邮箱：通讯录中有{3}和{4}
    “{}” of “{}” gets no address: the table has none
    “{2}”的“{1}”未填邮箱：通讯录中没有此人
    “{}” gets no address: the table has none
    “{1}”未填邮箱：没有写明责任人，通讯录中也没有以该单位命名的邮箱
    add it to the table, or write it under owners
    请在通讯录中补充，或写入台账
    “{}” of “{}” gets no address: “{}” {}
    “{2}”的“{1}”未填邮箱：“{3}”不是有效的邮箱地址
    write the address under owners if it is the same person's
    确为同一人的，请将邮箱写入台账
    correct it in the table, or write it under owners
    请在通讯录中改正，或写入台账
    “{}” answers for “{}” alone in “{}”: nobody is reminded for {}
    “{3}”的责任人“{1}”只对应“{2}”，{4}没有责任人，收不到提醒
    name a person for each unit, or write those that only help under supporting: too
    请为每个单位写明责任人；只是配合的，请写入配合单位
    left out: “{}” is a stage that names no unit
    未读入：“{1}”是工作阶段，没有责任单位
    {} units and {} persons of “{}” are not paired ({}): they stand under owners with the first unit
    “{3}”有{1}个责任单位、{2}个责任人，未能一一对应（{4}），责任人均记在第一个单位
    {} units and {} persons of “{}” are not paired ({}): they stand under owners with the units in their order, also those that only help
    “{3}”有{1}个责任单位、{2}个责任人，未能一一对应（{4}），已按顺序与各单位（含配合单位）对应
    “{}” has its deadline in its sentence: “{}” was taken
    “{1}”的时限在正文中，已采用“{2}”
    “{}” may have its deadline in its sentences: {}
    “{1}”的时限可能在正文中：{2}
    “{}” has no deadline
    “{1}”没有完成时限
    “{}” has no deadline: {} in its sentences can't be read for certain
    “{1}”没有完成时限，正文中的{2}无法确定
    “{}” names units or deadlines inside its text, which stay there
    “{1}”的正文中另有责任单位或时限，保留在正文中
    “{}” names no person
    “{1}”没有责任人
    “{}” names no unit
    “{1}”没有责任单位
    “{}” does not look like a deadline that can be read
    完成时限“{1}”无法识别
    “{}” names two days without a sign between them
    完成时限“{1}”中有两个日期相连
    more than one deadline: {}
    有多个完成时限：{1}
    the deadline is empty
    完成时限为空
    “{}” may be a recurring duty, and is not in duties
    “{1}”可能是定期工作，未列入
    “{}” may be {}
    “{1}”可能是{2}
    “{}” may be one unit or two
    “{1}”可能是一个单位，也可能是两个单位
    the units in brackets in “{}” were taken as those that help
    “{1}”括号中的单位已按配合单位读入
    the units were taken from the sentence “{}”
    责任单位取自正文“{1}”
    the deadlines were taken from the columns “{}”
    完成时限取自“{1}”各列
    “{}” is no usual name of a unit
    “{1}”不像单位名称
    the unit was taken from the heading “{}”
    责任单位取自标题“{1}”
    no measure names a person: each unit stands under owners by its own name
    各项措施均没有责任人，通讯录按单位名称登记
    no measures found
    没有找到措施
    no title found
    没有找到方案名称
    no date of issue found
    没有找到印发日期
    more than one date could be the date of issue
    有多个日期可能是印发日期
    no contact's unit found
    没有找到联系单位
    no contact's person found
    没有找到联系人
    no contact's telephone number found
    没有找到联系电话
    no contact's mailbox found
    没有找到联系邮箱
    the report date “{}” can't be read for certain
    报送日期“{1}”无法确定
    give it a usual heading (责任单位, 配合单位, 责任人, 完成时限) if it counts
    属于责任分工的，请将表头改为责任单位、配合单位、责任人或完成时限
    compare with the document
    请对照原文核对
    compare the ledger with the document here
    请对照原文核对此处
    compare the numbers with the document
    请对照原文核对编号
    compare with the document, or write the day as due:
    请对照原文，或填写明确日期
    compare with the document: write it into the ledger if it still holds
    请对照原文，仍然有效的请写入台账
    add it by hand if it belongs to a measure
    属于措施的请手工补入
    add it by hand if it is a measure
    是措施的请手工补入
    add it by hand if it is one
    是措施的请手工补入
    add it to the measure that it belongs to
    请补入所属措施
    add one for each unit to persons
    请为每个单位补充责任人
    add one to units
    请补充责任单位
    add one, or 长期
    请补充，长期任务请写“长期”
    add them, or delete the measure if it is none
    请补充，不是措施的请删去
    add what counts for all of them
    对各项均适用的请补入
    add {what: …, every: …} if it is one
    属于定期工作的请补充内容和周期
    make measures of its parts if they have their own
    各部分另有分工的请拆成多项措施
    a plan has one contact
    方案只登记一位联系人
    name its columns 序号, 整改措施, 责任单位, 责任人 and 完成时限, or add its measures by hand
    请将表头改为序号、整改措施、责任单位、责任人、完成时限，或手工补入
    name the units if they are to be reminded
    需要提醒的请写明具体单位
    split the measure if they belong to parts of it
    分属不同部分的请拆成多项措施
    take it out of the ledger if it no longer counts
    不再有效的请从台账删去
    take out the one that doesn't hold
    请删去无效的一个
    the ids of the measures count the areas that were found
    措施编号按找到的领域顺序编排
    write it as its deadline, with its year
    请写明年份，填入完成时限
    write it into plan.issued: deadlines without a year mean its year
    请填写印发日期，没有年份的时限以其年份为准
    write it into plan.title
    请填写方案名称
    write it into plan.contact.unit
    请填写联系单位
    write it into plan.contact.person
    请填写联系人
    write it into plan.contact.phone
    请填写联系电话
    write it into plan.contact.email
    请填写联系邮箱
    write the dates into reports
    请填写报送日期
    write the ledger by hand
    请手工编制台账
    write the one that holds as its deadline
    请将有效的一个填入完成时限
    write the unit's full name
    请写单位全称
    write the persons' names, or the unit's own mailbox
    请填写责任人，或单位公用邮箱
    write the right unit under owners where that is wrong
    不对的请在通讯录中更正单位
    write the shorter one where they are two
    确为两个单位的请改回简称
    write their days into reports, or other words into recurringReports
    请填写具体报送日期，或改写定期报送的说法
    """
}
