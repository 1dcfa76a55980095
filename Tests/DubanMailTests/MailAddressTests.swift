import DubanMail
import Testing

/// Only addresses that can be read in one way get into an envelope.
struct MailAddressTests {
  @Test(
    "usable",
    arguments: [
      "owner@example.org", "zwfwjzhc@126.com", "a.b-c_d+e@sub.example.org", "o'neil@example.org",
      "100%@example.org", "A@b", String(repeating: "a", count: 64) + "@example.org",
    ])
  func usable(_ text: String) throws {
    #expect(try MailAddress(text).text == text)
  }

  @Test(
    "refused",
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
    #expect(throws: MailError.unusableAddress(text)) { try MailAddress(text) }
  }

  @Test("the error quotes the address without what could harm a log")
  func message() {
    #expect(
      MailError.unusableAddress("a\r\nb\u{202E}@x").description
        == "“a b@x” is no usable mail address; expected name@example.org")
  }
}
