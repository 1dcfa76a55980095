import Foundation
import TestSupport
import Testing

@testable import DubanMail

/// Base64 is what Foundation's is, in lines of 76 characters.
struct Base64Tests {
  @Test("every length up to several lines")
  func lengths() {
    var random = SeededGenerator(seed: 1)
    for length in 0...400 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      let expected = Data(bytes).base64EncodedString()
      var (whole, lines) = ([UInt8](), [UInt8]())
      Base64.append(bytes, to: &whole)
      Base64.appendLines(bytes, to: &lines)
      #expect(String(decoding: whole, as: UTF8.self) == expected)
      let text = String(decoding: lines, as: UTF8.self)
      #expect(text.isEmpty || text.hasSuffix("\r\n"))
      let rows = text.split(separator: "\r\n")
      #expect(rows.joined() == expected)
      #expect(rows.dropLast().allSatisfy { $0.utf8.count == 76 } && (rows.last?.utf8.count ?? 0) <= 76)
    }
  }
}
