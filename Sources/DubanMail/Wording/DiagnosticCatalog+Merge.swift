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
