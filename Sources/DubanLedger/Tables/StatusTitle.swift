import DubanCore

/// What a sheet's name, or a line above measures, says of all of them: 已销号, 已完成事项, 作废.
enum StatusTitle {
  /// The word of 状态 that the title has for what stands below it; nil for any other title.
  static func word(_ title: String) -> String? {
    let name = Heading.plain(TableNote.areaTitle(title) ?? title)
    guard name.count <= 16 else { return nil }
    if ["销号", "完成", "办结"].contains(name) { return name }
    var word = name[...]
    while let noun = nouns.first(where: word.hasSuffix) { word.removeLast(noun.count) }
    while let noun = nouns.first(where: word.hasPrefix) { word.removeFirst(noun.count) }
    if void.contains(where: { $0 == word }) { return "作废" }
    guard word.hasPrefix("已") || word.hasPrefix("全部"), let status = StatusCell.known(String(word)) else {
      return nil
    }
    return [.submitted, .closed].contains(status) ? String(word) : nil
  }

  private static let nouns = [
    "整改", "督办", "事项", "措施", "任务", "问题", "台账", "清单", "工作", "项目", "部分", "明细", "汇总", "名单", "表", "的",
  ]
  private static let void = [
    "作废", "已作废", "取消", "已取消", "废止", "已废止", "撤销", "已撤销", "终止", "已终止", "中止", "已中止", "不再执行", "停止执行", "删除",
    "已删除",
  ]
}
