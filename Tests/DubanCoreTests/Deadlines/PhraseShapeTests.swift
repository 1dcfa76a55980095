import DeadlinePhrases
import DubanCore
import Testing

/// The shapes of deadline-shapes.tsv, traps included; each was read by eye.
@Suite struct PhraseShapeTests {
  @Test(arguments: try PhraseRow.table("deadline-shapes.tsv"))
  func reads(row: PhraseRow) {
    #expect(DeadlineNotation.line(row.reader.read(row.text)) == row.expected)
  }

  @Test func everyPhraseStandsOnce() throws {
    let rows = try PhraseRow.table("deadline-shapes.tsv")
    #expect(Set(rows.map { $0.text + $0.issued }).count == rows.count)
    #expect(rows.count > 400)
  }
}
