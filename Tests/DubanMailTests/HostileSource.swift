import DubanCore
import TestSupport

@testable import DubanMail

/// Makes ledgers out of texts that mean harm; the same seed makes the same ledgers.
struct HostileSource {
  /// Each would break a header, a body, a page or a calendar entry that trusts its input.
  static let texts = [
    "a\r\nBcc: evil@example.org", "a\nBcc: evil@example.org", "a\rBcc: x",
    "x\r\n\r\n<script>alert(1)</script>",
    "nul\u{0}byte", "bell\u{7}\u{1B}[31m", "\u{202E}gro.elpmaxe\u{202C}", "\u{2066}隔离\u{2069}\u{200F}",
    "\u{FEFF}标记", "行\u{2028}段\u{2029}落\u{85}", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "\"\u{301} onmouseover=alert(1) x=\"", "'\u{338}><b>", "<\u{338}script>", "&lt;b&gt; &amp; &#39;",
    "</td></tr></table><table>", "<!-- ", "]]>", "{{title}}", "{{{title}}}", "{{#items}}", "{{/items}}",
    "{{> item}}",
    "{{=<% %>=}}", "{{%CONTENT_TYPE:TEXT}}", ".", "..", "\n.\n", ".\r\nMAIL FROM:<a@example.org>",
    "=?UTF-8?B?SGk=?=",
    "=?utf-8?q?=0D=0ABcc:_x?=", "--=_boundary", "BEGIN:VEVENT", "a\nEND:VCALENDAR\nBEGIN:VCALENDAR",
    "\\n\\,;:\"",
    "javascript:alert(1)", "mailto:evil@example.org?bcc=x", "李雷<evil@example.org>", "a, b <c@example.org>",
    "\"quoted\" \\back\\slash\\", "e\u{301}\u{302}\u{303}", "👨‍👩‍👧‍👦家", "𠮷野家", "ﷺ", "\t\ttab", "   空格   ", "", "　",
    "长期", "100%", "%s%n%d", "\u{7F}\u{80}\u{9F}", "\u{FFFE}\u{FFFF}", "\u{E000}", "\u{1D173}",
    String(repeating: "长", count: 10_000), String(repeating: "a", count: 10_000),
    String(repeating: "e\u{301}", count: 3_000), "a" + String(repeating: "\u{301}", count: 5_000),
    String(repeating: "<", count: 2_000), String(repeating: "word ", count: 400),
  ]

  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  /// SplitMix64.
  private mutating func next(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }

  /// One of the texts, two of them together, or random scalars.
  mutating func text() -> String {
    switch next(4) {
    case 0:
      var scalars = String.UnicodeScalarView()
      for _ in 0..<next(60) {
        let bounds = [0x20, 0x80, 0x300, 0x2100, 0xA000, 0x11_0000]
        if let scalar = Unicode.Scalar(UInt32(next(bounds[next(bounds.count)]))) { scalars.append(scalar) }
      }
      return String(scalars)
    case 1: return Self.texts[next(Self.texts.count)] + Self.texts[next(Self.texts.count)]
    default: return Self.texts[next(Self.texts.count)]
    }
  }

  /// A ledger in which every text means harm; dates and addresses are sound, so that mails go out.
  mutating func ledger() -> Ledger {
    let owners = (0..<3).map { index in
      Owner(
        person: text() + "\(index)", unit: text(), email: index == 2 ? nil : "owner\(index)@example.org",
        copies: index == 0 ? ["copy@example.org"] : [])
    }
    let measures = (0..<3).map { index in
      let due = SampleLedger.day(["2022-12-20", "2022-12-30", "2022-12-31"][index])
      return Measure(
        id: text() + "\(index)", number: index, title: text(), text: text(), units: owners.map(\.unit),
        persons: owners.map(\.person),
        deadline: Deadline(
          reading: DeadlineReading(text: text(), status: .read, readings: [.date(due: due)])),
        duties: [Duty(what: text(), rule: .month)], progress: text())
    }
    return Ledger(
      plan: Plan(
        title: text(), number: text() + "号", issued: SampleLedger.day("2022-09-21"),
        contact: Contact(unit: text(), person: text(), phone: text(), email: "contact@example.org")),
      reports: [SampleLedger.day("2022-12-29")], owners: owners,
      areas: [Area(index: 1, name: text(), problems: [text()], goal: text(), measures: measures)])
  }

  /// A policy whose lights mean harm.
  mutating func policy() -> Policy {
    Policy(
      lights: LightScheme(looks: [
        .red: .init(name: text(), color: text()), .yellow: .init(name: text(), color: "#+1+1+1"),
      ]))
  }
}
