public import DubanCore

extension Composer {
  /// The two bodies of a mail, as its recipient reads them.
  public struct Bodies: Sendable, Hashable {
    /// The plain text.
    public var text: String
    /// The HTML.
    public var html: String
  }

  /// The bodies that ``compose(_:overview:notices:at:utcOffset:occasion:)`` puts into the recipient's message, for
  /// a look at them.
  ///
  /// - Throws: ``MailError``.
  public func bodies(
    of mail: PlannedMail, overview: Overview? = nil, notices: [Notice] = [], at: Timestamp
  ) throws -> Bodies {
    let draft = try mail.kind == .reminders ? reminders(mail, at: at) : digest(mail, overview, notices)
    return Bodies(
      text: templates.render(draft.template, .text, draft.values),
      html: templates.render(draft.template, .html, draft.values))
  }
}
