import TestSupport
import Testing

@testable import DubanCore

/// What is taken out of foreign text is the same, however much plain text surrounds it.
struct CleanTextTests {
  private static let pieces = [
    "整改", "，", "“", "”", "…", "—", "a", "1.2", " ", "\n", "\r", "\r\n", "\t", "\u{0}", "\u{1F}", "\u{7F}",
    "\u{80}", "\u{85}", "\u{9F}", "\u{A0}", "é", "\u{61B}", "\u{61C}", "\u{61D}", "\u{200A}", "\u{200B}",
    "\u{200D}", "\u{200E}", "\u{200F}", "\u{2010}", "\u{2027}", "\u{2028}", "\u{2029}", "\u{202A}",
    "\u{202E}", "\u{202F}", "\u{203B}", "\u{205F}", "\u{2060}", "\u{206F}", "\u{2070}", "①", "\u{3000}",
    "\u{FEFE}", "\u{FEFF}", "\u{FF01}", "\u{FFF8}", "\u{FFF9}", "\u{FFFB}", "\u{FFFC}", "\u{FFFD}", "👍", "한",
    "\u{A000}", "\u{F8FF}",
  ]

  @Test(
    "addresses go, and the signs around them stay",
    arguments: [
      ("250 ok", "250 ok"), ("550 <a.b+c@example.org>: no", "550 <…>: no"),
      ("to a@b, (c@d) and “e@f”;g@h", "to …, (…) and “…”;…"), ("张三@例子.公司 拒收", "… 拒收"),
      ("邮箱（a@b.example.org）：c@d，不存在。", "邮箱（…）：…，不存在。"), ("a@b、c@d\r\ne@f", "…、…\r\n…"),
      ("@ alone, a@ and @b stay", "@ alone, a@ and @b stay"), ("a@b@c and @@d", "… and …"),
      ("root@[192.0.2.1], or (a@b)", "…], or (…)"), ("<@a.org,@b.org:c@d> full", "<…> full"),
      ("@张三：见下", "@张三：见下"),
    ])
  func addresses(_ text: String, _ shown: String) { #expect(CleanText.withoutAddresses(text) == shown) }

  @Test("random text", arguments: 1...4)
  func random(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let text = (0..<Int.random(in: 0...6, using: &random))
        .map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
      #expect(CleanText.line(text) == Self.cleaned(text, lineBreak: " "), "\(text.debugDescription)")
      #expect(CleanText.paragraphs(text) == Self.cleaned(text, lineBreak: "\n"), "\(text.debugDescription)")
    }
  }

  /// Scalar by scalar.
  private static func cleaned(_ text: String, lineBreak: Unicode.Scalar) -> String {
    var (kept, last) = (String.UnicodeScalarView(), Unicode.Scalar(0x20))
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A where last == "\r": break
      case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: kept.append(lineBreak)
      case 0x09: kept.append(" ")
      case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200B, 0x200E...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF,
        0xFFF9...0xFFFB:
        break
      default: kept.append(scalar)
      }
      last = scalar
    }
    return String(kept)
  }
}
