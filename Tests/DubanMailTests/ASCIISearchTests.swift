import TestSupport
import Testing

@testable import DubanMail

/// ASCII is found wherever it stands.
struct ASCIISearchTests {
  @Test("random text", arguments: 1...4)
  func random(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      var text = (0..<Int.random(in: 0...12, using: &random))
        .map { _ in ["一", "整改措施落实", "é", "a", "<"].randomElement(using: &random) ?? "" }.joined()
      text.withUTF8 { bytes in
        for start in 0...bytes.count {
          let next = bytes[start...].firstIndex { $0 < 0x80 } ?? bytes.count
          #expect(bytes.nextASCII(from: start) == next)
        }
      }
    }
  }
}
