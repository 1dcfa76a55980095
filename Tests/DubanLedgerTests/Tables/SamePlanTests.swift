import DubanCore
import DubanLedger
import Testing

/// The same plan, kept in one program or another, is the same ledger.
@Suite struct SamePlanTests {
  @Test(arguments: [
    "office-openpyxl.xlsx", "office-libreoffice.xlsx", "office-prefixed.xlsx", "office-1904.xlsx",
  ])
  func workbook(name: String) throws {
    let reading = try SheetFixture.ledger(try SheetFixture.bytes(name), file: name, withOwners: false)
    #expect(
      reading.diagnostics.map { "\($0.location): \($0.severity): \($0.message)" } == [
        "\(name)[整改台账]!K3: warning: the column “备注” is not read",
        "\(name)[整改台账]!9: warning: row 9 is hidden, and read all the same",
        "\(name)[旧台账]: warning: the hidden sheet “旧台账” is not read",
        "\(name)[说明]: warning: the sheet “说明” is not read: it has no header that is known",
        "\(name)[通讯录]!C1: warning: the column “职务” is not read",
      ])
    #expect(reading.ledger == SheetFixture.expected().ledger)
  }

  @Test(arguments: [
    "office-comma-utf8.csv", "office-comma-mark.csv", "office-tab-gb18030.csv", "office-tab-utf16.csv",
    "office-semicolon-gb18030.csv",
  ])
  func csv(name: String) throws {
    let reading = try SheetFixture.ledger(try SheetFixture.bytes(name), file: name, withOwners: true)
    #expect(reading.diagnostics.map(\.description) == [])
    #expect(reading.ledger == SheetFixture.expected().ledger)
  }

  @Test func yaml() {
    let reading = SheetFixture.expected()
    #expect(reading.diagnostics.map(\.description) == [])
    #expect(reading.ledger?.measures.count == 6)
  }
}
