import Testing

@testable import DubanCourier

@Suite struct IncomingLinesTests {
  @Test("whatever the pieces, the lines are the same, and what isn't a line yet is kept")
  func pieces() {
    let text = Array("250-a\r\n\n250 很\r\nhalf".utf8)
    for size in 1...text.count {
      var (incoming, lines) = (IncomingLines(), [String]())
      for start in stride(from: 0, to: text.count, by: size) {
        incoming.append(Array(text[start..<min(start + size, text.count)]))
        while let line = incoming.next() { lines.append(String(decoding: line, as: UTF8.self)) }
      }
      #expect(lines == ["250-a\r\n", "\n", "250 很\r\n"], "\(size)")
      #expect(incoming.count == 4)
    }
  }
}
