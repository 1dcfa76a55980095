import DubanCore

/// What a table of addresses (通讯录) has for an owner of an imported plan.
enum AddressEntry {
  case found(String)
  /// An address that may be somebody else's, or none at all.
  case unsure(Diagnostic)
  case missing

  /// The address of the owner's person and unit, also under the unit's longer or shorter name.
  static func of(_ owner: Owner, among entries: [LedgerDraft.Owner]) -> AddressEntry {
    let namesakes = entries.filter { $0.person?.text == owner.person && !($0.email?.saysNothing ?? true) }
    let own = namesakes.filter { $0.unit?.text == owner.unit }
    let likely = own.isEmpty ? namesakes.filter { isSame($0.unit?.text ?? "", owner.unit) } : own
    guard let first = likely.first?.email else {
      guard let other = namesakes.first, let email = other.email else { return .missing }
      return unsure(
        owner, email, "the table has one for “\(owner.person)” of “\(other.unit?.text ?? "")”",
        help: "write the address under owners if it is the same person's")
    }
    if let second = likely.lazy.compactMap(\.email).first(where: { $0.text != first.text }) {
      return unsure(
        owner, second, "the table has \(first.text) and \(second.text)",
        help: "write the right one under owners")
    }
    if let problem = MailAddress.problem(in: first.text) {
      return unsure(
        owner, first, "“\(first.text)” \(problem)", help: "correct it in the table, or write it under owners")
    }
    return .found(first.text)
  }

  private static func unsure(
    _ owner: Owner, _ cell: LocatedText, _ reason: String, help: String
  ) -> AddressEntry {
    .unsure(
      Diagnostic(
        .warning, at: cell.location, "“\(owner.person)” of “\(owner.unit)” gets no address: \(reason)",
        help: help))
  }

  /// Whether two names are one unit's: 市场监督管理局 and 涧西区市场监督管理局, 县发改局 and 县发展和改革局.
  private static func isSame(_ one: String, _ other: String) -> Bool {
    let (short, long) = one.count < other.count ? (one, other) : (other, one)
    return short.count > 3 && long.hasSuffix(short) || !UnitNames([one, other]).fullNames.isEmpty
  }
}
