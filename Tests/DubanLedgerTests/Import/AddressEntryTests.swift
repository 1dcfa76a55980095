import DubanCore
import Testing

@testable import DubanLedger

/// The address that a 通讯录 has for an owner of an imported plan.
@Suite struct AddressEntryTests {
  /// Lines of a table, `unit person address`, and what 沙棘 of 镇村建办 gets: an address, a question, or nothing.
  @Test(arguments: [
    (["镇村建办 沙棘 a@example.org"], "a@example.org"),
    (["柏林镇村建办 沙棘 a@example.org"], "a@example.org"),
    (["镇水利站 沙棘 a@example.org"], "2: the table has one for “沙棘” of “镇水利站”"),
    (["镇水利站 沙棘 a@example.org", "镇村建办 沙棘 b@example.org"], "b@example.org"),
    (
      ["镇村建办 沙棘 a@example.org", "镇村建办 沙棘 b@example.org"],
      "3: the table has a@example.org and b@example.org"
    ),
    (["镇村建办 沙棘 a@example.org", "镇村建办 沙棘 a@example.org"], "a@example.org"),
    (["镇村建办 沙棘 a@example.org", "镇村建办 沙棘 无"], "a@example.org"),
    (["镇村建办 沙棘 无"], ""), (["镇村建办 安然 a@example.org"], ""),
    (["镇村建办 沙棘 a#example.org"], "2: “a#example.org” \(MailAddress.problem(in: "a#example.org") ?? "")"),
  ])
  func address(_ lines: [String], _ expected: String) throws {
    let table = (["单位 姓名 邮箱"] + lines).map { $0.replacing(" ", with: ",") + "\n" }.joined()
    let (draft, diagnostics) = TableLedger.read(Array(table.utf8), file: "t.csv", for: .owners)
    #expect(diagnostics.isEmpty)
    let owner = Owner(person: "沙棘", unit: "镇村建办", email: nil)
    switch AddressEntry.of(owner, among: draft.owners) {
    case .found(let address): #expect(address == expected)
    case .missing: #expect(expected.isEmpty)
    case .unsure(let diagnostic):
      #expect(
        "\(diagnostic.location.line ?? 0): \(diagnostic.message)"
          == expected.replacing(": ", with: ": “沙棘” of “镇村建办” gets no address: ", maxReplacements: 1))
    }
  }
}
