import DubanCore

extension Measure {
  /// Whether the ledger says who leads or who only helps.
  var tellsUnitsApart: Bool { lead != nil || !supporting.isEmpty }

  /// Its units by what they have to do with it, 牵头：县发改局；配合：县财政局、县统计局; all alike where the ledger doesn't tell
  /// them apart.
  var unitsWithRoles: String {
    func list(_ names: [String]) -> String {
      names.map { CleanText.line($0, limit: 60) }.joined(separator: "、")
    }
    guard tellsUnitsApart else { return list(units) }
    let responsible = units.filter { $0 != lead && !supporting.contains($0) }
    let groups = [
      ("牵头", [lead].compactMap { $0 }), (lead == nil ? "主责" : "责任", responsible), ("配合", supporting),
    ]
    return groups.filter { !$0.1.isEmpty }.map { "\($0.0)：\(list($0.1))" }.joined(separator: "；")
  }
}
