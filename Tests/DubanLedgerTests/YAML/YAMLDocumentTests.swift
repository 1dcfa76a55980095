import DubanCore
import DubanLedger
import Foundation
import TestSupport
import Testing

/// Files that are no YAML text at all, or are meant to hurt.
struct YAMLDocumentTests {
  private func parse(_ bytes: [UInt8]) -> [String] {
    YAMLDocument.parse(bytes, file: "f.yaml").diagnostics.map(\.description)
  }

  @Test func theOrderOfKeysAndAByteOrderMarkChangeNothing() throws {
    let plain = "a: 1\nb: [x]\n"
    let (root, diagnostics) = YAMLDocument.parse([0xEF, 0xBB, 0xBF] + Array(plain.utf8), file: "f.yaml")
    #expect(diagnostics == [])
    guard case .mapping(let entries) = try #require(root).content else {
      Issue.record("no mapping")
      return
    }
    #expect(entries.map(\.key.text) == ["a", "b"])
    #expect(entries.map(\.key.location.line) == [1, 2])
    #expect(entries.map(\.value.location.column) == [4, 4])
  }

  @Test func scalarsStayTheTextThatWasWritten() {
    let (root, _) = YAMLDocument.parse(
      Array("[1.10, 010, yes, 2022-12-31, 0x1F, \"null\", 1e3]".utf8), file: "f")
    guard case .list(let values)? = root?.content else {
      Issue.record("no list")
      return
    }
    let texts = values.map { value in if case .text(let text) = value.content { text } else { "?" } }
    #expect(texts == ["1.10", "010", "yes", "2022-12-31", "0x1F", "null", "1e3"])
  }

  @Test func lineEndsOfEveryKindCountAlike() {
    for end in ["\n", "\r\n", "\r"] {
      #expect(
        parse(Array(["a: 1", "b: 2", "  c: 3", ""].joined(separator: end).utf8)).first?.hasPrefix(
          "f.yaml:3:4: error")
          == true)
      #expect(
        parse(Array(["a: 1", "b: \"\u{1}\"", ""].joined(separator: end).utf8)).first?.hasPrefix(
          "f.yaml:2:5: error")
          == true)
      #expect(
        parse(Array(["a: 1", "b: 2", "a: 3", ""].joined(separator: end).utf8)) == [
          "f.yaml:3:1: error: the key “a” stands twice; it is already in line 1; keep one"
        ])
    }
  }

  @Test func anEmptyFileIsAnError() {
    let empty = ["f.yaml:1:1: error: the file is empty; expected a mapping of keys and values"]
    #expect(parse([]) == empty)
    #expect(parse([0xEF, 0xBB, 0xBF]) == empty)
    #expect(parse(Array("# a comment\n\n".utf8)) == empty)
  }

  @Test func anotherEncodingIsSaidWithTheByte() {
    // “涧西” in GB18030.
    let gb18030: [UInt8] = Array("a: 1\nb: ".utf8) + [0xBD, 0xA7, 0xCE, 0xF7]
    #expect(
      parse(gb18030) == [
        "f.yaml:2:4: error: the file is not UTF-8: byte 9 is 0xBD; it looks like GB18030 (GBK); "
          + "save it as UTF-8 (iconv -f GB18030 -t UTF-8, or the editor's “save as”)"
      ])
    #expect(parse(Array("涧西: ".utf8) + [0xFF, 0x20]).first?.contains("byte 9 is 0xFF; save it") == true)
    #expect(parse([0xFF, 0xFE, 0x61, 0x00]).first?.contains("it looks like UTF-16") == true)
    // Cut in the middle of a character.
    #expect(
      parse(Array("a: 涧".utf8.dropLast())).first?.hasPrefix("f.yaml:1:4: error: the file is not UTF-8")
        == true)
  }

  @Test func nestedAliasesAreRefusedBeforeTheyGrow() {
    var bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for (name, previous) in zip("bcdefghij", "abcdefghi") {
      bomb += "\(name): &\(name) [*\(previous), *\(previous), *\(previous), *\(previous), *\(previous)]\n"
    }
    #expect(
      parse(Array(bomb.utf8)) == [
        "f.yaml:1:1: error: the file has more than 15 aliases (*name); write the values out"
      ])
    #expect(parse(Array("a: &x 1\nb: *x\n".utf8)) == [])
    #expect(parse(Array(("a: |\n" + String(repeating: "  *word* and **word**\n", count: 40)).utf8)) == [])
  }

  @Test func deepNestingIsAnErrorAndNoCrash() {
    for text in [
      String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 100_000),
      String(repeating: "- ", count: 100_000), String(repeating: "? ", count: 100_000),
      String(repeating: "[", count: 900) + String(repeating: "]", count: 900) + ": x",
    ] {
      _ = YAMLDocument.parse(Array(text.utf8), file: "f.yaml")
    }
    #expect(parse(Array(String(repeating: "[", count: 100_000).utf8)).first?.contains("error") == true)
  }

  @Test func moreRepeatedKeysThanALedgerHasEndTheReading() {
    let text = (0..<30).map { "a\($0): 1\na\($0): 2\n" }.joined()
    #expect(
      parse(Array(text.utf8)) == ["f.yaml:1:1: error: more than 20 keys stand twice; is it the right file?"])
  }

  @Test func whatIsNoFileIsSaid() throws {
    let scratch = try ScratchDirectory()
    let read = { (name: String) in
      YAMLDocument.read(scratch.path + name).diagnostics.map {
        $0.description.replacingOccurrences(of: scratch.path, with: "DIR")
      }
    }
    #expect(
      read("/absent.yaml") == ["DIR/absent.yaml: error: there is no such file; see whether the path is right"]
    )
    #expect(read("") == ["DIR: error: this is a directory; expected a file"])
    #expect(mkfifo(scratch.path + "/pipe", 0o600) == 0)
    #expect(read("/pipe") == ["DIR/pipe: error: this is no regular file; expected a file of text"])
    try Data(repeating: 0x23, count: SourceFile.usualLimit + 1).write(
      to: scratch.url.appendingPathComponent("big"))
    #expect(
      read("/big") == [
        "DIR/big: error: the file has more than 8388608 bytes; at most that much is read: is it the right file?"
      ])
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func aFileThatMayNotBeReadIsSaid() throws {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/secret.yaml"
    try Data("a: 1".utf8).write(to: URL(fileURLWithPath: file))
    #expect(chmod(file, 0) == 0)
    #expect(YAMLDocument.read(file).diagnostics.first?.message == "this user may not read the file")
  }

  @Test(
    "a text that a comment may cut short by mistake",
    arguments: [
      ("title: 改造 #3\n", 11), ("a: {b: 1}\nc: [一, 二 #三\n  ]\n", 10), ("a: 1\nb: 处 室 #2栋\n", 8),
    ])
  func numberSign(text: String, column: Int) {
    let found = YAMLDocument.parse(Array(text.utf8), file: "f.yaml").diagnostics
    #expect(found.map(\.severity) == [.warning])
    #expect(found.first?.location.column == column)
  }

  @Test(
    "comments that are meant, and signs in quotes",
    arguments: [
      "a: 1 # note\n", "#a\nb: 1\n", "a: \"改造 #3\"\n", "a: 改造#3\n", "a: 1 ## note\n", "a: 1   #! x\n",
    ])
  func noNumberSign(text: String) {
    #expect(YAMLDocument.parse(Array(text.utf8), file: "f.yaml").diagnostics == [])
  }

  @Test("more values than any ledger holds are refused before they are read")
  func manyValues() {
    let text = "owners:\n" + String(repeating: "- {}\n", count: 1_000_000)
    let found = parse(Array(text.utf8))
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("f.yaml:1:1: error: the file may hold more than 1000000 values; ") == true)
  }
}
