import DubanCore
import TestSupport
import Testing

@Suite struct NameTableTests {
  /// Numbers names as a dictionary of strings does, which knows what is canonically equivalent.
  private func compare(_ names: [String], room: Int = 0) {
    var table = NameTable(room: room)
    var known: [String: Int] = [:]
    for name in names {
      let expected = known[name]
      #expect(table.number(of: name) == expected, "\(name)")
      #expect(table.take(name) == expected ?? known.count, "\(name)")
      if expected == nil { known[name] = known.count }
    }
    #expect(table.count == known.count)
    for (name, number) in known {
      #expect(table.number(of: name) == number)
      for (other, place) in known where table.arePlain && name != other {
        #expect(table.isBefore(number, place) == (name < other), "\(name) \(other)")
      }
    }
  }

  @Test func plainNames() {
    compare((0..<200).flatMap { ["第\($0)责任单位", "责任人\($0)", "第\($0 / 2)责任单位"] })
    compare(["", "a", "", "ab", "a", "é", "徐娟", "徐", "徐娟"], room: 3)
  }

  /// Pieces of which many strings are the same though their bytes aren't.
  private static let pieces = [
    "徐", "娟", "a", "e", "é", "e\u{301}", "\u{301}", "\u{323}", "金", "\u{F90A}", "K", "\u{212A}", "が",
    "か\u{3099}",
    "한", "\u{1112}\u{1161}\u{11AB}", "𠮷", "（", "·", "\u{387}",
  ]

  @Test(arguments: 0..<100)
  func namesOfPieces(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    // At first plain ones alone, as a rule.
    let plain = Int.random(in: 0..<40, using: &random)
    compare(
      (0..<80).map { number in
        (0..<Int.random(in: 0..<4, using: &random)).map { _ in
          Self.pieces[Int.random(in: 0..<(number < plain ? 3 : Self.pieces.count), using: &random)]
        }.joined()
      })
  }

  @Test(arguments: 0..<50)
  func plainNamesOfPieces(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let pieces = ["徐", "娟", "金", "a", "1", "0", "é", "·", "（", "、", "䶮", "责任单位", "ǿ", "Ａ"]
    compare(
      (0..<60).map { _ in
        (0..<Int.random(in: 0..<9, using: &random)).map { _ in
          pieces[Int.random(in: 0..<pieces.count, using: &random)]
        }.joined()
      })
  }

  /// A name that isn't plain finds one that is, also where no other is there.
  @Test func anotherCodeForAnIdeograph() {
    var table = NameTable()
    #expect(table.take("金明") == 0)
    #expect(table.number(of: "\u{F90A}明") == 0)
    #expect(table.number(of: "\u{F90A}") == nil)
    #expect(table.take("\u{F90A}明") == 0)
    #expect(table.take("金") == 1)
    #expect(table.number(of: "\u{F90A}") == 1)
    #expect(table.number(of: "金明") == 0)
  }
}
