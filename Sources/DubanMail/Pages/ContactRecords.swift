internal import DubanCore

/// The plans a mail is about, and whom to ask about each.
struct ContactRecords: Sendable {
  let planByKey: [String: Plan]
  /// Each once, in the order of their plans.
  let contacts: [Contact]
  /// The plan's title with its number, or both where there are several.
  let title: String
  /// The contacts' mailboxes, named for their units.
  let mailboxes: [Letter.Mailbox]

  init(plans: [Plan]) {
    var contacts: [Contact] = []
    for plan in plans where !contacts.contains(plan.contact) { contacts.append(plan.contact) }
    planByKey = Dictionary(plans.map { ($0.key, $0) }) { first, _ in first }
    self.contacts = contacts
    title = plans.map(Self.title).joined(separator: "；")
    mailboxes = contacts.compactMap { contact in
      (try? MailAddress(contact.email)).map { .init(name: contact.unit, address: $0) }
    }
  }

  /// The contact of an item's or a note's plan.
  func contact(ofPlan key: String) -> Contact? { planByKey[key]?.contact }

  /// The titles of a contact's plans: `《…》、《…》`.
  func titles(of contact: Contact) -> String {
    planByKey.values.filter { $0.contact == contact }.map { "《\(CleanText.line($0.title, limit: 60))》" }
      .sorted()
      .joined(separator: "、")
  }

  /// Whom to ask, in one line: `区营商服务中心 杜潘，电话65650023`.
  static func line(_ contact: Contact) -> String {
    let phone = CleanText.line(contact.phone, limit: 40)
    return "\(CleanText.line(contact.unit, limit: 60)) \(CleanText.line(contact.person, limit: 40))"
      + (phone.isEmpty ? "" : "，电话\(phone)")
  }

  /// Where reports go, in a sentence: the contact's unit and address.
  static func place(_ contact: Contact) -> String {
    let email = CleanText.line(contact.email, limit: 254)
    return CleanText.line(contact.unit, limit: 60) + (email.isEmpty ? "" : "（\(email)）")
  }

  /// Whom to ask.
  ///
  /// - Parameter changing: whose items another person may have taken over: with a link that reports this. Nil for none.
  static func record(_ contact: Contact, changing person: String? = nil) -> TemplateRecord {
    var record = TemplateRecord()
    record[.contactTel] = telephone(contact.phone)
    record[.changeLink] = person.flatMap { changeOfOwner($0, to: contact) } ?? ""
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

  /// What a telephone can dial (RFC 3966, a number without visual separators); empty for a text that holds anything but
  /// one number, such as two numbers or an extension.
  private static func telephone(_ text: String) -> String {
    let number = CleanText.line(text, limit: 40).filter { !" -－—()（）\u{3000}".contains($0) }
    let digits = number.hasPrefix("+") ? number.dropFirst() : number[...]
    guard (3...15).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return "" }
    return number
  }

  /// Opens a mail to the contact that reports another responsible person, with what is to be filled in.
  private static func changeOfOwner(_ person: String, to contact: Contact) -> String? {
    guard let address = try? MailAddress(contact.email) else { return nil }
    let subject = PercentEncoding.encode("报告责任人变更：\(CleanText.line(person, limit: 40))")
    let body = PercentEncoding.encode("涉及措施编号：\r\n新责任人：\r\n单位：\r\n邮箱：\r\n")
    return "mailto:\(PercentEncoding.encode(address.local))@\(address.domain)?subject=\(subject)&body=\(body)"
  }
}
