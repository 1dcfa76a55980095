extension DiagnosticCatalog {
  /// What is wrong with tables and workbooks.
  static let tables = """
    a form holds one measure: write several as rows below headings, 整改措施, 责任单位, 责任人, 完成时限
    一张单只写一项措施，多项请按表头逐行填写
    the form names no measure
    表单中没有措施
    the form names no measure: no label that is known is {}
    表单中没有措施，无法识别的名称：{1}
    call it 督办事项 or 整改措施, beside 责任单位, 责任人 and 完成时限
    请改用督办事项或整改措施
    “{}” under “{}” has nothing above it
    “{2}”列的“{1}”上方没有内容
    write what is meant
    请写明具体内容
    “{}” stands among other names under “{}”
    “{2}”列的“{1}”与其他名称写在一起
    write the names that are meant
    请写明名称
    “{}” is struck through: no address is taken from the row
    “{1}”已划去，该行邮箱不采用
    delete the row if the person is no owner any more
    不再负责的请删去该行
    “{}” lies hidden beneath the merged cell “{}”, and is not read
    “{1}”被合并单元格“{2}”盖住，未读入
    unmerge the cell if it counts
    有效的请取消合并后核对
    the cell under “{}” is empty: “{}” is taken from the row above
    “{1}”列为空，沿用上一行的“{2}”
    write it in each row, or merge its cell over the rows
    请逐行填写，或合并单元格
    “{}” and “{}” could both be the deadline
    “{1}”和“{2}”都可能是完成时限
    rename the one that is no deadline, such as to 实际完成时间, or take it out
    请将不是完成时限的一列改名，如实际完成时间，或删去
    the deadline “{}” of {} is read as {}, and the title of its sheet says {}年
    {2}的完成时限“{1}”按{3}理解，而表名或标题写的是{4}年
    write the year into the deadlines of this sheet that have none
    请在该表未写年份的完成时限中写明年份
    those of “{}” are reminded, and “{}” could be those who answer
    目前提醒“{1}”，而责任人也可能是“{2}”
    call the column of those who are to be reminded 责任人
    请将应提醒的人所在列的表头改为“责任人”
    {} could both be whose address stands beside them
    {1}都可能是邮箱的主人
    keep one column of persons, and a row for each person with an address
    请只保留一列姓名，每人一行
    the heading “{}” stands twice
    表头“{1}”出现两次
    the first is at {}; keep one, or give the other its own name
    前一处见{1}，请保留一处或改名
    write 已完成 or 已销号 into a column 状态: without one every measure counts as open
    请增加“状态”列并填写已完成或已销号，否则各项措施均按未完成处理
    “{}” and “{}” are both ticked: the measure counts as open
    “{1}”和“{2}”都打了勾，按未完成处理
    leave one tick
    请只勾选一项
    “{}” under “{}” is no tick: the measure counts as open
    “{2}”列写的“{1}”不是勾选，按未完成处理
    write √ under the status that holds, and nothing under the others
    请只在符合的状态下打√，其余留空
    the column “{}” is not read
    “{1}”列未读入
    rename it if it belongs to the ledger: {}
    属于台账的请改名
    “{}” stands beside the column “{}”, under the same heading
    “{1}”与“{2}”列共用一个表头
    give each of the two columns a heading of its own, such as 开始时间 and 完成时限
    请给两列分别写表头，如开始时间、完成时限
    “{}” stands in a column without a heading
    “{1}”所在列没有表头
    give the column a heading: {}
    请补写表头
    the table has no column “{}” that is known: {} may be it
    表中没有可识别的“{1}”列，可能是{2}
    call it 完成时限 if it says when a measure is due
    如确为完成时限，请将表头改为“完成时限”
    the table has no column “{}”
    表中没有“{1}”列
    add one with a heading such as {}
    请增加一列，表头如{1}
    this is {}, not an .xlsx workbook or CSV text
    文件不是xlsx工作簿或CSV文本（{1}）
    a workbook that is protected with a password
    设有密码的工作簿
    an old binary workbook (.xls, .et)
    旧格式工作簿（.xls、.et）
    an OpenDocument file (.ods)
    OpenDocument表格（.ods）
    a binary workbook (.xlsb)
    二进制工作簿（.xlsb）
    a container of type “{}”
    {1}类型的文件
    an Apple Numbers document
    Numbers表格
    a Word document (.docx)
    Word文档
    a presentation (.pptx)
    演示文稿
    a PDF document
    PDF文档
    an RTF document
    RTF文档
    an XML spreadsheet of 2003
    2003版XML表格
    a web page saved under a spreadsheet's name
    另存为表格的网页
    an XML file
    XML文件
    open it in Excel or WPS, remove the password (文件 → 信息 → 保护工作簿) and save it as .xlsx
    请用Excel或WPS打开，取消密码后另存为xlsx
    open it in Excel, WPS or LibreOffice and save it as .xlsx (另存为 → Excel 工作簿)
    请用Excel、WPS打开后另存为xlsx（Excel 工作簿）
    row {} looks most like its header, but {} is no heading that is known
    第{1}行最像表头，但{2}无法识别
    row {} looks most like its header, but {} are no headings that are known
    第{1}行最像表头，但{2}无法识别
    row {} looks most like its header, but no heading of a measure stands in it
    第{1}行最像表头，但没有措施列
    it has no header that is known
    没有可识别的表头
    a part of the cell is struck through and left out: “{}” is read
    单元格中有删除线的文字未读入，读作“{1}”
    delete what is struck through
    请删去有删除线的文字
    “{}” is struck through, and is read all the same
    “{1}”有删除线，仍按有效读入
    delete the row, or write 已销号 under 状态, if it no longer counts
    不再有效的请删去该行，或将状态填为已销号
    the number “{}” is a date: Excel makes 1月2日 of 1-2
    编号“{1}”成了日期（Excel会把1-2变成1月2日）
    format the column as text and write the numbers again: what is recorded hangs on them
    请将该列设为文本格式后重新填写编号
    one merged measure has a second “{}”
    合并的一项措施有两个“{1}”
    unmerge it and write the measure once for each row
    请取消合并，逐行填写
    {} addresses and {} persons can't be paired
    {1}个邮箱与{2}个责任人无法对应
    write as many addresses as persons, in the same order
    请使邮箱与责任人数量相同、顺序一致
    “{}” has another address here than in a row above
    “{1}”的邮箱与上面的行不同
    write the same address in each row, or keep the addresses in a sheet of their own
    请统一邮箱，或另设通讯录
    “{}” is not read: no measure stands in this row
    “{1}”未读入，该行没有措施
    the row with “{}” has no “{}”
    “{1}”所在行没有“{2}”
    write everything in each row: CSV doesn't keep merged cells, .xlsx does
    CSV不保留合并单元格，请逐行填写或用xlsx
    write the measure, or merge its cell over all its rows
    请填写措施，或将其单元格合并到各行
    the row with “{}” names nobody
    “{1}”所在行没有姓名
    the row names {} persons
    该行有{1}个姓名
    write one person a row
    请每人一行
    the row “{}” is not read
    “{1}”行未读入
    “{}” stands twice
    “{1}”出现两次
    the deadline is the bare number {}, which may have lost digits
    完成时限是数字{1}，可能丢失了数位
    the deadline is the bare number {} (as a date, {}), which may have lost digits
    完成时限是数字{1}（若是日期则为{2}）
    format the cell as text or as a date, and write the deadline again
    请将单元格设为文本或日期格式后重新填写
    the formula under “{}” was saved without its result
    “{1}”列的公式没有保存结果
    the cell under “{}” holds “{}”, which is no value
    “{1}”列的“{2}”不是有效内容
    open the workbook in Excel or WPS, mend the formula or write the value, and save it
    请用Excel或WPS打开，改正后保存
    the table of {} has no rows
    {1}表没有内容
    no table of {} was found
    没有找到{1}表
    no table of {} was found: {}
    没有找到{1}表：{2}
    rename the headings: {}
    请改写表头
    expected a row with headings such as {}
    表头应有{1}等
    the sheet “{}” is not read: {}
    工作表“{1}”未读入：{2}
    the table that begins in row {} is not read: {}
    第{1}行起的表未读入：{2}
    “{}” and what follows above the header is not read: its headings aren't known
    表头上方“{1}”等行未读入
    move it below, or into a sheet of its own
    请移到表后或另设工作表
    row {} is hidden, and read all the same
    第{1}行已隐藏，仍按有效读入
    row {} and {} more are hidden, and read all the same
    第{1}行等{2}处以上已隐藏，仍按有效读入
    show the rows and look at them; delete those that don't belong to the ledger
    请取消隐藏后核对，不属于台账的请删去
    “{}” stands in two sheets, as {} measure does, and would count twice
    “{1}”在两个工作表中重复，会重复计算
    “{}” stands in two sheets, as {} measures do, and would count twice
    “{1}”等{2}项措施在两个工作表中重复，会重复计算
    “{}” stands in two sheets, as {} measure does, with different deadlines, and may count twice
    “{1}”在两个工作表中重复、时限不同，可能重复计算
    “{}” stands in two sheets, as {} measures do, with different deadlines, and may count twice
    “{1}”等{2}项措施在两个工作表中重复、时限不同，可能重复计算
    “{}” stands in other words in two sheets, as {} measure does, and may count twice
    “{1}”在两个工作表中以不同文字出现，可能重复计算
    “{}” stands in other words in two sheets, as {} measures do, and may count twice
    “{1}”等{2}项措施在两个工作表中以不同文字出现，可能重复计算
    “{}” stands twice, as {} measure does, and counts twice
    “{1}”在同一表中出现两次，重复计算
    “{}” stands twice, as {} measures do, and counts twice
    “{1}”等{2}项措施在同一表中出现两次，重复计算
    “{}” stands in two ledgers, as {} measure does, and may count twice
    “{1}”在两份台账中重复，可能重复计算
    “{}” stands in two ledgers, as {} measures do, and may count twice
    “{1}”等{2}项措施在两份台账中重复，可能重复计算
    “{}” stands in two ledgers, as {} measures do, and would count twice
    “{1}”等{2}项措施在两份台账中重复，会重复计算
    no status of its own: the measures under “{}” count as “{}”
    未填状态，“{1}”之下的措施按“{2}”处理
    write 状态 in each row where that isn't so, or rename the sheet or line
    如有不符，请逐行填写状态，或更改工作表名称、标题行
    the column “{}” is taken for the measures, since no heading names them
    没有整改措施列，已将“{1}”列作为整改措施
    call the column that holds the measures 整改措施
    请将措施所在列的表头改为“整改措施”
    the number “{}” is what a spreadsheet program made of another
    编号“{1}”已被表格软件改写
    format the column as text and write the numbers again: what is recorded hangs on them
    请将该列设为文本格式后重新填写编号，登记和提醒记录以编号为准
    “{}” speaks of completion, but names no status: the measure counts as open
    “{1}”提到完成，但不是状态词，按未完成处理
    write 已完成, 已销号 or 进行中 under 状态
    请在状态列填写已完成、已销号或进行中
    “{}” may be at the beginning of {} or at its end
    “{1}”可能指{2}年初，也可能指{2}年末
    write the day with its year
    请写明年月日
    “{}” under “{}” contradicts the status, “{}”, which counts
    “{2}”列的“{1}”与状态“{3}”不一致，以状态为准
    correct the one that is out of date
    请更正过时的一处
    the first is at {}; keep the summary or its parts, and move the other sheets into another workbook
    前一处见{1}，总表与分表请只留一种
    the workbook has no sheet with the plan's header
    工作簿中没有方案信息表
    add a sheet with {} in its first column, or name the workbook under measures: of a ledger.yaml
    请增加方案表，首列为{1}
    “{}” has the address “{}” here and another in the owners' list
    “{1}”的邮箱“{2}”与通讯录不同
    the other is at {}; keep one
    另一处见{1}，请保留一处
    the hidden sheet “{}” is not read
    隐藏的工作表“{1}”未读入
    show it if it belongs to the ledger, or delete it
    属于台账的请取消隐藏，否则请删去
    open it in Excel or WPS and save it anew as .xlsx
    请用Excel或WPS打开后另存为xlsx
    keep only the ledger in the workbook: delete other sheets, rows and columns
    请只保留台账，删去其他工作表、行和列
    the workbook's container is damaged: {}
    工作簿文件已损坏
    the workbook lacks its part “{}”
    工作簿不完整
    the workbook is encrypted
    工作簿已加密
    remove the password and save it as .xlsx
    请取消密码后另存为xlsx
    the workbook's part “{}” is too large, or packed too densely, to be a ledger's
    工作簿过大
    line {} of the part “{}” is no well-formed XML
    工作簿文件已损坏
    the part “{}” declares a document type, which no workbook does
    工作簿文件异常
    the part “{}” is not in UTF-8
    工作簿文件异常
    the workbook can't be read: memory is short
    内存不足，工作簿无法读取
    this zip container holds no workbook
    文件不是工作簿
    the workbook is too large: {}
    工作簿过大
    the sheet contradicts itself: {}
    工作表内部有矛盾
    the quote that begins this field is never closed: “{}”
    引号没有成对：“{1}”
    text follows the closing quote of this field: “{}”
    引号后还有文字：“{1}”
    double each quote that belongs to the text
    内容中的引号请写两次
    {} errors, of which the first {} are listed
    共{1}处错误
    {} warnings, of which the first {} are listed
    共{1}条提示
    mend them and check again
    请改正
    no holidays are known for {}: Monday to Friday count as working days
    尚无{1}年的节假日安排，暂按周一至周五为工作日计算
    put {}.json there once the State Council's notice is out
    请补充该年的节假日文件
    the plan was issued on {}, and today is {}: deadlines without a year count from there
    方案印发日期是{1}，而今天是{2}；未写年份的期限都从印发日期推算
    correct issued: where it is a slip
    如有笔误请更正 issued:
    the plan “{}” is also in {}
    方案“{1}”也在{2}中
    give each plan its own number, or name only one of the two ledgers
    请使每个方案的文号不同，或只保留一份台账
    there is no such file
    文件不存在
    this user may not read the file
    服务无权读取文件
    the file has more than {} bytes
    文件过大
    the file is empty
    文件是空的
    this is a directory
    这是文件夹
    the file is not UTF-8: {}
    文件编码不是UTF-8
    a NUL character: this is no text file
    文件不是文本
    this is no YAML: {}
    文件格式有误
    a key is no plain word
    文件格式有误
    a second document begins here
    文件中有第二份文档
    “{}” is as wide as a Chinese character, which is no sign of YAML's
    “{1}”是全角符号，YAML只认半角符号
    write “{}”, with a space behind it
    请写成半角“{1}”，后面空一格
    “{}” is as wide as a Chinese character, which is no sign of YAML's: write “{}”, with a space behind it
    “{1}”是全角符号，YAML只认半角符号：请写成半角“{2}”，后面空一格
    “{}” holds units and persons in one column
    “{1}”一列里既有单位又有责任人
    part it into two columns, 责任单位 and 责任人
    请分成责任单位、责任人两列
    a tab in the indentation
    缩进中有制表符
    expected key: value
    应为“键: 值”
    indent with spaces
    请用空格缩进
    it is already in line {}; keep one
    已见第{1}行，请保留一处
    put a text that holds “: ” into quotes, and see whether the line is indented like its neighbours
    含“: ”的文字请加引号，并核对缩进
    put a text that begins with @, `, % or a tab into quotes
    以@、`、%或制表符开头的文字请加引号
    put a text that begins with * or & into quotes
    以*或&开头的文字请加引号
    see whether the line is indented like its neighbours and its quotes and brackets are closed
    请核对缩进、引号和括号
    take it out; if there are many, this is no text file
    请删去该字符
    take out the line --- above it
    请删去上方的---
    the character {} doesn't belong into a text
    文中有不应出现的字符{1}
    the ledger has both areas and measures
    台账中同时有 areas 和 measures
    keep areas: (in line {}), or measures: with the name of a table
    请保留一种
    write [one, two], or one per line after “- ”
    请写成列表
    write the keys {}
    请写明{1}
    write what:
    请写明内容
    the rest of the line behind “{}” is a comment
    “{1}”后的文字成了注释
    put the text into quotes if “#” belongs to it, or write a blank behind “#”
    “#”属于内容的请加引号
    more than {} keys stand twice
    重复的项过多
    the file holds more than {} values
    文件过大
    the file may hold more than {} values
    文件过大
    the file has more than {} aliases (*name)
    引用过多
    write the values out
    请直接写出内容
    is it the right file?
    请核对是否选对了文件
    at most that much is read: is it the right file?
    请核对是否选对了文件
    see whether the path is right
    请核对文件位置
    """
}
