import DubanCore
import Testing

@testable import DubanLedger

/// How the characters of a CSV file are stored.
@Suite struct TextEncodingTests {
  private func read(_ bytes: [UInt8]) -> String {
    do {
      return String(decoding: try TextEncoding.utf8(bytes, file: "t.csv"), as: UTF8.self)
    } catch {
      return error.diagnostic.description
    }
  }

  @Test(arguments: [
    ("UTF-8", Array("序号".utf8)), ("UTF-8 with a mark", [0xEF, 0xBB, 0xBF] + Array("序号".utf8)),
    ("GB18030", [0xD0, 0xF2, 0xBA, 0xC5]),
    ("UTF-16, little end first", [0xFF, 0xFE, 0x8F, 0x5E, 0xF7, 0x53]),
    ("UTF-16, big end first", [0xFE, 0xFF, 0x5E, 0x8F, 0x53, 0xF7]),
  ])
  func known(name: String, bytes: [UInt8]) { #expect(read(bytes) == "序号", "\(name)") }

  @Test func fourByteCharactersOfGB18030() {
    #expect(read([0xD0, 0xF2, 0x95, 0x32, 0x82, 0x36, 0x81, 0x30, 0x84, 0x36]) == "序𠀀\u{A5}")
  }

  @Test func longTextsTakeSeveralChunks() {
    let pairs = 200_000
    let bytes = Array(repeatElement([0xD0, 0xF2] as [UInt8], count: pairs).joined())
    #expect(read(bytes) == String(repeating: "序", count: pairs))
  }

  @Test(arguments: [
    (
      "a damaged byte in UTF-8", Array("序号,领域\n整改".utf8) + [0xE6] + Array("措施".utf8),
      "t.csv:2:3: error: the byte 0xE6 is not UTF-8, although the rest of the file is"
    ),
    (
      "cut in the middle of a character", Array(Array("序号,领域".utf8).dropLast()),
      "t.csv:1:5: error: the byte 0xE5 is not UTF-8, although the rest of the file is"
    ),
    ("neither", [0x61, 0x0A, 0x62, 0xFF, 0xFF], "t.csv:2:2: error: the text is neither UTF-8 nor GB18030"),
    ("cut GB18030", [0xD0, 0xF2, 0xBA], "t.csv:1:2: error: the text is neither UTF-8 nor GB18030"),
    (
      "odd UTF-16", [0xFF, 0xFE, 0x8F, 0x5E, 0xF7], "t.csv:1:2: error: the text is neither UTF-8 nor UTF-16LE"
    ),
    ("NUL", Array("a\n\0b".utf8), "t.csv:2:1: error: a NUL character: this is no text file"),
    (
      "bad bytes after a mark", [0xEF, 0xBB, 0xBF, 0x61, 0x80],
      "t.csv:1:2: error: the byte 0x80 is not UTF-8, although the rest of the file is"
    ),
  ])
  func unreadable(name: String, bytes: [UInt8], expected: String) {
    #expect(read(bytes) == expected + "; save the table as .xlsx, or as CSV in UTF-8", "\(name)")
  }
}
