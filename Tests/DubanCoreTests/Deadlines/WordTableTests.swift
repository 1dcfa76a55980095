import Testing

@testable import DubanCore

/// Which word of a vocabulary is found where.
@Suite struct WordTableTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    /// The place looked at is where the sign | stands.
    var text: String
    var last: Word?
    var word: Word?
    var value: Int32 = 0
    var count = 0
    var testDescription: String { name }
  }

  /// One-letter words, words that begin with them, and words that begin alike.
  private static let table = WordTable([
    .init(.year, 1, "年"), .init(.end, 2, "年底"), .init(.label, 3, "年底前进 年报"), .init(.day, 4, "日"),
    .init(.label, 5, "日报"), .init(.before, 6, "前"), .init(.filler, 7, "前进"), .init(.text, 8, "年底"),
    .init(.completion, 9, "整改完成"), .init(.start, 10, "整改方案印发"), .init(.done, 11, "整改"),
  ])

  static let cases = [
    Case(name: "one letter", text: "|年内", word: .year, value: 1, count: 1),
    Case(name: "one letter at the end", text: "2022|年", word: .year, value: 1, count: 1),
    Case(name: "two letters", text: "|年报", word: .label, value: 3, count: 2),
    Case(name: "the longest", text: "|年底前进行", word: .label, value: 3, count: 4),
    Case(name: "a shorter one where the longest doesn't fit", text: "|年底前", word: .end, value: 2, count: 2),
    Case(name: "a spelling that stands twice: the first", text: "|年底", word: .end, value: 2, count: 2),
    Case(name: "alike in two letters", text: "|整改方案印发", word: .start, value: 10, count: 6),
    Case(name: "cut short", text: "|整改方案", word: .done, value: 11, count: 2),
    Case(name: "none", text: "|底前", word: nil),
    Case(name: "none that begins with these two", text: "|报年", word: nil),
    Case(name: "a unit behind a number", text: "20|日报送", last: .number, word: .day, value: 4, count: 1),
    Case(name: "no number, no unit", text: "|日报送", word: .label, value: 5, count: 2),
    Case(name: "前 behind an end", text: "年底|前进行", last: .end, word: .before, value: 6, count: 1),
    Case(
      name: "a longer word where none belongs", text: "20|前进", last: .number, word: .filler, value: 7,
      count: 2),
    Case(
      name: "one letter where none belongs", text: "20|前", last: .number, word: .before, value: 6, count: 1),
  ]

  @Test(arguments: cases) func finds(_ row: Case) throws {
    let place = try #require(row.text.firstIndex(of: "|"))
    let position = row.text.distance(from: row.text.startIndex, to: place)
    let text = row.text.filter { $0 != "|" }
    let match = Self.table.word(in: FoldedCharacter.all(of: text), at: position, behind: row.last)
    #expect(match?.word == row.word)
    #expect(match.map(\.value) ?? 0 == row.value)
    #expect(match.map(\.count) ?? 0 == row.count)
  }

  @Test func findsEachOfItsWordsAndNoOther() {
    for entry in Vocabulary.entries {
      for spelling in entry.spellings.split(separator: " ") {
        let characters = FoldedCharacter.all(of: String(spelling))
        #expect(WordTable.standard.word(in: characters, at: 0)?.count == characters.count, "\(spelling)")
      }
    }
  }

  @Test func foldsItsWordsAsPhrasesAreFolded() {
    let table = WordTable([.init(.completion, "清零")])
    for text in ["清零", "清〇"] {
      #expect(table.word(in: FoldedCharacter.all(of: text), at: 0)?.word == .completion)
    }
  }

  @Test func findsNothingInNoWords() {
    let table = WordTable([])
    let characters = FoldedCharacter.all(of: "2022年12月底前")
    for place in characters.indices { #expect(table.word(in: characters, at: place) == nil) }
  }
}
