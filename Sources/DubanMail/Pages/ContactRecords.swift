internal import DubanCore

/// The plans a mail is about, and whom to ask about each.
struct ContactRecords {
  let plans: [Plan]

  /// One record per contact, each once.
  var records: [TemplateRecord] {
    contacts.map { contact in
      var record = TemplateRecord()
      record[.contactUnit] = CleanText.line(contact.unit, limit: 60)
      record[.contactPerson] = CleanText.line(contact.person, limit: 40)
      record[.contactPhone] = CleanText.line(contact.phone, limit: 40)
      record[.contactEmail] = CleanText.line(contact.email, limit: 254)
      return record
    }
  }

  var contacts: [Contact] {
    var found: [Contact] = []
    for plan in plans where !found.contains(plan.contact) { found.append(plan.contact) }
    return found
  }

  /// The plan's title with its number, or both where there are several.
  var title: String {
    plans.map { plan in
      let number = plan.number.isEmpty ? "" : "（\(CleanText.line(plan.number, limit: 60))）"
      return CleanText.line(plan.title, limit: 120) + number
    }.joined(separator: "；")
  }

  /// Opens a mail to the contact that reports another responsible person.
  func changeOfOwner(_ person: String) -> String? {
    guard let contact = contacts.first, let address = try? MailAddress(contact.email) else { return nil }
    let subject = PercentEncoding.encode("报告责任人变更：\(CleanText.line(person, limit: 40))")
    return "mailto:\(PercentEncoding.encode(address.local))@\(address.domain)?subject=\(subject)"
  }
}
