import TestSupport
import Testing

@testable import DubanMail

/// Templates print as swift-mustache prints them.
struct TemplatePrinterTests {
  private static let pieces = [
    "一", "a\"b", " ", "  ", "\n", "\n", "\r\n", "{{title}}", "{{ text }}", "{{none}}", "{{isDuty}}",
    "{{! 注 }}",
    "{{> item}}",
    "{{#items}}", "{{#items}}\n", "{{/items}}", "{{/items}}\n", "{{^items}}", "{{#title}}", "{{/title}}",
    "{{^title}}",
    "{{#isDuty}}", "{{/isDuty}}\n", "{{^isPast}}\n", "{{/isPast}}", "{{#plan}}", "{{/plan}}", "{{^plan}}",
    "{{#none}}",
    "{{/none}}", "{{^none}}", "{{#text}}", "{{/text}}",
  ]

  /// A record with a value of every kind, and two more in its list.
  private static func values(depth: Int = 2) -> TemplateRecord {
    var values = TemplateRecord()
    values[.title] = "标题 <\(depth)> & 'b'"
    values[.plan] = ""
    if depth == 2 { values.set(.text, utf8: Array("外 & <b>".utf8)) }
    values.set(.isDuty, depth != 1)
    values.set(.isPast, depth == 1)
    values.set(.items, depth == 0 ? [] : [Self.values(depth: depth - 1), TemplateRecord()])
    return values
  }

  @Test("random templates", arguments: 1...6)
  func random(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var sound = 0
    for _ in 0..<1500 {
      let text = (0..<Int.random(in: 0...9, using: &random))
        .map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
      for kind in TemplateSet.Kind.allCases {
        guard let template = try? Template(text, kind),
          let item = try? Template("{{title}}、{{isDuty}}\n", kind)
        else {
          continue
        }
        let templates = TemplateSet([kind: ["x": template, "item": item]])
        let values = Self.values()
        #expect(
          templates.render("x", kind, values) == templates.renderByLibrary("x", kind, values),
          "\(text.debugDescription)")
        sound += 1
      }
    }
    #expect(sound > 300)
  }

  @Test("every built-in template can be taken apart", arguments: TemplateSet.Kind.allCases)
  func builtIn(kind: TemplateSet.Kind) {
    let templates = TemplateSet.load(overrides: nil).0
    #expect(templates.isTakenApart(kind, for: .mails))
    #expect(templates.isTakenApart(kind, for: .page) == (kind == .html), "the page is HTML alone")
  }

  @Test("the mails' and the page's built-in templates include none of each other's")
  func uses() throws {
    for file in TemplateSet.names {
      let text = try #require(TemplateSet.builtIn(file))
      let template = try Template(text, file.hasSuffix(".html.mustache") ? .html : .text)
      for partial in template.mentions.filter(\.isPartial) {
        #expect(TemplateSet.Use(of: partial.name) == TemplateSet.Use(of: file), "\(file): \(partial.name)")
      }
    }
  }

  @Test("an indented partial is left to swift-mustache")
  func indented() throws {
    let templates = TemplateSet([
      .text: ["x": try Template("一\n  {{> item}}\n", .text), "item": try Template("{{title}}\n二\n", .text)]
    ])
    #expect(!templates.isTakenApart(.text, for: .mails))
    var values = TemplateRecord()
    values[.title] = "标题"
    #expect(templates.render("x", .text, values).hasPrefix("一\n  标题\n  二\n"))
  }
}
