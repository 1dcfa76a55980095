extension DeliveryRuling {
  /// Rules on an outcome: the words first (a provider's token, or what they are about), the enhanced status (RFC 3463) second, the digits last.
  /// Published copies of NetEase's codes disagree about the digits of one token, hence that order.
  public init(_ outcome: AttemptResult) {
    switch outcome.result {
    case .accepted: self = .taken
    case .failed: self = Self.failed(at: outcome.step)
    case .refused:
      let isFinal = (outcome.code ?? 500) >= 500
      self =
        Self.words(outcome.text, at: outcome.step, isFinal: isFinal)
        ?? Self.beforeTheMail(at: outcome.step, isFinal: isFinal, code: outcome.code)
        ?? Self.enhanced(outcome, isFinal: isFinal)
        ?? (isFinal ? Self.permanent(outcome) : Self.transient(outcome))
    }
  }

  private static func failed(at step: AttemptResult.Step) -> DeliveryRuling {
    switch step {
    case .check: .unsendable
    case .secret: .secretMissing
    case .resolve, .connect, .tls, .greeting, .hello, .startTLS: .unreachable
    case .authenticate, .mailFrom, .recipient, .data: .lost
    case .finalDot: .unknown
    case .store: .storeFailed
    }
  }

  /// What the words are about, where that decides whatever the code is.
  private static func words(
    _ text: String, at step: AttemptResult.Step, isFinal: Bool
  ) -> DeliveryRuling? {
    if let ruling = RefusalWords.ruling(text) { return ruling }
    if text.uppercased().contains("DT:SPM") { return isFinal ? .refused : .looksLikeSpam }
    guard isFinal, [.recipient, .data, .finalDot].contains(step) else { return nil }
    return RefusalWords.speaksOfMailbox(text) ? .badRecipient : nil
  }

  /// A no before MAIL FROM says nothing about the mail: it is never given up for it.
  private static func beforeTheMail(
    at step: AttemptResult.Step, isFinal: Bool, code: Int?
  ) -> DeliveryRuling? {
    switch step {
    case .greeting, .hello, .startTLS: .relayBusy
    case .authenticate: isFinal ? .loginRefused : .relayBusy
    // RFC 4954, section 6: 530 asks for a login, 534, 535 and 538 refuse one.
    case .mailFrom, .recipient: [530, 534, 535, 538].contains(code) ? .loginRefused : nil
    default: nil
    }
  }

  /// RFC 3463, sections 3.2 to 3.8: subject and detail of the enhanced status.
  private static func enhanced(_ outcome: AttemptResult, isFinal: Bool) -> DeliveryRuling? {
    guard let parts = outcome.enhanced?.split(separator: ".").compactMap({ Int($0) }), parts.count == 3 else {
      return nil
    }
    let isSender = outcome.step == .mailFrom
    switch (parts[1], parts[2]) {
    case (2, 2): return .mailboxFull
    case (3, 4): return isFinal ? .refused : nil
    case (3, _): return isFinal ? nil : .relayBusy
    case (5, 3): return .connectionLimit
    case (5, 1), (5, 2), (5, 4): return isFinal ? .outOfStep : nil
    case _ where !isFinal: return nil
    case (1, 7), (1, 8): return .senderRefused
    case (1, 1...6), (1, 10), (2, 1), (4, 4): return isSender ? .senderRefused : .badRecipient
    case (6, _): return .refused
    case (7, _): return isSender ? .senderRefused : outcome.step == .recipient ? .policyRefused : .refused
    default: return nil
    }
  }

  /// RFC 5321, section 4.2.3, for 5yz without a telling enhanced status.
  private static func permanent(_ outcome: AttemptResult) -> DeliveryRuling {
    switch (outcome.step, outcome.code) {
    case (.finalDot, _): .refused
    case (_, 500), (_, 502), (_, 503), (_, 504): .outOfStep
    case (_, 521): .relayBusy
    case (.mailFrom, 552): .refused
    case (.mailFrom, _): .senderRefused
    case (.recipient, 552): .mailboxFull
    case (.recipient, 501), (.recipient, 550), (.recipient, 551), (.recipient, 553), (.recipient, 556):
      .doubtfulRecipient
    case (.recipient, _): .policyRefused
    default: .refused
    }
  }

  /// 4yz: this mail later, unless it concerns the relay as a whole.
  private static func transient(_ outcome: AttemptResult) -> DeliveryRuling {
    outcome.code == 421 || outcome.step == .mailFrom ? .relayBusy : .notNow
  }
}
