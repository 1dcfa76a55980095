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
  ])
  func parts(cell: String, parts: String) {
    let found = NumberedParts.parts(cell).map { "\($0.number.map(String.init) ?? "-") \($0.text)" }
    #expect(found.joined(separator: " | ") == parts)
  }
}
