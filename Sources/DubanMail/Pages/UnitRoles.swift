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

  /// The same for whoever reads it in one of the units: `贵单位牵头；配合：县财政局、县统计局`. Nil where the ledger doesn't say
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

  /// Whom those who help support: the lead, or, where none is named, all who don't only help.
  private var leaders: [String] { lead.map { [$0] } ?? units.filter { !supporting.contains($0) } }

  /// `县发改局牵头`, `县发改局、县统计局主责`.
  fileprivate var leadership: (units: String, role: String) {
    (Self.list(leaders), lead == nil ? "主责" : "牵头")
  }
}

extension ItemLine {
  /// The measure it is about, of a duty too; nil for a report or a summary.
  private var measure: Measure? {
    switch subject {
    case .measure(let measure, _), .duty(_, let measure, _): measure
    case .report, .summary: nil
    }
  }

  /// Whether the unit of one of those whom the line is for leads.
  fileprivate var isLed: Bool {
    measure.map { measure in owners.contains { measure.leads($0.unit) } } ?? false
  }

  /// Whether the unit of one of them only helps.
  fileprivate var isHelped: Bool {
    measure.map { measure in owners.contains { measure.helps($0.unit) } } ?? false
  }

  /// Whether that is all that they have to do with it.
  var onlyHelps: Bool {
    measure.map { measure in !owners.isEmpty && owners.allSatisfy { measure.helps($0.unit) } } ?? false
  }

  /// What the readers' unit has to do; nil where nothing is said of it, or something else of each of several.
  var rolesOfReaders: String? {
    guard !isEscalation, let measure else { return nil }
    let roles = Set(owners.map { measure.roles(for: $0.unit) })
    return roles.count == 1 ? roles.first ?? nil : nil
  }

  fileprivate var leadership: (units: String, role: String)? { measure?.leadership }
}

extension ReminderPage {
  /// How many leads are named.
  private static let mostLeads = 3

  /// `其中3.3由贵单位牵头；3.1、3.2由贵单位配合县发改局。`; empty where the ledger doesn't tell units apart.
  func roleSummary(_ work: [ItemLine]) -> String {
    let led = work.filter(\.isLed)
    let parts =
      (led.isEmpty ? [] : ["\(which(led))由贵单位牵头"])
      + byLead(work).prefix(Self.mostLeads).map { "\(which($0.lines))由贵单位配合\($0.units)" }
    return parts.isEmpty ? "" : "其中\(parts.joined(separator: "；"))。"
  }

  /// What is asked of a lead and of those who help it.
  func roleSteps(_ work: [ItemLine], place: String) -> [String] {
    let (led, helped) = (work.filter(\.isLed), byLead(work))
    var steps: [String] = []
    if !led.isEmpty {
      steps.append("贵单位牵头的措施（\(which(led))），\(ask)会同配合单位推进，汇总各单位进展后统一报送\(place)。")
    }
    for lead in helped.prefix(Self.mostLeads) {
      let late = lead.lines.contains { $0.light == .red } ? "已逾期的，今日即告知其进展和预计完成日期。" : ""
      steps.append(
        "\(ask)支持\(lead.units)做好其\(lead.role)的措施（\(which(lead.lines))），完成贵单位承担的部分，进展和材料交其汇总报送。\(late)")
    }
    if helped.count > Self.mostLeads { steps.append("贵单位配合的其他措施，照此办理。") }
    return steps
  }

  /// The items that the readers help with, by whom they support.
  private func byLead(_ work: [ItemLine]) -> [(units: String, role: String, lines: [ItemLine])] {
    var groups: [(units: String, role: String, lines: [ItemLine])] = []
    for line in work where line.isHelped {
      guard let lead = line.leadership else { continue }
      if let place = groups.firstIndex(where: { $0.units == lead.units && $0.role == lead.role }) {
        groups[place].lines.append(line)
      } else {
        groups.append((lead.units, lead.role, [line]))
      }
    }
    return groups
  }

  /// `3.1、3.2`; how many they are where the numbers would be too many, or of several plans.
  func which(_ lines: [ItemLine]) -> String {
    let numbers = lines.map(\.number).uniqued
    return numbers.count <= 6 && items.plans.count == 1
      ? numbers.joined(separator: "、") : "\(numbers.count)项"
  }
}
