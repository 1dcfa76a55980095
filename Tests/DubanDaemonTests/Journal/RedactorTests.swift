import TestSupport
import Testing

@testable import DubanDaemon

@Suite struct RedactorTests {
  private let redactor = Redactor([
    SampleLedger.ledger(
      owners: [
        SampleLedger.owner("徐娟", "市场监督管理局", "xujuan"), SampleLedger.owner("徐娟娟", "税务局", nil),
        SampleLedger.owner("Ann Lee", "Office", nil), SampleLedger.owner("", "Office", nil),
      ], measures: [])
  ])

  @Test(
    "addresses and names go, the rest stays",
    arguments: [
      ("250 2.0.0 Ok: queued as 4XyZ", "250 2.0.0 Ok: queued as 4XyZ"),
      ("550 5.1.1 <xujuan@example.org>: no such user", "550 5.1.1 <…>: no such user"),
      ("to a@b, (c@d) and “e@f”", "to …, (…) and “…”"),
      ("@ alone, a@ and @b stay", "@ alone, a@ and @b stay"),
      ("a@b@c and @@d", "… and …"),
      ("徐娟：不在", "…：不在"),
      ("徐娟娟和徐娟", "…和…"),
      ("徐徐娟", "徐…"),
      ("Ann and Ann Lee", "Ann and …"),
      ("联络员", "…"),
      ("", ""),
      ("市场监督管理局 拒收", "… 拒收"), ("徐 娟 不在", "… 不在"), ("徐　娟", "…"),
      ("=?utf-8?B?5b6Q5aif?= gone", "… gone"), ("=?GBK?q?x=20y?= =?utf-8?B?5b6Q5a", "… …"),
      ("user 5b6Q5aif gone", "user … gone"), ("e5be90e5a89f", "…"), ("%E5%BE%90%E5%A8%9F", "…"),
      ("=E5=BE=90=E5=A8=9F gone", "… gone"), ("queued as 4NkBz31dkTz9rx1", "queued as 4NkBz31dkTz9rx1"),
      ("size=4096 &#36; =24 50%20off", "size=4096 &#36; =24 50%20off"), ("<a=40163.com>", "<…>"),
      ("=24 user%40例子.公司", "=24 …"), ("&#36; wang=40单位", "&#36; …"),
      ("id deadbeefdeadbeef and c2VydmVyIG9r", "id deadbeefdeadbeef and c2VydmVyIG9r"),
    ])
  func of(_ text: String, _ shown: String) { #expect(redactor.of(text) == shown) }

  @Test(
    "of a file's diagnostic, quoted text goes too, but not what is quoted of our own words",
    arguments: [
      ("the status “opne” of 徐娟", "the status “…” of …"),
      (
        "l.yaml:2:3: error: unknown key “titel” in plan; did you mean “title”?",
        "l.yaml:2:3: error: unknown key “titel” in plan; did you mean “title”?"
      ),
      ("unknown key “徐娟” in an owner", "unknown key “…” in an owner"),
      ("the key “a@example.org” stands twice", "the key “…” stands twice"),
      ("save it as UTF-8 (or the editor's “save as”)", "save it as UTF-8 (or the editor's “save as”)"),
      ("the address “x” has no “@”", "the address “…” has no “@”"),
    ])
  func ofFile(_ text: String, _ shown: String) { #expect(redactor.ofFile(text) == shown) }

  @Test(
    "of an answer about a recipient, the name in the address goes, however the address is written",
    arguments: [
      "User wanger not found at example.org", "<wanger=40example.org> unknown", "wanger%example.org",
      "WANGER @ example.org", "no mailbox Wanger here", "ＷＡＮＧＥＲ", "ｗａｎｇｅｒ＠ｅｘａｍｐｌｅ．ｏｒｇ",
      "=?utf-8?Q?wanger?=",
    ])
  func aboutRecipient(_ answer: String) {
    #expect(!redactor.of(answer, about: "wanger@example.org").lowercased().contains("wanger"))
    #expect(redactor.of("swangers", about: "wanger@example.org") == "swangers")
  }

  @Test(
    "a name with signs in it goes however these are written, in two lines, and in part",
    arguments: [
      "wang&#46;er-2024&#64;mail.example.org", "wang%2Eer-2024", "wang.er- 2024@mail.example.org",
      "user wang.er unknown", "wang=2Eer=2D2024=40mail.example.org", "w a n g . e r - 2 0 2 4",
      "<wang> unknown",
      "wang&#x2E;er&#x2d;2024",
    ])
  func nameWithSigns(_ answer: String) {
    let shown = redactor.of("550 \(answer)", about: "wang.er-2024@mail.example.org")
    for piece in ["wang", "w a n", "2024"] { #expect(!shown.contains(piece), "\(shown)") }
    #expect(redactor.of("wangers", about: "wang.er-2024@example.org") == "wangers")
  }

  @Test(
    "numbers of phones go, numbers of queues stay",
    arguments: [
      ("call 13837912345", "call …"), ("电话0379-65650023。", "电话…。"), ("+86 13837912345", "…"),
      ("id 1671496200 4XyZ13837912345", "id 1671496200 4XyZ13837912345"),
      ("100% of =3 & 5", "100% of =3 & 5"),
    ])
  func phones(_ text: String, _ shown: String) { #expect(redactor.of(text) == shown) }

  @Test(
    "of an answer about a recipient, its address goes in any code",
    arguments: [
      "d2FuZ2VyQGV4YW1wbGUub3Jn", "d2FuZ2Vy", "uid=d2FuZ2Vy", "77616e676572406578616d706c652e6f7267",
      "77616E676572", "%77anger%40example", "ZDJGdVoyVnk=",
    ])
  func aboutRecipientInCode(_ code: String) {
    #expect(redactor.of("550 \(code) unknown", about: "wanger@example.org") == "550 … unknown")
  }
}
