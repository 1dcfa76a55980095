/// A sentence for one owner that is no reminder: what the ledger changed about a measure.
public struct OwnerNote: Sendable, Hashable {
  /// What has changed.
  public enum Kind: Sendable, Hashable {
    /// Another owner (责任调整).
    case handedOver
    /// Closed (销号通知).
    case closed
    /// Another date (期限调整).
    case moved
    /// Open again, or taken out of the ledger.
    case other
  }

  /// What becomes of a measure's entries in the owner's calendar.
  public struct CalendarChange: Sendable, Hashable {
    /// The measure's item.
    public var item: ItemID
    /// The measure's title.
    public var title: String
    /// The area and the text, for an entry that stays; empty where none does.
    public var area: String
    /// The text after the title, likewise.
    public var text: String
    /// The dates that had an entry each.
    public var old: [CivilDate]
    /// The dates that have one from now on.
    public var new: [CivilDate]
    /// Whether the measure has other dates besides, so that each entry is known by its own.
    public var isOneOfSeveral: Bool

    package init(
      item: ItemID, title: String, area: String, text: String, old: [CivilDate], new: [CivilDate],
      isOneOfSeveral: Bool = false
    ) {
      self.isOneOfSeveral = isOneOfSeveral
      self.item = item
      self.title = title
      self.area = area
      self.text = text
      self.old = old
      self.new = new
    }
  }

  /// The plan's key.
  public var plan: String
  /// Whom it is for.
  public var owner: Owner
  /// What has changed.
  public var kind: Kind
  /// One Chinese sentence.
  public var text: String
  /// What it means for the calendar; nil: nothing.
  public var calendar: CalendarChange?

  package init(plan: String, owner: Owner, kind: Kind, text: String, calendar: CalendarChange? = nil) {
    self.plan = plan
    self.owner = owner
    self.kind = kind
    self.text = text
    self.calendar = calendar
  }

  /// What makes it this note: it is sent once.
  public var key: String { ["note", plan, owner.unit, owner.person, text].joined(separator: "|") }
}

extension LedgerChange {
  /// What the change means for those who answer for the measure, or did. Who isn't in the ledger any more has no
  /// address, and hears from the contact.
  public func notes(in ledger: Ledger) -> [OwnerNote] {
    let name = "措施\(item)“\(title)”"
    switch kind {
    case .reassigned(let old, let new): return handOver(name, from: old, to: new, ledger)
    case .closed: return notes(.closed, "\(name)已销号，不再提醒。", ledger, keeps: [])
    case .moved(let old, let new):
      let text =
        new.isEmpty
        ? "\(name)不再有到期日（原为\(Self.list(old))），不再按期提醒。"
        : old.isEmpty
          ? "\(name)定于\(Self.list(new))到期，请按期完成。"
          : "\(name)的到期日由\(Self.list(old))调整为\(Self.list(new))，按新日期提醒。"
      return notes(.moved, text, ledger, keeps: new)
    case .reopened: return notes(.other, "\(name)由已销号改为未销号，恢复提醒。", ledger, keeps: after?.dates ?? [])
    case .removed: return notes(.other, "\(name)已从台账中移除，不再提醒。", ledger, keeps: [])
    case .added, .renumbered, .renamed, .reports, .recurringReports, .unitRenamed, .supervisor, .areaReports:
      return []
    }
  }

  private func handOver(
    _ name: String, from old: [Recipient], to new: [Recipient], _ ledger: Ledger
  ) -> [OwnerNote] {
    func names(_ people: [Recipient]) -> String {
      people.isEmpty ? "他人" : people.map { "\($0.unit)\($0.person)" }.joined(separator: "、")
    }
    let leaving = owners(old.filter { !new.contains($0) }, ledger).map {
      OwnerNote(
        plan: plan, owner: $0, kind: .handedOver, text: "\(name)已改由\(names(new))负责，不再提醒您，请做好交接。",
        calendar: calendar(ledger, since: before, keeps: []))
    }
    let arriving = owners(new.filter { !old.contains($0) }, ledger).map {
      OwnerNote(
        plan: plan, owner: $0, kind: .handedOver, text: "\(name)现由您负责（原责任人：\(names(old))），请做好交接。",
        calendar: calendar(ledger, since: nil, keeps: isClosed(after) ? [] : after?.dates ?? []))
    }
    return leaving + arriving
  }

  /// A note for everyone who answered for the measure before and still does, or did when it was taken out.
  private func notes(
    _ kind: OwnerNote.Kind, _ text: String, _ ledger: Ledger, keeps dates: [CivilDate]
  ) -> [OwnerNote] {
    let (old, new) = (before?.owners ?? [], (after ?? before)?.owners ?? [])
    let calendar = calendar(ledger, since: before, keeps: dates)
    return owners(old.filter(new.contains).map(\.recipient), ledger).map {
      OwnerNote(plan: plan, owner: $0, kind: kind, text: text, calendar: calendar)
    }
  }

  private func isClosed(_ line: LedgerSnapshot.Line?) -> Bool {
    line?.status == Measure.Status.closed.rawValue
  }

  /// Entries of what was closed already are gone already; new owners have none of earlier mails.
  private func calendar(
    _ ledger: Ledger, since line: LedgerSnapshot.Line?, keeps dates: [CivilDate]
  ) -> OwnerNote.CalendarChange? {
    let old = isClosed(line) ? [] : line?.dates ?? []
    guard !old.isEmpty || !dates.isEmpty else { return nil }
    let found = dates.isEmpty ? nil : measure(in: ledger)
    return OwnerNote.CalendarChange(
      item: ItemID(plan: plan, kind: .measure, id: item, identity: identity), title: title,
      area: found?.area ?? "", text: found?.text ?? "", old: old, new: dates)
  }

  private func measure(in ledger: Ledger) -> (area: String, text: String)? {
    for area in ledger.areas {
      if let found = area.measures.first(where: { $0.identity == identity }) {
        return (area.name, found.text)
      }
    }
    return nil
  }

  private func owners(_ people: [Recipient], _ ledger: Ledger) -> [Owner] {
    ledger.owners.filter { people.contains($0.recipient) }
  }
}
