import TestSupport
import Testing

@testable import DubanLedger

@Suite struct PlainTextTests {
  private func isUTF8(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBufferPointer(PlainText.isUTF8) }

  /// Of texts with damaged bytes it says what the standard library says.
  @Test func wellFormed() {
    var random = SeededGenerator(seed: 7)
    let text = Array("推进第0项整改任务，落实到位。𠀀é\u{7FF}\u{800}\u{FFFF}\u{D7FF}\u{E000}\u{10FFFF} abc 督办督办督办".utf8)
    #expect(isUTF8(text))
    for _ in 0..<20_000 {
      var bytes = Array(text[Int.random(in: 0..<text.count, using: &random)...])
      for _ in 0..<Int.random(in: 0..<3, using: &random) where !bytes.isEmpty {
        let leads: [UInt8] = [0xE0, 0xED, 0xC0, 0xC1, 0xF5, 0x80, 0xBF, 0x9F, 0xA0, 0x41, 0xEF, 0xF4]
        bytes[Int.random(in: 0..<bytes.count, using: &random)] =
          leads[Int.random(in: 0..<leads.count, using: &random)]
      }
      #expect(isUTF8(bytes) == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
    }
  }

  @Test func noNUL() {
    #expect(!isUTF8(Array("督办督办督办\u{0}".utf8)))
    #expect(!isUTF8([0] + Array("督办".utf8)))
    #expect(isUTF8([]))
  }

  /// Every offset of a break, whatever stands before it.
  @Test func titlesEndAtTheirFirstBreak() throws {
    for count in 0..<30 {
      let title = "推" + String(repeating: "a", count: count)
      for end in ["。", "\n"] {
        let cell = Array("\(title)\(end)督办。其余".utf8)
        let parts = try cell.withUnsafeBufferPointer { cell in
          let found = try #require(PlainText.measure(cell, splits: true))
          return [String(decoding: found.title, as: UTF8.self), String(decoding: found.text, as: UTF8.self)]
        }
        #expect(parts == [title, "督办。其余"])
      }
      for odd in ["\u{7}", "\u{7F}", "\u{85}", "\u{2028}"] {
        let cell = Array("\(title)\(odd)督办".utf8)
        #expect(cell.withUnsafeBufferPointer { PlainText.measure($0, splits: true) == nil })
      }
    }
  }
}
