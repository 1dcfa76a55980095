public import DubanCore

/// What differs between two ledgers besides what ``LedgerChange`` says, cell by cell, in Chinese: who sent a workbook sees
/// that each change arrived.
public enum CellChanges {
  /// How many characters of a cell are shown.
  private static let mostCharacters = 60

  /// One sentence for each cell.
  ///
  /// - Parameter named: what other sentences say, of which no cell is said again.
  public static func between(_ old: Ledger, _ new: Ledger, besides named: [LedgerChange]) -> [String] {
    let before = Dictionary(old.measures.map { ($0.identity, $0) }) { first, _ in first }
    let aspects = Dictionary(grouping: named) { $0.identity }.mapValues { Set($0.map { Aspect($0.kind) }) }
    var sentences: [String] = []
    for measure in new.measures {
      guard let was = before[measure.identity] else { continue }
      let named = aspects[measure.identity] ?? []
      for (heading, from, to, aspect) in cells(was, measure) where from != to && !named.contains(aspect) {
        sentences.append("措施\(measure.id)“\(measure.title)”：\(said(heading, to))。")
      }
    }
    return sentences + areas(old, new) + owners(old, new) + plan(old, new)
  }

  /// What of a measure a change is about.
  private enum Aspect {
    case date, owners, status, other

    init(_ kind: LedgerChange.Kind) {
      switch kind {
      case .moved: self = .date
      case .reassigned: self = .owners
      case .closed, .reopened: self = .status
      case .added, .removed, .renumbered, .renamed, .reports, .recurringReports, .unitRenamed, .supervisor,
        .areaReports:
        self = .other
      }
    }
  }

  private typealias Cell = (heading: String, from: String, to: String, aspect: Aspect)

  private static func cells(_ old: Measure, _ new: Measure) -> [Cell] {
    func cell(_ heading: String, _ aspect: Aspect, _ value: (Measure) -> String) -> Cell {
      (heading, value(old), value(new), aspect)
    }
    return [
      cell("整改措施", .other, \.title), cell("具体内容", .other, \.text),
      cell("责任单位", .owners) { $0.units.joined(separator: "、") },
      cell("牵头单位", .other) { $0.lead ?? "" },
      cell("配合单位", .other) { $0.supporting.joined(separator: "、") },
      cell("责任人", .owners) { $0.persons.joined(separator: "、") },
      cell("完成时限", .date) { $0.deadline.text },
      cell("明确日期", .date) { $0.deadline.decided?.chinese() ?? "" },
      cell("定期任务", .other) { $0.duties.map { "\($0.what)（\($0.rule.rule)）" }.joined(separator: "；") },
      cell("状态", .status) { $0.status.chinese }, cell("进展情况", .other, \.progress),
    ]
  }

  private static func areas(_ old: Ledger, _ new: Ledger) -> [String] {
    let before = Dictionary(old.areas.map { ($0.name, $0) }) { first, _ in first }
    return new.areas.flatMap { area -> [String] in
      guard let was = before[area.name] else { return ["新增领域“\(area.name)”。"] }
      return [
        was.problems == area.problems ? nil : "领域“\(area.name)”的主要问题有改动。",
        was.goal == area.goal ? nil : "领域“\(area.name)”：\(said("整改目标", area.goal))。",
      ].compactMap(\.self)
    }
  }

  /// An address is nobody else's to read, and so isn't repeated.
  private static func owners(_ old: Ledger, _ new: Ledger) -> [String] {
    func byName(_ ledger: Ledger) -> [Recipient: Owner] {
      Dictionary(ledger.owners.map { ($0.recipient, $0) }) { first, _ in first }
    }
    let (before, after) = (byName(old), byName(new))
    let people = Set(before.keys).union(after.keys).sorted().filter { before[$0] != after[$0] }
    return people.map { person in
      let what = before[person] == nil ? "新增" : after[person] == nil ? "删去" : "更改了"
      return "通讯录\(what)\(person.unit)\(person.person)\(what == "更改了" ? "的登记" : "")。"
    }
  }

  private static func plan(_ old: Ledger, _ new: Ledger) -> [String] {
    [
      old.plan == new.plan ? nil : "方案信息（名称、文号、印发日期或联系人）有改动。",
      old.received == new.received ? nil : "报送登记有改动。",
    ].compactMap(\.self)
  }

  private static func said(_ heading: String, _ text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if line.isEmpty { return "\(heading)已清空" }
    return "\(heading)改为“\(line.prefix(mostCharacters))\(line.count > mostCharacters ? "…" : "")”"
  }
}
