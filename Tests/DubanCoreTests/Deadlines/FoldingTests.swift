import Testing

@testable import DubanCore

/// What becomes of the characters of a phrase, and where each character came from.
@Suite struct FoldingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    /// The letters in their plain form; U+FFFD for one outside the basic plane.
    var plain: String
    /// Which scalar of the text each is.
    var sources: [Int32]
    var afterSpace: [Int] = []
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "nothing", text: "", plain: "", sources: []),
    Case(name: "one byte", text: "a1", plain: "a1", sources: [0, 1]),
    Case(name: "two bytes", text: "éÿ", plain: "éÿ", sources: [0, 1]),
    Case(name: "three bytes", text: "年月日", plain: "年月日", sources: [0, 1, 2]),
    Case(name: "four bytes", text: "𬭎江", plain: "\u{FFFD}江", sources: [0, 1]),
    Case(name: "full width", text: "２０２２．１２", plain: "2022.12", sources: [0, 1, 2, 3, 4, 5, 6]),
    Case(name: "radicals and traditional characters", text: "⽉⽇個時", plain: "月日个时", sources: [0, 1, 2, 3]),
    Case(name: "spaces", text: " 6\u{3000}月 ", plain: "6月", sources: [1, 3], afterSpace: [0, 1]),
    Case(name: "invisible", text: "\u{FEFF}1\u{200B}2", plain: "12", sources: [1, 3]),
    Case(name: "everything", text: "𬭎 é\u{200B}底", plain: "\u{FFFD}é底", sources: [0, 2, 4], afterSpace: [1]),
  ]

  @Test(arguments: cases) func characters(_ row: Case) {
    let characters = FoldedCharacter.all(of: row.text)
    #expect(String(decoding: characters.map(\.code), as: UTF16.self) == row.plain)
    #expect(characters.map(\.source) == row.sources)
    #expect(characters.indices.filter { characters[$0].afterSpace } == row.afterSpace)
  }
}
