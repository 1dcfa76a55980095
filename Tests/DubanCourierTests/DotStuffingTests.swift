import Testing

@testable import DubanCourier

@Suite struct DotStuffingTests {
  private func pieces(_ message: [UInt8]) -> [[UInt8]] {
    message.withUnsafeBytes { bytes in
      var (stuffing, piece, all) = (DotStuffing(bytes), [UInt8](), [[UInt8]]())
      while stuffing.next(into: &piece) { all.append(piece) }
      return all
    }
  }

  @Test(
    "a dot more where a line begins with one, and a lone dot at the end",
    arguments: [
      ("a\r\n", "a\r\n.\r\n"), (".\r\n", "..\r\n.\r\n"), (".a.\r\n...\r\n", "..a.\r\n....\r\n.\r\n"),
      ("a.b\r\n\r\n.\r\n", "a.b\r\n\r\n..\r\n.\r\n"),
    ])
  func small(_ message: String, _ stuffed: String) {
    #expect(pieces(Array(message.utf8)) == [Array(stuffed.utf8)])
  }

  @Test("wherever the pieces are cut, they make the same bytes as line by line")
  func cuts() {
    for offset in 0..<12 {
      let size = DotStuffing.pieceSize
      let head = String(repeating: "x", count: size - 6 + offset) + "\r\n"
      let body = String(repeating: ".\r\n..a.\r\n", count: size / 4)
      let lines = (head + body).split(separator: "\r\n", omittingEmptySubsequences: false)
      let expected =
        lines.map { $0.hasPrefix(".") ? ".\($0)" : String($0) }.joined(separator: "\r\n") + ".\r\n"
      let pieces = pieces(Array((head + body).utf8))
      #expect(pieces.count > 2)
      #expect(pieces.flatMap(\.self) == Array(expected.utf8), "\(offset)")
      #expect(pieces.last?.suffix(3).elementsEqual(".\r\n".utf8) == true)
    }
  }
}
