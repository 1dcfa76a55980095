internal import DubanCore

/// What units have to do with a measure: the lead draws together what all have done and reports it, who helps supports
/// the lead. Where the ledger doesn't tell them apart, nothing is said.
extension Measure {
  /// Whether the ledger says who leads or who only helps.
  var tellsUnitsApart: Bool { lead != nil || !supporting.isEmpty }

  /// Its units by what they have to do with it, 牵头：县发改局；配合：县财政局、县统计局; all alike where the ledger doesn't tell
  /// them apart.
  var unitsWithRoles: String {
    tellsUnitsApart ? roles(besides: nil).joined(separator: "；") : Self.list(units)
  }

  /// The same for a reader in one of the units: `贵单位牵头；配合：县财政局、县统计局`. Nil where the ledger doesn't say
  /// what that unit has to do.
  func roles(for unit: String) -> String? {
    let own = unit == lead ? "牵头" : helps(unit) ? "配合" : nil
    return own.map { (["贵单位\($0)"] + roles(besides: unit)).joined(separator: "；") }
  }

  private func roles(besides unit: String?) -> [String] {
    let responsible = units.filter { $0 != lead && !supporting.contains($0) }
    let groups = [
      ("牵头", [lead].compactMap { $0 }), (lead == nil ? "主责" : "责任", responsible), ("配合", supporting),
    ]
    return groups.map { ($0.0, $0.1.filter { $0 != unit }) }.filter { !$0.1.isEmpty }
      .map { "\($0.0)：\(Self.list($0.1))" }
  }

  private static func list(_ names: [String]) -> String {
    names.map { CleanText.line($0, limit: 60) }.joined(separator: "、")
  }

  /// Whether the unit leads others.
  func leads(_ unit: String) -> Bool { unit == lead && units.count > 1 }

  /// Whether the unit only helps those who lead.
  func helps(_ unit: String) -> Bool { unit != lead && supporting.contains(unit) && !leaders.isEmpty }

  /// Whether it answers for the whole, alone or with others.
  func answers(_ unit: String) -> Bool { units.contains(unit) && !helps(unit) }

  /// Whom those who help support: the lead, or, where none is named, all who don't only help.
  private var leaders: [String] { lead.map { [$0] } ?? units.filter { !supporting.contains($0) } }

  /// `县发改局牵头`, `县发改局、县统计局主责`.
  fileprivate var leadership: (units: String, role: String) {
    (Self.list(leaders), lead == nil ? "主责" : "牵头")
  }

  /// Whom units help, with what they help with, by whom they support.
  static func byLead<Line>(_ helped: [(line: Line, measure: Measure)]) -> [Helped<Line>] {
    var groups: [Helped<Line>] = []
    for (line, measure) in helped {
      let (units, role) = measure.leadership
      if let place = groups.firstIndex(where: { $0.units == units && $0.role == role }) {
        groups[place].lines.append(line)
      } else {
        groups.append(Helped(units: units, role: role, lines: [line]))
      }
    }
    return groups
  }
}

/// What others help the same units with.
struct Helped<Line> {
  /// Whom they support: `县发改局、县统计局`.
  var units: String
  /// `牵头` or `主责`.
  var role: String
  /// What it is about.
  var lines: [Line]
}

extension ItemLine {
  /// The measure it is about, of a duty too; nil for a report or a summary.
  fileprivate var measure: Measure? {
    switch subject {
    case .measure(let measure, _), .duty(_, let measure, _): measure
    case .report, .summary: nil
    }
  }

  /// Whether the ledger says who leads or who only helps.
  fileprivate var tellsUnitsApart: Bool { measure?.tellsUnitsApart ?? false }

  /// Whether their units only help, all of those whom the line is for.
  var onlyHelps: Bool {
    measure.map { measure in !owners.isEmpty && owners.allSatisfy { measure.helps($0.unit) } } ?? false
  }

  /// What the readers' unit has to do; nil where nothing is said of it, or something else of each of several.
  var rolesOfReaders: String? {
    guard !isEscalation, let measure else { return nil }
    let roles = Set(owners.map { measure.roles(for: $0.unit) })
    return roles.count == 1 ? roles.first ?? nil : nil
  }
}

extension ReminderPage {
  /// How many leads are named.
  private static let mostLeads = 3

  /// How units of the readers are spoken to: by name where there are several.
  private func you(_ units: [String]) -> String {
    Set(people.map(\.unit)).count > 1
      ? units.map { CleanText.line($0, limit: 60) }.joined(separator: "、") : "贵单位"
  }

  /// The units of a line for which something holds: the owners' own, or those of the heads who hear of it.
  private func units(of line: ItemLine, _ holds: (Measure) -> (String) -> Bool) -> [String] {
    guard let measure = line.measure else { return [] }
    return (line.isEscalation ? line.heads : line.owners).map(\.unit).uniqued.filter(holds(measure))
  }

  /// The lines that units of the readers lead, by unit.
  private func led(_ work: [ItemLine]) -> [(unit: String, lines: [ItemLine])] {
    let work = work.filter(\.tellsUnitsApart)
    return work.flatMap { units(of: $0, Measure.leads) }.uniqued.map { unit in
      (unit: unit, lines: work.filter { units(of: $0, Measure.leads).contains(unit) })
    }
  }

  /// The lines that units of the readers help with, by these units and by whom they support.
  private func helped(_ work: [ItemLine]) -> [(helpers: [String], by: Helped<ItemLine>)] {
    let all = work.filter(\.tellsUnitsApart).compactMap { line in
      line.measure.map { (line, $0, units(of: line, Measure.helps)) }
    }
    return all.map { $0.2 }.uniqued.filter { !$0.isEmpty }.flatMap { helpers in
      Measure.byLead(all.filter { $0.2 == helpers }.map { ($0.0, $0.1) }).map { (helpers: helpers, by: $0) }
    }
  }

  /// `其中3.3由贵单位牵头；3.1、3.2由贵单位配合县发改局。`; empty where the ledger doesn't tell units apart.
  func roleSummary(_ work: [ItemLine]) -> String {
    let parts =
      led(work).map { "\(which($0.lines))由\(you([$0.unit]))牵头" }
      + helped(work).prefix(Self.mostLeads).map { "\(which($0.by.lines))由\(you($0.helpers))配合\($0.by.units)" }
    return parts.isEmpty ? "" : "其中\(parts.joined(separator: "；"))。"
  }

  /// What is asked of a lead and of those who help it.
  func roleSteps(_ work: [ItemLine], place: String) -> [String] {
    let helped = helped(work)
    var steps = led(work).map {
      "\(you([$0.unit]))牵头的措施（\(which($0.lines))），\(ask)会同配合单位推进，汇总各单位进展后统一报送\(place)。"
    }
    for (helpers, lead) in helped.prefix(Self.mostLeads) {
      let late = lead.lines.contains { $0.light == .red } ? "已逾期的，今日即告知其进展和预计完成日期。" : ""
      let who = you(helpers)
      steps.append(
        "\(who == "贵单位" ? "" : "\(who)：")\(ask)支持\(lead.units)做好其\(lead.role)的措施（\(which(lead.lines))），完成\(who)承担的部分，进展和材料交其汇总报送。\(late)"
      )
    }
    return steps + others(helped).map { "\($0)，照此办理。" }
  }

  /// `贵单位配合的其他措施`, where more leads are supported than are named; empty otherwise.
  private func others(_ helped: [(helpers: [String], by: Helped<ItemLine>)]) -> [String] {
    let rest = helped.dropFirst(Self.mostLeads)
    return rest.isEmpty ? [] : ["\(you(rest.flatMap(\.helpers).uniqued))配合的其他措施"]
  }

  /// What a unit's head is asked: to see to what the unit answers for, and to its part of what it only helps with.
  ///
  /// - Parameter end: of the last of them.
  func headSteps(_ escalated: [ItemLine], place: String, end: String) -> [String] {
    let helped = helped(escalated)
    let own = escalated.filter {
      units(of: $0, Measure.helps).isEmpty || !units(of: $0, Measure.answers).isEmpty
    }
    let named = helped.isEmpty ? "" : "（\(which(own))）"
    let steps =
      (own.isEmpty ? [] : ["请督促责任人尽快完成\(named)，并由责任人将预计完成日期报送\(place)"])
      + helped.prefix(Self.mostLeads).map { helpers, lead in
        "请督促责任人完成\(you(helpers))承担的部分（\(which(lead.lines))），进展和材料交\(lead.units)汇总报送"
      } + others(helped).map { "\($0)，照此督促" }
    return steps.dropLast().map { "\($0)。" } + steps.suffix(1).map { $0 + end }
  }

  /// What is said beside a measure in a report form where the units that report only help with it; nil otherwise.
  func reportRole(_ measure: Measure, _ report: ItemLine) -> String? {
    let owners = report.owners.map(\.unit).uniqued
    guard !owners.isEmpty, owners.allSatisfy(measure.helps) else { return nil }
    return "由\(you(owners))配合\(measure.leadership.units)：只填承担的部分，材料同时交其汇总"
  }

  /// `3.1、3.2`; how many they are where the numbers would be too many, or of several plans.
  func which(_ lines: [ItemLine]) -> String {
    let numbers = lines.map(\.number).uniqued
    return numbers.count <= 6 && items.plans.count == 1
      ? numbers.joined(separator: "、") : "\(numbers.count)项"
  }
}
