import Foundation
import Testing

/// The shipped ledger says what the plan says: checked against the plan's own text, whitespace aside.
@Suite struct ShippedLedgerTests {
  /// A responsibility block as the plan prints it, and where it ends.
  struct Block {
    var units, persons: [String]
    var deadline: String
    var end: String.Index
  }

  /// The plan's responsibility blocks, read by nothing more than their three labels.
  static func blocks(of text: String) throws -> [Block] {
    let pattern = /责任单位[:：](.+?)责任人[:：](.+?)完成时限[:：](长期|2022年12月底前)/
    return text.matches(of: pattern).map { match in
      Block(
        units: match.1.split(separator: "、").map(String.init),
        persons: match.2.split(separator: "、").map(String.init),
        deadline: String(match.3), end: match.range.upperBound)
    }
  }

  @Test func countsAreThePlans() throws {
    let (ledger, text) = (try ShippedLedger.read(), try squeezedPlan())
    #expect(ledger.areas.count == 8)
    #expect(text.matches(of: /（[一二三四五六七八]）\p{Han}+主要问题[:：]/).count == 8)
    let counts = ledger.areas.map(\.measures.count)
    #expect(counts == [4, 3, 3, 3, 5, 2, 3, 3])
    #expect(counts.reduce(0, +) == 26)
    #expect(text.matches(of: /[。施.期前]?[:：。期前]([1-9])、\p{Han}/).count == 26)
    #expect(ledger.owners.count == 11)
    #expect(ledger.areas.map(\.problems.count) == [4, 3, 3, 3, 5, 2, 3, 3])
    #expect(try Self.blocks(of: text).count == 15)
  }

  @Test func headerIsThePlans() throws {
    let (plan, text) = (try ShippedLedger.read().plan, try squeezedPlan())
    #expect(text.contains(plan.title))
    #expect(text.hasPrefix(plan.number))
    #expect(plan.issued == "2022-09-21" && text.contains("2022年9月21日"))
    #expect(try ShippedLedger.read().reports == ["2022-09-27", "2022-12-27"])
    #expect(text.contains("整改情况请于9月27日、12月27日前报\(plan.contact.unit)，"))
    #expect(
      text.contains("联系人：\(plan.contact.person)联系电话：\(plan.contact.phone)邮箱：\(plan.contact.email)"))
  }

  @Test func areasFollowTheText() throws {
    let (ledger, text) = (try ShippedLedger.read(), try squeezedPlan())
    for (ordinal, area) in zip("一二三四五六七八", ledger.areas) {
      #expect(text.contains("（\(ordinal)）\(area.name)主要问题："))
      let problems = zip("一二三四五", area.problems).map { "\($0)是\($1)" }.joined(separator: "；")
      #expect(text.contains("主要问题：\(problems)。整改目标：\(squeezed(area.goal))整改措施"))
    }
  }

  @Test func measuresFollowTheTextInOrder() throws {
    let (ledger, text) = (try ShippedLedger.read(), try squeezedPlan())
    let blocks = try Self.blocks(of: text)
    var position = text.startIndex
    for (areaIndex, area) in ledger.areas.enumerated() {
      for (index, measure) in area.measures.enumerated() {
        #expect(measure.id == "\(areaIndex + 1).\(index + 1)")
        #expect(measure.status == "open")
        let printed = "\(index + 1)、\(squeezed(measure.title))。\(squeezed(measure.text))"
        let range = try #require(
          text.range(of: printed, range: position..<text.endIndex), "\(measure.id) is not in the plan")
        position = range.upperBound
        #expect(
          text[position...].hasPrefix("责任单位") || text[position...].hasPrefix("\(index + 2)、"),
          "\(measure.id) ends before its text does")
        let block = try #require(blocks.first { $0.end > position })
        #expect(measure.units == block.units, "\(measure.id)")
        #expect(measure.persons == block.persons, "\(measure.id)")
        #expect(measure.units.count == measure.persons.count, "\(measure.id)")
        #expect(squeezed(measure.deadline) == block.deadline, "\(measure.id)")
      }
    }
    #expect(ledger.areas.flatMap(\.measures).count { $0.deadline == "2022年 12月底前" } == 10)
  }

  @Test func ownersAreThePairsOfTheBlocks() throws {
    let (ledger, text) = (try ShippedLedger.read(), try squeezedPlan())
    let pairs = try Self.blocks(of: text).flatMap { zip($0.persons, $0.units).map { "\($0) of \($1)" } }
    #expect(Set(ledger.owners.map { "\($0.person) of \($0.unit)" }) == Set(pairs))
    #expect(Set(ledger.owners.map(\.email)).count == 11)
    #expect(ledger.owners.allSatisfy { $0.email.wholeMatch(of: /[a-z]+@example\.org/) != nil })
  }

  @Test func dutiesAreTheTextsRecurringOnes() throws {
    let (ledger, text) = (try ShippedLedger.read(), try squeezedPlan())
    #expect(text.matches(of: /每(半年|季度|月|周|年)/).count == 2)
    let duties = ledger.areas.flatMap(\.measures).filter { $0.duties != nil }
    #expect(duties.map(\.id) == ["8.1", "8.3"])
    #expect(text.contains("每半年至少走访1次定点联系重点外商投资企业(项目)。"))
    #expect(duties.first?.duties == [.init(what: "走访定点联系重点外商投资企业(项目)", every: "half-year")])
    #expect(text.contains("每半年召开1次外商投资企业座谈会，"))
    #expect(duties.last?.duties == [.init(what: "召开外商投资企业座谈会", every: "half-year")])
  }
}
