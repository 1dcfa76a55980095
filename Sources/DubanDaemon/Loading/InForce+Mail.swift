public import DubanCore
public import DubanMail

extension InForce {
  /// What composes the mails, as the configuration says.
  ///
  /// - Throws: ``MailError`` for a sender that no reader caught.
  public func composer() throws -> Composer {
    let configured = configuration.sender
    let contact = ledgers.first?.plan.contact
    return try Composer(
      sender: .init(
        name: configured?.name ?? contact?.unit ?? "", address: configured?.address ?? contact?.email ?? ""),
      ledgers: ledgers, lights: configuration.policy.lights, templates: templates,
      redirectAllTo: configuration.delivery.redirectAllTo,
      escalation: configuration.policy.escalation, reportURL: configuration.observing.reportURL)
  }
}

extension Planner {
  /// The picture that a digest shows: the plans it is about; nil for an owner's mail.
  public func overview(for mail: PlannedMail, extent: Overview.Extent = .attention) -> Overview? {
    guard case .digest(let plans, _) = mail.kind else { return nil }
    return overview(on: mail.on, plans: plans, extent: extent)
  }
}
