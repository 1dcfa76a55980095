/// A sentence for one owner that is no reminder: a measure was handed over.
public struct OwnerNote: Sendable, Hashable {
  /// The plan's key.
  public var plan: String
  /// Whom it is for.
  public var owner: Owner
  /// One Chinese sentence.
  public var text: String

  /// What makes it this note: it is told once.
  public var key: String { ["note", plan, owner.unit, owner.person, text].joined(separator: "|") }
}

extension LedgerChange {
  /// What the change means for those who hand a measure over and for those who take it on. Who isn't in the ledger
  /// any more has no address, and is told by the contact.
  public func notes(in ledger: Ledger) -> [OwnerNote] {
    guard case .reassigned(let old, let new) = kind else { return [] }
    let name = "措施\(item)“\(title)”"
    func names(_ people: [Recipient]) -> String {
      people.isEmpty ? "他人" : people.map { "\($0.unit)\($0.person)" }.joined(separator: "、")
    }
    func owners(_ people: [Recipient]) -> [Owner] { ledger.owners.filter { people.contains($0.recipient) } }
    let leaving = owners(old.filter { !new.contains($0) }).map {
      OwnerNote(plan: plan, owner: $0, text: "\(name)已改由\(names(new))负责，不再提醒您，请做好交接。")
    }
    let arriving = owners(new.filter { !old.contains($0) }).map {
      OwnerNote(plan: plan, owner: $0, text: "\(name)现由您负责（原责任人：\(names(old))），请做好交接。")
    }
    return leaving + arriving
  }
}
