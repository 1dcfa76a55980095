import DubanCore
import TestSupport
import Testing

@testable import DubanMail

/// What heads are asked of measures that units share.
@Suite struct HeadStepsTests {
  private static let units = ["窗口科", "宣传科", "法规科"] + ["甲科", "乙科", "丙科", "丁科"]
  private static let owners = units.map {
    SampleLedger.owner("\($0.prefix(1))员", $0, "\(units.firstIndex(of: $0)!)")
  }

  /// Which of the heads share the mailbox that is looked at; the measures with their units, the first of which leads; and
  /// what the mail asks.
  private static let rows: [(heads: [String], measures: [[String]], steps: [String])] = [
    (["窗口科"], [["窗口科", "宣传科"]], ["请督促责任人尽快完成，并由责任人将预计完成日期报送营商服务中心（contact@example.org）；措施本身无需您填报。"]),
    (["宣传科"], [["窗口科", "宣传科"]], ["请督促责任人完成贵单位承担的部分（1.1），进展和材料交窗口科汇总报送；措施本身无需您填报。"]),
    (
      ["窗口科", "宣传科"], [["窗口科", "宣传科"]],
      [
        "请督促责任人尽快完成（1.1），并由责任人将预计完成日期报送营商服务中心（contact@example.org）。",
        "请督促责任人完成宣传科承担的部分（1.1），进展和材料交窗口科汇总报送；措施本身无需您填报。",
      ]
    ),
    (
      ["法规科"], [["甲科", "法规科"], ["乙科", "法规科"], ["丙科", "法规科"], ["丁科", "法规科"]],
      [
        "请督促责任人完成贵单位承担的部分（1.1），进展和材料交甲科汇总报送。",
        "请督促责任人完成贵单位承担的部分（1.2），进展和材料交乙科汇总报送。",
        "请督促责任人完成贵单位承担的部分（1.3），进展和材料交丙科汇总报送。", "贵单位配合的其他措施，照此督促；措施本身无需您填报。",
      ]
    ),
  ]

  private static func mail(_ heads: [Owner], _ measures: [[String]]) throws -> String {
    let shared = measures.enumerated().map { place, units in
      var measure = SampleLedger.measure(
        "1.\(place + 1)", due: "2022-12-30", owners: owners.filter { units.contains($0.unit) })
      (measure.lead, measure.supporting) = (units[0], Array(units.dropFirst()))
      return measure
    }
    let others = owners.filter { owner in !heads.contains { $0.person == owner.person } }
    let ledger = SampleLedger.ledger(owners: others + heads, measures: shared)
    var policy = Policy()
    (policy.escalation.head, policy.measureSchedule.overdueEvery) = (Span(5, .workday), Span(1, .workday))
    let planner = Planner(ledgers: [ledger], policy: policy, calendar: SampleLedger.calendar)
    let day = SampleLedger.day("2023-01-09")
    let mails = planner.plan(on: day, after: History(assumedThrough: day.adding(days: -1))).mails
    let mail = try #require(mails.first { $0.address == heads.first?.email })
    let composer = try Composer(
      sender: Sender(name: "督办", address: "contact@example.org"), ledgers: [ledger], lights: LightScheme(),
      templates: TemplateSet.load(overrides: nil).0)
    let bodies = try composer.bodies(
      of: mail, overview: nil, notices: [], at: Timestamp(seconds: 1_673_224_200))
    return bodies.text
  }

  private static func head(_ unit: String) -> Owner {
    Owner(person: "\(unit.prefix(1))长", unit: unit, email: "h@example.org", isHead: true)
  }

  @Test(arguments: rows)
  func headsSeeToWhatTheirUnitsDo(_ row: (heads: [String], measures: [[String]], steps: [String])) throws {
    let text = try Self.mail(row.heads.map(Self.head), row.measures)
    let words = text.filter { !$0.isWhitespace }
    let steps = row.steps.enumerated().map { "\($0.offset + 1).\($0.element)" }.joined()
    #expect(words.contains("请按以下要求办理\(steps)有疑问请联系"), "\(text)")
  }

  /// Heads are told, and owners answer.
  @Test func headsAreNoOwners() throws {
    let text = try Self.mail(["窗口科", "宣传科"].map(Self.head), [["窗口科", "宣传科"]])
    #expect(text.contains("责任人：窗员（窗口科）、宣员（宣传科）\n"), "\(text)")
  }

  /// One of two heads who share a mailbox has the measure to do: only what the other one heard of is to be urged.
  @Test func whoHasItToDoIsNotAskedToUrge() throws {
    let owner = Owner(person: "宣员", unit: "宣传科", email: "h@example.org", isHead: true)
    let text = try Self.mail([owner, Self.head("窗口科")], [["窗口科", "宣传科"]])
    #expect(text.contains("请督促责任人尽快完成，"), "\(text)")
    #expect(!text.contains("请督促责任人完成"), "\(text)")
  }

  /// An owner reads the same mailbox as the head, whose name stands before the owner's or after it: both are asked.
  @Test(arguments: ["丁一", "郑一"]) func anOwnerAndAHeadAreBothAsked(_ person: String) throws {
    let head = Owner(person: person, unit: "窗口科", email: Self.owners[0].email, isHead: true)
    let text = try Self.mail([head], [["窗口科"]])
    for words in ["逾期1项（10天）", "1. 已逾期的事项，请于今日将目前进展", "2. 请督促责任人尽快完成，", "责任人：窗员（窗口科）\n"] {
      #expect(text.contains(words), "\(text)")
    }
    // It is one item, and somebody there answers for it.
    #expect(text.split(separator: "责任人：窗员").count == 2 && !text.contains("无需您填报"), "\(text)")
  }
}
