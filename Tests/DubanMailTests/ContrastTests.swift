import DubanCore
import Testing

@testable import DubanMail

/// Everything that is written in a mail can be read: WCAG 2.1, 1.4.3 asks for a contrast of 4.5.
struct ContrastTests {
  @Test("every text on its ground", arguments: MailScenarios.names)
  func mails(_ name: String) throws {
    let html = try MailScenarios.letter(name).html
    let body = try #require(html.firstRange(of: "<body"))
    var colors = [(text: HexColor(red: 0, green: 0, blue: 0), ground: HexColor.white)]
    var checked = 0
    var rest = html[body.lowerBound...]
    while let tag = rest.firstMatch(of: /<(\/?)([a-z0-9]+)([^>]*)>/) {
      let text = rest[..<tag.range.lowerBound].replacing("&nbsp;", with: "")
      if let now = colors.last, text.contains(where: { !$0.isWhitespace && $0 != ">" }) {
        checked += 1
        #expect(now.text.contrast(with: now.ground) >= 4.5, "\(now.text.text) on \(now.ground.text): \(text)")
      }
      rest = rest[tag.range.upperBound...]
      if tag.2 == "br" { continue }
      if tag.1 == "/" {
        colors.removeLast()
        continue
      }
      var own = try #require(colors.last)
      if let color = tag.3.firstMatch(of: /[";]color:(#[0-9a-f]{6})/) {
        own.text = try #require(HexColor(String(color.1)))
      }
      if let ground = tag.3.firstMatch(of: /background-color:(#[0-9a-f]{6})/) {
        own.ground = try #require(HexColor(String(ground.1)))
      }
      let old = tag.3.firstMatch(of: /bgcolor="(#[0-9a-f]{6})"/)
      #expect(old.map { String($0.1) == own.ground.text } ?? true, "bgcolor and background-color differ")
      colors.append(own)
    }
    #expect(checked > 10)
  }

  @Test(
    "a configured colour is darkened as far as it must be",
    arguments: ["#ffeb3b", "#b26a00", "#00e676", "#c62828", "#000000", "#ffffff"])
  func configured(_ text: String) throws {
    let given = try #require(HexColor(text))
    let color = given.readable(on: given.tint)
    #expect(color.contrast(with: given.tint) >= 4.5)
    #expect(color.contrast(with: .white) >= 4.5)
    if given.contrast(with: given.tint) >= 4.5 { #expect(color == given) }
  }
}
