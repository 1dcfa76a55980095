import Testing

@testable import DubanMail

/// Templates print as the specification of mustache has it (mustache.github.io, the parts on interpolation, sections,
/// inverted sections, partials and comments).
struct TemplatePrinterTests {
  /// A record with a value of every kind, and two more in its list.
  private static func values(depth: Int = 2) -> TemplateRecord {
    var values = TemplateRecord()
    values[.title] = "标题 <\(depth)> & 'b'"
    values[.plan] = ""
    if depth == 2 { values[.text] = "外 & <b>" }
    values.set(.isDuty, depth != 1)
    values.set(.isPast, depth == 1)
    values.set(.items, depth == 0 ? [] : [Self.values(depth: depth - 1), TemplateRecord()])
    return values
  }

  private static let rows: [(template: String, printed: String)] = [
    ("一{{title}}二", "一标题 <2> & 'b'二"),
    ("{{ text }}{{isDuty}}{{items}}{{none}}", "外 & <b>true"),
    ("{{#items}}{{title}}/{{text}};{{/items}}", "标题 <1> & 'b'/外 & <b>;标题 <2> & 'b'/外 & <b>;"),
    ("{{#plan}}x{{/plan}}{{^plan}}y{{/plan}}", "y"),
    ("{{#title}}x{{/title}}{{^title}}y{{/title}}", "x"),
    ("{{#isPast}}x{{/isPast}}{{^isPast}}y{{/isPast}}", "y"),
    ("{{#none}}x{{/none}}{{^none}}{{title}}{{/none}}", "标题 <2> & 'b'"),
    ("{{#items}}{{#isPast}}{{plan}}x{{/isPast}}{{/items}}", "x"),
    // A section's tag or a comment alone on its line leaves no line behind.
    ("a\n{{#isDuty}}\nb\n{{/isDuty}}\nc", "a\nb\nc"),
    ("a\r\n  {{#isDuty}} \r\nb\r\n{{/isDuty}}\r\nc", "a\r\nb\r\nc"),
    ("{{! 注 }}\na\n {{^isPast}}\nb{{/isPast}}\n", "a\nb\n"),
    ("{{#isDuty}}\n{{/isDuty}}", ""),
    ("{{#isDuty}}{{/isDuty}}\n", "\n"),
    ("{{title}}\n{{! 注 }}a\n", "标题 <2> & 'b'\na\n"),
    // So does a partial, whose lines are moved with it.
    ("一\n{{> item}}\n二", "一\n标题 <2> & 'b'、\n三\n二"),
    ("一\n  {{> item}}\n二", "一\n  标题 <2> & 'b'、\n  三\n二"),
    ("一 {{> item}}二", "一 标题 <2> & 'b'、\n三\n二"),
    ("{{> none}}x", "x"),
  ]

  @Test("a template prints", arguments: rows)
  func prints(_ row: (template: String, printed: String)) throws {
    for kind in TemplateSet.Kind.allCases {
      let templates = TemplateSet([
        kind: [
          "x": try Template(row.template),
          "item": try Template("{{title}}、\n{{#isDuty}}\n三\n{{/isDuty}}\n{{> x}}"),
        ]
      ])
      let expected =
        switch kind {
        case .text: row.printed
        case .html:
          row.printed.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("'", with: "&#39;")
        case .paper: row.printed.replacing("<", with: "\\<").replacing(">", with: "\\>")
        }
      #expect(templates.render("x", kind, Self.values()) == expected)
    }
  }

  @Test("the mails' and the page's built-in templates include none of each other's")
  func uses() throws {
    for file in TemplateSet.names {
      let template = try Template(try #require(TemplateSet.builtIn(file)))
      for partial in template.mentions.filter(\.isPartial) {
        #expect(TemplateSet.Use(of: partial.name) == TemplateSet.Use(of: file), "\(file): \(partial.name)")
      }
    }
  }
}
