import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanMail

/// Templates can be overridden file by file, and what is wrong with an override is said where it stands.
struct TemplateSetTests {
  static let rows: [(file: String, text: String, diagnostics: [String])] = [
    ("item.txt.mustache", "{{! 只有标题 }}\n{{title}}\n", []),
    (
      "item.txt.mustache", "第一行\n{{titel}}",
      [
        "2:1: warning: no variable has the name “titel”; did you mean “title”? docs/templates.md lists them"
      ]
    ),
    (
      "item.txt.mustache", "{{#items}}\n{{title}}",
      ["2:10: error: a section is never closed; add {{/its name}}"]
    ),
    (
      "item.txt.mustache", "一\n二 {{#items}}{{/title}}",
      [
        "2:16: error: a section is closed that isn't the one open here; close sections in the reverse order of opening"
      ]
    ),
    ("item.txt.mustache", "{{title", ["1:1: error: a tag that isn't closed on its line; add }}"]),
    (
      "item.html.mustache", "{{{title}}} {{&text}}",
      [
        "1:1: error: the tag “{{{title}}” can't be used; text is always escaped: write {{name}}",
        "1:13: error: the tag “{{&text}}” can't be used; text is always escaped: write {{name}}",
      ]
    ),
    (
      "item.html.mustache", "{{=<% %>=}}{{%CONTENT_TYPE:TEXT}}{{< item}}{{$x}}",
      [
        "1:1: error: the tag “{{=<% %>=}}” can't be used; only names, sections (#, ^, /), partials (>) and comments (!) can be used",
        "1:12: error: the tag “{{%CONTENT_TYPE:TEXT}}” can't be used; only names, sections (#, ^, /), partials (>) and comments (!) can be used",
        "1:34: error: the tag “{{< item}}” can't be used; only names, sections (#, ^, /), partials (>) and comments (!) can be used",
        "1:44: error: the tag “{{$x}}” can't be used; only names, sections (#, ^, /), partials (>) and comments (!) can be used",
      ]
    ),
    (
      "item.html.mustache", "a\n  {{> itme}}",
      [
        "2:3: error: there is no template “itme.html.mustache”; did you mean “item”?"
      ]
    ),
    (
      "item.html.mustache", "{{> item}}",
      [
        "1:1: error: the template “item” includes itself through “item”; a template can't contain itself"
      ]
    ),
    (
      "notice.html.mustache", "{{> reminders}}",
      [
        "1:1: error: the template “notice” includes itself through “reminders”; a template can't contain itself"
      ]
    ),
    (
      "itme.html.mustache", "",
      [
        ": warning: no template has the name “itme.html.mustache”; did you mean “item.html.mustache”?"
      ]
    ),
  ]

  @Test("overrides", arguments: rows)
  func overrides(_ row: (file: String, text: String, diagnostics: [String])) throws {
    let directory = try ScratchDirectory()
    let path = directory.path + "/" + row.file
    try Data(row.text.utf8).write(to: URL(fileURLWithPath: path))
    let (templates, diagnostics) = TemplateSet.load(overrides: directory.path)
    #expect(
      diagnostics.map(\.description) == row.diagnostics.map { path + ($0.hasPrefix(":") ? "" : ":") + $0 })
    let plan = try RealPlan()
    let mail = try #require(plan.mails(on: "2022-12-16").first)
    let letter = try #require(
      try plan.composer(templates).letters(
        mail, overview: nil, notices: [], at: plan.moment(mail.on), utcOffset: 0, occasion: .scheduled
      ).first)
    let builtIn = try plan.message(mail)
    if row.diagnostics.contains(where: { $0.contains("error") }) {
      #expect(letter.html.contains("领域："), "a broken override leaves the built-in template in place")
    }
    #expect(letter.subject == builtIn.subject)
  }

  @Test("an override takes the place of its template alone")
  func oneFile() throws {
    let directory = try ScratchDirectory()
    try Data("<b>{{title}}</b>".utf8).write(to: directory.url.appendingPathComponent("item.html.mustache"))
    let (templates, diagnostics) = TemplateSet.load(overrides: directory.path)
    #expect(diagnostics.isEmpty)
    var item = TemplateRecord()
    item[.title] = "“好差评” & <b>"
    var values = TemplateRecord()
    values.set(.items, [item])
    #expect(templates.render("reminders", .html, values).contains("<b>“好差评” &amp; &lt;b&gt;</b>"))
    #expect(templates.render("reminders", .text, values).contains("“好差评” & <b>\n"))
  }

  @Test("not UTF-8, and no directory")
  func unreadable() throws {
    let directory = try ScratchDirectory()
    try Data([0xD6, 0xD0]).write(to: directory.url.appendingPathComponent("item.txt.mustache"))
    #expect(
      TemplateSet.load(overrides: directory.path).1.map(\.description) == [
        "\(directory.path)/item.txt.mustache: error: the template isn't UTF-8; save it as UTF-8"
      ])
    #expect(
      TemplateSet.load(overrides: directory.path + "/none").1.map(\.message) == [
        "the directory of templates can't be read"
      ])
  }

  @Test("the built-in templates are sound, can be printed, and override themselves without a change")
  func builtIn() throws {
    let directory = try ScratchDirectory()
    for name in TemplateSet.names {
      let text = try #require(TemplateSet.builtIn(name))
      try Data(text.utf8).write(to: directory.url.appendingPathComponent(name))
    }
    #expect(TemplateSet.load(overrides: directory.path).1.isEmpty)
    #expect(TemplateSet.builtIn("none") == nil)
  }

  @Test("random text for a template never ends the service", arguments: 1...4)
  func fuzz(seed: UInt64) {
    var state = seed
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let pieces = [
      "{{", "}}", "{", "}", "#", "/", "^", ">", "!", "=", "%", "<", "$", "&", "*", "(", ")", ".", " ", "\n",
      "\r\n", "\t", "title", "items", "标题", "item", "{{#items}}", "{{/items}}", "{{title}}", "{{> item}}",
      "\u{301}",
    ]
    var (sound, broken) = (0, 0)
    for _ in 0..<500 {
      let text = (0..<next(12)).map { _ in pieces[next(pieces.count)] }.joined()
      for kind in TemplateSet.Kind.allCases {
        do {
          let template = try Template(text)
          var values = TemplateRecord()
          values[.title] = "标题"
          values.set(.items, [values])
          _ = TemplateSet([kind: ["x": template]]).render("x", kind, values)
          sound += 1
        } catch {
          #expect(!error.faults.isEmpty)
          broken += 1
        }
      }
    }
    #expect(sound > 50 && broken > 50)
  }

  @Test("a quote with a combining mark can't end an attribute")
  func combiningMarks() {
    #expect(XMLText.escaped("\"\u{301} x=\"") == "&quot;\u{301} x=&quot;")
    #expect(XMLText.escaped("<\u{338}b>'&") == "&lt;\u{338}b&gt;&#39;&amp;")
  }
}

/// Code, templates and docs/templates.md name the same variables.
struct TemplateVariableTests {
  @Test("every known name is explained, and nothing else is")
  func documented() throws {
    let page = try String(contentsOf: RepositoryFile.url("docs/templates.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
    let names = rows.flatMap { row in
      row.dropFirst().prefix { $0 != "|" }.split(separator: "`").enumerated().filter { $0.offset % 2 == 1 }
        .map { String($0.element) }
    }.filter { !$0.contains(".") }
    #expect(TemplateVariable.names.subtracting(names).sorted() == [])
    #expect(Set(names).subtracting(TemplateVariable.names).sorted() == [])
  }
}
