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
      "WANGER @ example.org", "no mailbox Wanger here",
    ])
  func aboutRecipient(_ answer: String) {
    #expect(!redactor.of(answer, about: "wanger@example.org").lowercased().contains("wanger"))
    #expect(redactor.of("swangers", about: "wanger@example.org") == "swangers")
  }
}
