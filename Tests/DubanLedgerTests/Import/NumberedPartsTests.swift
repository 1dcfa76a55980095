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
  ])
  func parts(cell: String, parts: String) {
    let found = NumberedParts.parts(cell).map { "\($0.number.map(String.init) ?? "-") \($0.text)" }
    #expect(found.joined(separator: " | ") == parts)
  }
}
