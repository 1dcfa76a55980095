import DeadlinePhrases
import DubanCore
import Foundation
import TestSupport
import Testing

/// Phrases made by rule, whose meaning is known without the reader.
@Suite struct ComposedPhraseTests {
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func meansWhatItWasMadeOf(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<4_000 {
      let phrase = ComposedPhrase.random(using: &random)
      let reading = DeadlineReader(issued: phrase.issued).read(phrase.text)
      #expect(
        DeadlineNotation.line(reading) == phrase.meaning,
        "\(phrase.text) issued \(phrase.issued) (seed \(seed))")
      #expect(reading.text == phrase.text)
    }
  }

  @Test func mutationsNeverLeaveTheCalendar() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<10_000 {
      let text = MutatedPhrase.random(using: &random)
      let reading = DeadlineReader(issued: CivilDate("2022-09-21")).read(text)
      #expect(reading.text == text)
      let dates = reading.dueDates + reading.alternatives
      #expect(dates.allSatisfy { (1949...2149).contains($0.year) }, "\(text)")
      #expect((reading.status == .read) == !reading.readings.isEmpty, "\(text)")
      #expect(reading.status == .read || reading.status == .none || reading.reason != nil, "\(text)")
    }
  }

  /// Spaces, full-width digits and the many dashes change nothing.
  @Test(arguments: try PhraseRow.table("deadline-shapes.tsv"))
  func readsAnyWriting(row: PhraseRow) {
    // A space inside a number, or its loss between two, does change the number.
    guard !row.text.contains(where: \.isWhitespace) else { return }
    let plain = row.reader.read(row.text)
    let spaced = row.text.reduce(into: "") { text, character in
      if let last = text.last, !(last.isNumber && character.isNumber) { text += " " }
      text.append(character)
    }
    let fullWidth = String(
      String.UnicodeScalarView(
        row.text.unicodeScalars.map { scalar in
          (0x21...0x7E).contains(scalar.value) ? UnicodeScalar(scalar.value + 0xFEE0) ?? scalar : scalar
        }))
    for text in [spaced, fullWidth] {
      let reading = row.reader.read(text)
      #expect(reading.status == plain.status, "\(text)")
      #expect(reading.dueDates == plain.dueDates, "\(text)")
      #expect(reading.alternatives == plain.alternatives, "\(text)")
      #expect(reading.recurrences == plain.recurrences, "\(text)")
    }
  }

  /// What a blank runs together, a line's end parts.
  @Test(arguments: [
    ("6月底前\n9月底前", "date:2024-06-30 + date:2024-09-30"),
    ("6月底前\r\n 9月底前", "date:2024-06-30 + date:2024-09-30"),
    ("12月底前\n改", "date:2024-12-31"), ("6月底前 \u{3000}9月底前", "unread"), ("12月底前\t改", "unread"),
  ])
  func aLinesEndPartsDates(text: String, meaning: String) {
    let reading = DeadlineReader(issued: CivilDate("2024-03-01")).read(text)
    #expect(DeadlineNotation.line(reading) == meaning)
  }

  @Test func aVeryLongPhraseIsReadInTime() {
    for piece in ["长期", "1、", "2022年12月底前", "每", "《", "于", "1-", "十", "第", "("] {
      let longest = String(repeating: piece, count: 15_900 / piece.utf8.count)
      #expect(DeadlineReader(issued: nil).read(longest).text == longest)
      let tooLong = DeadlineReader(issued: nil).read(String(repeating: piece, count: 100_000))
      #expect(tooLong.status == .unread)
    }
  }
}
