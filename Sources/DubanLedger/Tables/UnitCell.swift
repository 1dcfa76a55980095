import DubanCore

/// 责任单位 in a cell, where some of the units lead and others help: 牵头：县发改局、配合：县财政局、县统计局.
enum UnitCell {
  /// The cell's text; reading it gives the same units, lead and supporting.
  static func text(_ measure: Measure) -> String {
    guard measure.lead != nil || !measure.supporting.isEmpty else { return ListCell.text(measure.units) }
    let plain = labelled(measure) { $0 }
    let (names, roles) = (ListCell.names(plain), roles(plain))
    let isRead =
      names == measure.units && roles.lead == measure.lead && roles.supporting == measure.supporting
    return isRead ? plain : labelled(measure, name: ListCell.quoted)
  }

  private static func labelled(_ measure: Measure, name: (String) -> String) -> String {
    var role = UnitRole.responsible
    return measure.units.map { unit in
      let own: UnitRole =
        unit == measure.lead ? .lead : measure.supporting.contains(unit) ? .supporting : .responsible
      defer { role = own }
      let label =
        switch own {
        case .lead: "牵头："
        case .supporting: role == .supporting ? "" : "配合："
        case .responsible: role == .supporting ? "责任单位：" : ""
        }
      return label + name(unit)
    }.joined(separator: "、")
  }

  /// Whether a cell may say which of its units lead or help: by labels before, in brackets, or words behind.
  static func mayHaveRoles(_ text: String) -> Bool {
    text.contains { "：:（(".contains($0) } || ["牵头", "配合", "协办", "协助"].contains(where: text.contains)
  }

  /// Which of a cell's units lead and which help, by the labels before them, of which 配合 holds up to the next and 牵头
  /// for one, or in brackets behind: 窗口科（牵头）.
  static func roles(_ text: String) -> (lead: String?, supporting: [String]) {
    var (lead, supporting, isSupporting): (String?, [String], Bool) = (nil, [], false)
    for (label, name, own) in ListCell.labelled(text) {
      if let own {
        if UnitRole(heading: own) == .lead { lead = lead ?? name }
        if UnitRole(heading: own) == .supporting { supporting.append(name) }
        continue
      }
      if let label {
        isSupporting = UnitRole(heading: label) == .supporting
        if UnitRole(heading: label) == .lead, lead == nil { lead = name }
      }
      if isSupporting { supporting.append(name) }
    }
    return (lead, supporting)
  }
}
