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
