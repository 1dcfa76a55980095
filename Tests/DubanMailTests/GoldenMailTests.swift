import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanMail

/// The mails as people read them. With `DUBAN_WRITE_GOLDEN=1` in the environment the files are written anew.
struct GoldenMailTests {
  @Test("plain text", arguments: MailScenarios.names)
  func text(_ name: String) throws {
    let letter = try MailScenarios.letter(name)
    let names = [letter.to.name, "<\(letter.to.address.text)>"].filter { !$0.isEmpty }
    try compare(
      "To: \(names.joined(separator: " "))\nSubject: \(letter.subject)\n\n\(letter.text)", name + ".txt")
  }

  @Test("no tag is left over, and HTML says what plain text says", arguments: MailScenarios.names)
  func bothBodies(_ name: String) throws {
    let letter = try MailScenarios.letter(name)
    for body in [letter.text, letter.html] { #expect(!body.contains("{{") && !body.contains("}}")) }
    let page = squeezed(
      letter.html.replacing(/<[^>]*>/, with: "").replacing("&nbsp;", with: "").replacing("&lt;", with: "<")
        .replacing("&gt;", with: ">"))
    for line in letter.text.split(separator: "\n") where line.hasPrefix("【") || line.hasPrefix("■") {
      for part in line.split(whereSeparator: { "【】，■（）".contains($0) }) {
        #expect(page.contains(squeezed(String(part))), "HTML lacks “\(part)”")
      }
    }
  }

  @Test("the whole message, byte by byte")
  func bytes() throws {
    let letter = try MailScenarios.letter("owner-report")
    try compare(
      String(decoding: letter.bytes(), as: UTF8.self).replacing("\r\n", with: "\n"), "owner-report.eml.txt")
  }

  private func squeezed(_ text: String) -> String { text.filter { !$0.isWhitespace } }

  private func compare(_ text: String, _ name: String) throws {
    let file = RepositoryFile.url("Tests/DubanMailTests/Golden/\(name)")
    if ProcessInfo.processInfo.environment["DUBAN_WRITE_GOLDEN"] != nil {
      try Data(text.utf8).write(to: file)
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    #expect(text == golden)
  }
}
