public import DubanCore
public import DubanMail

/// What becomes of a message to a robot after one attempt. The way to the relay is never touched by it.
public enum RobotPolicy {
  /// A day's summary is no news the next morning.
  static let lifetime: Int64 = 12 * 3600
  private static let backOff = BackOff(first: 120, longest: 1920)

  enum Meaning: Equatable {
    case taken
    /// Too many messages: again after so many seconds.
    case tooMany(Int64)
    /// The address, the secret, a keyword or the sender's network is refused: a person has to put it right.
    case wrongSettings
    /// The message itself isn't taken.
    case wrongMessage
    /// Nothing that tells: again later.
    case unclear
  }

  /// The verdict on an attempt.
  public static func verdict(
    on result: AttemptResult, of kind: RobotKind, attempts: Int, queuedAt: Timestamp, now: Timestamp
  ) -> DeliveryVerdict {
    var verdict = DeliveryVerdict(entry: .sent, answer: "\(kind.rawValue): \(result.text)", code: result.code)
    // Everything was said, and no answer came: it may be there twice.
    verdict.possiblyDelivered = result.result == .failed && result.step == .finalDot
    let wait: Int64
    switch meaning(of: result, kind) {
    case .taken: return verdict
    case .wrongSettings, .wrongMessage:
      verdict.entry = .giveUp
      return verdict
    case .tooMany(let seconds): wait = seconds
    case .unclear: wait = backOff.wait(after: attempts)
    }
    let next = kind.uncrowded(now.adding(seconds: wait))
    verdict.entry = next.seconds - queuedAt.seconds > lifetime ? .giveUp : .retry(at: next)
    return verdict
  }

  /// What becomes of a message that would be posted at a moment at which its group wants none: it waits, once, so that
  /// whoever never looks at another time posts it after all. nil: it is to be posted.
  public static func postponement(of kind: RobotKind, attempts: Int, now: Timestamp) -> DeliveryVerdict? {
    let next = kind.uncrowded(now)
    guard next != now, attempts == 1 else { return nil }
    var verdict = DeliveryVerdict(
      entry: .retry(at: next), answer: "\(kind.rawValue): not in the first minutes of half an hour")
    verdict.wasTried = false
    return verdict
  }

  static func meaning(of result: AttemptResult, _ kind: RobotKind) -> Meaning {
    if result.result == .accepted { return .taken }
    if [.check, .secret].contains(result.step) { return .wrongSettings }
    guard let number = result.enhanced.flatMap({ Int($0) }) else {
      switch result.code {
      case 429?: return .tooMany(600)
      case 400?, 401?, 403?, 404?, 410?: return .wrongSettings
      case 413?: return .wrongMessage
      default: return .unclear
      }
    }
    switch (kind, number) {
    case (_, 0): return .taken
    // 企业微信: 20 a minute; 93000 the address, 40008 and 40058 the message, 44004 its emptiness.
    case (.wecom, 45009), (.wecom, 45033): return .tooMany(120)
    case (.wecom, 93000), (.wecom, 40001), (.wecom, 40014), (.wecom, 93004), (.wecom, 93008):
      return .wrongSettings
    case (.wecom, 40008), (.wecom, 40058), (.wecom, 44004), (.wecom, 45002): return .wrongMessage
    // 钉钉: after 20 a minute nothing for ten; 310000 is a keyword, a signature or a network that is missing.
    case (.dingtalk, 130101), (.dingtalk, 410100), (.dingtalk, 90018): return .tooMany(660)
    case (.dingtalk, 310000), (.dingtalk, 300001), (.dingtalk, 300005), (.dingtalk, 400013),
      (.dingtalk, 400101),
      (.dingtalk, 400102):
      return .wrongSettings
    case (.dingtalk, 40035), (.dingtalk, 43004), (.dingtalk, 400105), (.dingtalk, 460101):
      return .wrongMessage
    // 飞书: 100 a minute and 5 a second; 19021 signature, 19022 network, 19024 keyword, 19001 and 19002 the address.
    case (.feishu, 11232),
      (.feishu, 9499) where result.code == 429:
      return .tooMany(120)
    case (.feishu, 11232): return .tooMany(120)
    case (.feishu, 19021), (.feishu, 19022), (.feishu, 19024), (.feishu, 19001): return .wrongSettings
    case (.feishu, 9499), (.feishu, 19002), (.feishu, 11246), (.feishu, 230001): return .wrongMessage
    default: return .unclear
    }
  }
}

/// Looks at robots without posting.
public enum RobotDoctor {
  /// What is wrong with a robot, and whether that is its settings; nil where its server can be reached.
  public static func fault(_ robot: Robot, at now: Timestamp) -> String? {
    do throws(SecretError) { return try RobotRequest(robot, [], at: now).reach() } catch { return "\(error)" }
  }
}
