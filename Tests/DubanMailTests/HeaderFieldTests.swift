import Foundation
import TestSupport
import Testing

@testable import DubanMail

/// Encoded words end between characters, and hold the whole text.
struct HeaderFieldTests {
  private static let pieces = [
    "整改", "【", "项", "a", "1.2", " ", "é", "①", "e\u{301}", "👨‍👩‍👧", "한", "か\u{3099}",
    "x" + String(repeating: "\u{301}", count: 30),
  ]

  @Test("random text", arguments: 1...4)
  func random(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let text =
        "改"
        + (0..<Int.random(in: 0...20, using: &random))
        .map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
      var field = HeaderField("Subject")
      field.text(text)
      let lines = String(decoding: field.finished(), as: UTF8.self).split(separator: "\r\n")
      #expect(lines.allSatisfy { $0.utf8.count <= 76 })
      var decoded: [UInt8] = []
      for word in lines.joined().split(separator: " ").dropFirst() {
        #expect(word.hasPrefix("=?UTF-8?B?") && word.hasSuffix("?="))
        let bytes = try #require(Data(base64Encoded: String(word.dropFirst(10).dropLast(2))))
        #expect(String(validating: bytes, as: UTF8.self) != nil, "a word ends within a scalar")
        decoded += bytes
      }
      #expect(decoded == Array(text.utf8), "\(text.debugDescription)")
    }
  }
}
