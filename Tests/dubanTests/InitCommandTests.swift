import Foundation
import TestSupport
import Testing

/// `duban init`, run as the built program.
@Suite struct InitCommandTests {
  private static let plan = "--title 整改方案 --unit 整改办公室 --person 张三"

  private static func initialise(_ office: Office, _ relay: String, _ more: String = plan) throws
    -> Office.Run
  {
    try office.shell("duban init --now 2026-01-05T09:00 --directory new --relay \(relay) \(more)")
  }

  @Test(arguments: [
    "126 --address name2@126.com", "163 --address name2@163.com", "qq --address name2@qq.com",
    "exchange --host mail2.example.org --address name2@example.org",
    "local-relay --address name2@example.org",
  ])
  func whatIsWrittenReadsAndNamesWhatWasAnswered(relay: String) throws {
    let office = try Office()
    let run = try Self.initialise(office, relay)
    #expect(run.status == 0, "\(run.output)\(run.complaints)")
    let files = ["duban.yaml", "ledger.yaml", "holidays", "state"]
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: office.url.path + "/new").sorted() == files.sorted()
    )
    let configuration = try office.read("new/duban.yaml")
    #expect(configuration.contains("from: 整改办公室 <name2@"))
    #expect(!configuration.contains("name@"))
    #expect(configuration.contains("passwordFile: relay-password") == !relay.hasPrefix("local-relay"))
    #expect(!relay.hasPrefix("exchange") || configuration.contains("smtp://mail2.example.org:587"))
    _ = try office.shell("install -m 600 /dev/null new/relay-password && echo code > new/relay-password")
    #expect(try office.shell("duban check --config new/duban.yaml --now 2026-01-05T09:00").status == 0)
    #expect(run.output.contains("Next:\n  1. "))
    #expect(run.output.contains(". see whether the relay takes mail: duban doctor --config new/duban.yaml\n"))
    #expect(run.output.contains(". duban run --config new/duban.yaml\n"))
    #expect(run.output.contains("new/relay-password") == !relay.hasPrefix("local-relay"))
  }

  @Test func theFirstMeasureIsRemindedOf() throws {
    let office = try Office()
    #expect(try Self.initialise(office, "local-relay --address name2@example.org").status == 0)
    let agenda = try office.shell("duban agenda --config new/duban.yaml --now 2026-01-05T09:00")
    #expect(agenda.output.contains("核对台账"))
  }

  @Test func nothingThatSomebodyWroteIsReplaced() throws {
    let office = try Office()
    #expect(try Self.initialise(office, "126 --address name2@126.com").status == 0)
    let before = try office.read("new/duban.yaml")
    let again = try Self.initialise(office, "163 --address name2@163.com")
    #expect(again.status == 2)
    #expect(again.complaints == "duban init: new/duban.yaml is there already; nothing was written\n")
    #expect(try office.read("new/duban.yaml") == before)
  }

  @Test func aLedgerThatIsThereIsUsed() throws {
    let office = try Office()
    _ = try office.shell("mkdir new && cp ledger.yaml new/")
    let run = try Self.initialise(office, "126 --address name2@126.com", "")
    #expect(run.output.contains("kept new/ledger.yaml"))
    #expect(try office.read("new/ledger.yaml") == office.read("ledger.yaml"))
  }

  @Test func aFileInTheFoldersPlaceIsNamedInWords() throws {
    let office = try Office()
    let run = try office.shell(
      "duban init --directory ledger.yaml --relay 126 --address a@126.com \(Self.plan)")
    #expect(run.status == 66)
    #expect(
      run.complaints
        == "duban init: ledger.yaml/holidays: the folder can't be made: a part of the path is a file, not a folder\n"
    )
  }

  @Test func whatTheServiceMustReadIsReadableWhateverTheMask() throws {
    let office = try Office()
    _ = try office.shell(
      "umask 077; duban init --directory new --relay 126 --address name2@126.com \(Self.plan)")
    let modes = try office.shell("stat -c %a new new/duban.yaml new/ledger.yaml new/holidays/2022.json")
    #expect(modes.output == "755\n644\n644\n644\n")
  }

  @Test(arguments: [
    (
      "",
      "duban init: nobody is here to ask; add --relay (126, 163, qq, exchange, local-relay), --address, --title, --person\n"
    ),
    (
      "--relay 126",
      "duban init: nobody is here to ask; add --address, --title, --person\n"
    ),
    ("--relay 126 --address name \(plan)", "duban init: --address: “name” "),
    ("--relay exchange --address a@example.org \(plan)", "duban init: nobody is here to ask; add --host\n"),
    ("--relay 126 --address a@126.com --sender 'a: b' \(plan)", "duban init: --sender: “a: b” can't be used"),
    (
      "--relay 126 --address a@126.com",
      "duban init: nobody is here to ask; add --title, --person\n"
    ),
  ])
  func whatIsMissingOrWrongIsSaidAndNothingWritten(arguments: String, complaint: String) throws {
    let office = try Office()
    let run = try office.shell("duban init --directory new \(arguments)")
    #expect(run.status == 2)
    #expect(run.complaints.hasPrefix(complaint), "\(run.complaints)")
    #expect(!FileManager.default.fileExists(atPath: office.url.path + "/new"))
  }

  @Test func onATerminalItAsks() throws {
    let office = try Office()
    // script(1) gives the program a terminal; a wrong answer is asked for again.
    let answers = #"126\nnobody\nname2@126.com\n\n整改方案\n\n张三\n"#
    let run = try office.shell(
      "printf '\(answers)' | script -qec 'duban init --now 2026-01-05T09:00 --directory new' /dev/null")
    #expect(run.status == 0, "\(run.output)\(run.complaints)")
    #expect(run.output.contains("expected an address like name@example.org"))
    #expect(try office.read("new/duban.yaml").contains("from: 整改办公室 <name2@126.com>"))
    #expect(try office.read("new/ledger.yaml").contains("unit: 整改办公室, person: 张三"))
  }
}
