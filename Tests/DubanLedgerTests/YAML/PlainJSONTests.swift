import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanLedger

/// The plain way to read JSON makes what the YAML reader makes, or leaves the file to it.
struct PlainJSONTests {
  private func same(_ text: String) -> Bool? {
    guard let plain = PlainJSON.root(of: text, file: "f.yaml") else { return nil }
    let (root, diagnostics) = YAMLDocument.parse(Array(text.utf8), file: "f.yaml")
    return diagnostics.isEmpty && root.map { String(describing: $0) } == String(describing: plain)
  }

  @Test("the shipped files", arguments: 2021...2026)
  func shipped(year: Int) throws {
    #expect(
      same(try String(contentsOf: RepositoryFile.url("etc/holidays/\(year).json"), encoding: .utf8)) == true)
  }

  @Test(
    "read alike",
    arguments: [
      "{}", " {\n}\n", #"{"a":[]}"#,
      #"{"a": {"b": [1, 2.5, true, null, "null", ""]}, "元旦": "一“二”三" , "c":0}"#,
      "{\"长\": \"一\",\n\"b\":\n  [\"二\",\n\"三\", \"四\"]}",
    ])
  func alike(text: String) { #expect(same(text) == true) }

  @Test(
    "left to the YAML reader",
    arguments: [
      "", "[]", "1", "{", #"{"a"}"#, #"{"a": }"#, #"{"a": 1,}"#, #"{"a": "\n"}"#, #"{"a": 1, "a": 2}"#,
      "{\t}", "{a: 1}",
      #"{"a": yes}"#, #"{"a": -1}"#, #"{"a" : 1}"#, "{\"a\": \"x\u{2028}y\"}", "{\"a\": \"x\u{85}y\"}",
      "{} {}", "{\"a\": 1 # x\n}",
      #"{"a": "x}"#, "{\"a\": \"x\ny\"}",
    ])
  func left(text: String) { #expect(PlainJSON.root(of: text, file: "f.yaml") == nil) }

  @Test("random pieces are read alike or left", arguments: 1...4)
  func random(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "{", "}", "[", "]", ",", ":", "\"a\"", "\"二\"", "1", "true", "null", " ", "\n", "\"b\": ",
      "{\"c\":[1]}", "\"\"",
    ]
    for _ in 0..<20_000 {
      let text =
        "{\"k\":"
        + (0..<Int.random(in: 0...7, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined() + "}"
      #expect(same(text) != false, "\(text.debugDescription)")
    }
  }
}
