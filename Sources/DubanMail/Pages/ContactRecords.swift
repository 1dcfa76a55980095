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
  /// Where reports go, in a sentence: the first contact's unit and address.
  let place: String
  /// What opens a mail to the first contact that reports another responsible person, up to the name.
  private let changeOfOwner: String?

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
    place = contacts.first.map(Self.place) ?? "联系人"
    changeOfOwner = contacts.first.flatMap(Self.changeOfOwner)
  }

  /// Opens a mail to the contact that reports another responsible person.
  func changeOfOwner(_ person: String) -> String? {
    changeOfOwner.map { $0 + PercentEncoding.encode(CleanText.line(person, limit: 40)) }
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

  private static func changeOfOwner(to contact: Contact) -> String? {
    guard let address = try? MailAddress(contact.email) else { return nil }
    let subject = PercentEncoding.encode("报告责任人变更：")
    return "mailto:\(PercentEncoding.encode(address.local))@\(address.domain)?subject=\(subject)"
  }
}
