internal import DubanCore

/// The plans a mail is about, and whom to ask about each.
struct ContactRecords: Sendable {
  let planByKey: [String: Plan]
  /// Each once, in the order of their plans.
  let contacts: [Contact]
  /// One record per contact.
  let records: [TemplateRecord]
  /// The plan's title with its number, or both where there are several.
  let title: String
  /// The contacts' mailboxes, named for their units.
  let mailboxes: [Letter.Mailbox]
  /// Whom to report to, in the order of the contacts.
  let offices: [Office]
  /// What opens a mail to the contacts that reports another responsible person, up to the name.
  private let changeOfOwner: String?

  /// A contact with its plans.
  struct Office: Sendable {
    /// The keys of its plans.
    let plans: [String]
    /// Their titles, in 《》.
    let titles: String
    /// Where reports go, in a sentence: the unit and the address.
    let place: String

    func isFor(_ line: ItemLine) -> Bool { plans.contains(line.item.plan) }
  }

  init(plans: [Plan]) {
    var contacts: [Contact] = []
    for plan in plans where !contacts.contains(plan.contact) { contacts.append(plan.contact) }
    planByKey = Dictionary(plans.map { ($0.key, $0) }) { first, _ in first }
    self.contacts = contacts
    records = contacts.map(Self.record)
    title = plans.map(Self.title).joined(separator: "；")
    mailboxes = contacts.compactMap { contact in
      (try? MailAddress(contact.email)).map { .init(name: contact.unit, address: $0) }
    }
    offices = contacts.map { contact in
      let own = plans.filter { $0.contact == contact }
      return Office(
        plans: own.map(\.key), titles: own.map { "《\(CleanText.line($0.title, limit: 60))》" }.joined(),
        place: Self.place(of: contact))
    }
    changeOfOwner = Self.changeOfOwner(to: contacts)
  }

  /// Opens a mail to the contact that reports another responsible person.
  func changeOfOwner(_ person: String) -> String? {
    changeOfOwner.map { $0 + PercentEncoding.encode(CleanText.line(person, limit: 40)) }
  }

  /// What a line is called where there is no room for more: its number, with the plan where there are several.
  func name(of line: ItemLine) -> String {
    let name = line.isReport ? "报送" : CleanText.line(line.item.id, limit: 20)
    guard planByKey.count > 1, let plan = planByKey[line.item.plan] else { return name }
    return "《\(CleanText.line(plan.title, limit: 40))》\(name)"
  }

  private static func record(of contact: Contact) -> TemplateRecord {
    var record = TemplateRecord()
    record[.contactUnit] = CleanText.line(contact.unit, limit: 60)
    record[.contactPerson] = CleanText.line(contact.person, limit: 40)
    record[.contactPhone] = CleanText.line(contact.phone, limit: 40)
    record[.contactEmail] = CleanText.line(contact.email, limit: 254)
    return record
  }

  private static func title(of plan: Plan) -> String {
    let number = plan.number.isEmpty ? "" : "（\(CleanText.line(plan.number, limit: 60))）"
    return CleanText.line(plan.title, limit: 120) + number
  }

  private static func place(of contact: Contact) -> String {
    "\(CleanText.line(contact.unit, limit: 60))（\(CleanText.line(contact.email, limit: 254))）"
  }

  /// Opens a mail to all of them: whoever changes answers for items of each.
  private static func changeOfOwner(to contacts: [Contact]) -> String? {
    let addresses = contacts.compactMap { try? MailAddress($0.email) }
    guard !addresses.isEmpty else { return nil }
    let subject = PercentEncoding.encode("报告责任人变更：")
    let list = addresses.map { "\(PercentEncoding.encode($0.local))@\($0.domain)" }.joined(separator: ",")
    return "mailto:\(list)?subject=\(subject)"
  }
}
