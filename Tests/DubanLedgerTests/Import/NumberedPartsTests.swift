import Testing

@testable import DubanLedger

/// What the numbers in a cell of measures count.
@Suite struct NumberedPartsTests {
  @Test(arguments: [
    ("1.完成选址；\n2.开工建设。", "1 完成选址 | 2 开工建设。"),
    ("主要措施：\n1.完成选址；\n2.开工建设。", "1 完成选址 | 2 开工建设。"),
    ("建设物流园。\n1.完成选址。\n2.开工建设。", "- 建设物流园。1.完成选址。2.开工建设。"),
    ("建设物流园\n（1）摸底；\n（2）实施。", "- 建设物流园。（1）摸底；（2）实施。"),
    ("建设物流园。", "- 建设物流园。"),
    ("1.6月底前选址。\n2.5G基站开工。\n3.65岁以上老人体检。", "1 6月底前选址。 | 2 5G基站开工。 | 3 65岁以上老人体检。"),
    ("建设物流园，投资\n2.5亿元。", "- 建设物流园，投资2.5亿元。"),
    ("1.6万平方米的物流园。", "- 1.6万平方米的物流园。"),
    ("加强管理。\n1.5米以上围挡整改。\n2.3处隐患整改。", "- 加强管理。1.5米以上围挡整改。2.3处隐患整改。"),
    ("1.5米以上围挡整改。\n2.3处隐患整改。\n2.5公里渠道整改。", "- 1.5米以上围挡整改。2.3处隐患整改。2.5公里渠道整改。"),
    ("主要措施：\n2.3处隐患整改。", "- 主要措施：2.3处隐患整改。"),
    ("主要措施：\n1.1清理河道。\n1.2加固堤坝。", "1 清理河道。 | 2 加固堤坝。"),
  ])
  func parts(cell: String, parts: String) {
    let found = NumberedParts.parts(cell).map { "\($0.number.map(String.init) ?? "-") \($0.text)" }
    #expect(found.joined(separator: " | ") == parts)
  }

  /// A number that may be one figure with the digits behind its stop is asked about: 1.5米, but not 2.6月底前.
  @Test(arguments: [
    ("1.5米以上围挡整改。\n2.加固堤坝。", ["1.5米以上围挡整改。"]), ("1.清理河道。\n2.3处隐患整改。", ["2.3处隐患整改。"]),
    ("1.清理河道。\n2.6月底前加固堤坝。", []), ("1.12345热线整改。\n2.加固堤坝。", []),
  ])
  func figures(cell: String, figures: [String]) {
    #expect(NumberedParts.parts(cell).compactMap(\.figure) == figures)
  }
}
