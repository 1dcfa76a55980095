import Testing

@testable import DubanCore

/// Mailboxes of RFC 5321, and what is wrong with others.
struct MailAddressTests {
  private static let long = String(repeating: "a", count: 64)

  @Test(
    arguments: [
      "xujuan@example.org", "a@b", "first.last+tag@mail.example.org", "o'neil_1@ex-ample.org",
      "65650023@example.org",
      long + "@example.org", "x@xn--fiqs8s.example",
    ])
  func usable(address: String) {
    #expect(MailAddress.problem(in: address) == nil)
  }

  @Test(
    arguments: [
      ("", "is empty"), ("example.org", "has no “@”"), ("a@b@c", "has more than one “@”"),
      ("@example.org", "has nothing before the “@”"), ("a@", "has nothing after the “@”"),
      ("a b@example.org", "has a space in it"), ("a\u{3000}b@example.org", "has a space in it"),
      ("a@example.org\r\nBcc: b@example.org", "has a line break in it"),
      ("徐娟@example.org", "has “徐” before the “@”"), ("a@例.org", "has “例” after the “@”"),
      ("a＠example.org", "has the full-width sign “＠” instead of “@”"),
      (".a@example.org", "has a dot at the wrong place before the “@”"),
      ("a..b@example.org", "has a dot at the wrong place before the “@”"),
      ("a@example.org.", "has a dot at the wrong place after the “@”"),
      ("a@-example.org", "has “-example” after the “@”, which is no part of a domain name"),
      ("\"a b\"@example.org", "has a space in it"), ("<a@example.org>", "has “<” before the “@”"),
      ("a@[127.0.0.1]", "has “[” after the “@”"), ("a,b@example.org", "has “,” before the “@”"),
      ("a" + long + "@example.org", "has more than 64 characters before the “@”"),
      ("a@" + String(repeating: "b.", count: 130) + "org", "is longer than 254 characters"),
    ])
  func unusable(address: String, problem: String) {
    #expect(MailAddress.problem(in: address) == problem)
  }

  /// Forms that somebody may try; nothing that could end a line or start another address gets through.
  @Test(
    arguments: [
      "", "@", "a@", "@example.org", "a@b@c", "a b@example.org", " a@example.org", "a@example.org ",
      "a@example.org\n", "a@exam\r\nple.org", "a\r\nRCPT TO:<b@example.org>@example.org",
      "a\u{0}@example.org",
      "<a@example.org>", "李雷<a@example.org>", "a,b@example.org", "a@example.org,b@example.org",
      "\"a b\"@example.org",
      "a@[127.0.0.1]", "李雷@example.org", "a@例子.中国", "a＠example.org", "a..b@example.org", ".a@example.org",
      "a.@example.org", "a@.example.org", "a@example..org", "a@-example.org", "a@example-.org",
      "a(x)@example.org",
      "a@exam_ple.org", "a;b@example.org", "a:b@example.org", "a\\b@example.org", "a\u{202E}@example.org",
      String(repeating: "a", count: 65) + "@example.org", "a@" + String(repeating: "b", count: 64) + ".org",
      "a@" + String(repeating: "b.", count: 150) + "org",
    ])
  func refused(_ text: String) {
    #expect(throws: UnusableAddress.self) { try MailAddress(text) }
  }

  @Test func theErrorQuotesTheAddressWithoutWhatCouldHarmALog() {
    #expect(throws: UnusableAddress.self) { try MailAddress("a\r\nb\u{202E}@x") }
    let error = UnusableAddress(text: "a\r\nb\u{202E}@x", problem: "has a line break in it")
    #expect(!error.description.contains { $0.isNewline || $0 == "\u{202E}" })
  }
}
