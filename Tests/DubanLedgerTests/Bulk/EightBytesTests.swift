import DubanCore
import TestSupport
import Testing

@testable import DubanLedger

/// What is said of eight bytes in one step is what a look at each of them says.
@Suite struct EightBytesTests {
  private static let bytes: [UInt8] = [
    0x00, 0x01, 0x0A, 0x0D, 0x1F, 0x20, 0x21, 0x2C, 0x2D, 0x30, 0x7E, 0x7F, 0x80, 0x8A, 0xAC, 0xE0, 0xE5,
    0xED, 0xFF,
  ]

  private func eachWord(_ body: ([UInt8], UInt64) -> Void) {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<20_000 {
      let bytes = (0..<8).map { _ in Self.bytes[Int.random(in: 0..<Self.bytes.count, using: &random)] }
      let word = bytes.withUnsafeBufferPointer { bytes in bytes.baseAddress.map { EightBytes.at(0, of: $0) } }
      body(bytes, word ?? 0)
    }
  }

  @Test(arguments: [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")])
  func ends(mark: UInt8) {
    eachWord { bytes, word in
      let hits = EightBytes.ends(word, EightBytes.all(mark))
      let first = bytes.firstIndex { $0 < 0x20 || $0 == mark }
      #expect((hits == 0 ? nil : hits.trailingZeroBitCount / 8) == first, "\(bytes)")
    }
  }

  @Test func plainStart() {
    eachWord { bytes, word in
      #expect(EightBytes.plainStart(word) == bytes.firstIndex { $0 == 0 || $0 >= 0x80 } ?? 8, "\(bytes)")
    }
  }

  @Test func three() {
    for text in ["督办", "督a", "督\u{0}", "〇", "é督", "a督办", "\u{800}办", "\u{D7FF}办", "𠮷办"] {
      let bytes = Array(text.utf8) + Array(repeating: 0x20, count: 8)
      let word = bytes.withUnsafeBufferPointer { bytes in bytes.baseAddress.map { EightBytes.at(0, of: $0) } }
      #expect(EightBytes.beginWithThree(word ?? 0) == "督〇".contains(text.first ?? " "), "\(text)")
    }
  }

  @Test func sameness() {
    for count in 0..<30 {
      let text = (0..<count).map { UInt8($0) }
      for place in text.indices {
        var other = text
        other[place] ^= 0x80
        #expect(!areSame(text, other))
      }
      #expect(areSame(text, text))
    }
  }

  private func areSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    one.withUnsafeBufferPointer { one in
      other.withUnsafeBufferPointer { other in
        guard let first = one.baseAddress, let second = other.baseAddress else { return true }
        return EightBytes.areSame(first, second, one.count)
      }
    }
  }
}
