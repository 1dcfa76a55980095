import DubanCourier

/// Why a mail came back.
public enum BounceReason: String, Sendable, Hashable, Encodable, CaseIterable {
  case userunknown, hostunknown, suspend, full, spam, policy, ratelimit, unreachable, loop, greylisted, busy,
    undefined

  /// The status of RFC 3463 that means the same.
  public var status: String {
    switch self {
    case .userunknown: "5.1.1"
    case .hostunknown: "5.1.2"
    case .suspend: "5.2.1"
    case .full: "5.2.2"
    case .spam, .policy, .ratelimit: "5.7.1"
    case .unreachable, .greylisted, .busy: "5.4.1"
    case .loop: "5.4.6"
    case .undefined: "5.0.0"
    }
  }

  /// The command that a server said no to.
  enum Stage: Sendable {
    case sender, recipient, data

    /// As this text tells it; nil where it doesn't.
    init?(in text: String) {
      let small = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if small.holds(anyOf: [
        "in reply to end of data", "in reply to data", ">>> data ", ">>> . <", "smtp command data",
        "after end of data",
        "after data", "end-of-data", "not like our data",
      ]) {
        self = .data
      } else if small.holds(anyOf: [
        "in reply to rcpt to", "after rcpt to", "command rcpt to", "rcpt to command", ">>> rcpt to",
        "not like our rcpt",
        ">: user unknown", ">: recipient address rejected",
      ]) {
        self = .recipient
      } else if small.holds(anyOf: [
        "in reply to mail from", "after mail from", "mail from command", ">>> mail from",
        "not like our mail from",
      ]) {
        self = .sender
      } else {
        return nil
      }
    }
  }

  /// Whether the address itself is dead. What servers say of us, of a full box or of the network is not.
  public var isPermanent: Bool { self == .userunknown || self == .hostunknown || self == .suspend }

  /// A reason, and whether a mailbox or domain of which it says that it is dead is so for certain.
  struct Reading: Sendable, Hashable {
    var reason: BounceReason
    var isCertain = true
  }

  /// The reason that a server's words give, with its extended status (RFC 3463) where the words say nothing.
  ///
  /// A mailbox is dead for certain only where words and status agree: "no such user" in answer to RCPT is enough, while
  /// after DATA the address was accepted already and only a status about the address (x.1.z) confirms it. Of the rest a
  /// status about anything else, or one that says nothing (x.0.0), leaves it open; so do words or a code of a failure
  /// that passes.
  static func read(_ text: String, status: String? = nil, stage: Stage? = nil) -> Reading {
    let small = withoutAddresses(text.lowercased())
    var reading = read(small, status, stage)
    // 收件人暂时不可用; and not “550 unknown user”, explained as 不存在，或暂时不可用.
    let isPassing =
      small.firstMatch(of: replyCode.regex)?.output.hasPrefix("4") ?? false
      || small.holds(anyOf: BounceWords.passing)
        && !small.replacing(extendedStatus.regex, with: "").holds(anyOf: BounceWords.unknown)
    if reading.reason.isPermanent, isPassing { reading.isCertain = false }
    return reading
  }

  private static func read(_ small: String, _ status: String?, _ stage: Stage?) -> Reading {
    let written = small.firstMatch(of: extendedStatus.regex).map { String($0.output.status) }
    let code =
      (status?.hasSuffix(".0.0") ?? true ? written ?? status : status).map { String($0.dropFirst(2)) } ?? ""
    let stage = Stage(in: small) ?? stage
    let byWord = BounceWords.table.first { small.holds(anyOf: $0.words) }?.reason
    // A status about the address and words about the mailbox outweigh what else such answers tell, links among it.
    if [.spam, .policy].contains(byWord), isAboutAddress(code), stage != .data,
      small.holds(anyOf: BounceWords.unknown), !small.holds(anyOf: BounceWords.aboutUs)
    {
      return Reading(reason: .userunknown)
    }
    // 5.1.2 Domain example.org does not exist
    if byWord == .userunknown, code == "1.2", small.holds("domain") { return Reading(reason: .hostunknown) }
    guard let byWord else {
      let isUnknown =
        stage == .recipient && !code.hasPrefix("7.") && small.holds(anyOf: BounceWords.unknownToRecipient)
        || code == "4.1" && small.holds("address rejected: access denied")
      return Reading(reason: isUnknown ? .userunknown : byStatus(code))
    }
    if byWord == .suspend, RefusalWords.nameOwnAccount(small) { return Reading(reason: .policy) }
    guard byWord == .userunknown || byWord == .hostunknown else { return Reading(reason: byWord) }
    let isKnown = small.holds(anyOf: BounceWords.directory)
    if isKnown || isAboutAddress(code) || code == "1.2" || stage == .recipient {
      return Reading(reason: byWord)
    }
    if stage != nil { return Reading(reason: .policy) }
    let group = code.prefix { $0 != "." }
    if byWord == .hostunknown {
      return Reading(reason: status != nil && ["2", "3", "6", "7"].contains(group) ? .policy : byWord)
    }
    // A server's two words, without its code, and nobody knows in answer to what.
    let isBare = status == nil && code.isEmpty && !replyCode.isIn(small)
    let isUnconfirmed = status != nil && ["0", "2", "3", "6", "7"].contains(group)
    return Reading(reason: byWord, isCertain: !isBare && !isUnconfirmed)
  }

  private static let extendedStatus = Pattern(/\b(?<status>[45]\.\d{1,3}\.\d{1,3})\b/)
  private static let replyCode = Pattern(/\b[45]\d\d\b/)

  private static func isAboutAddress(_ code: String) -> Bool {
    ["1.0", "1.1", "1.3", "1.6", "7.17", "7.18"].contains(code)
  }

  private static func byStatus(_ code: String) -> BounceReason {
    switch code {
    case "1.0", "1.1", "1.3", "1.6", "7.17", "7.18": .userunknown
    case "1.2", "4.4", "4.310": .hostunknown
    case "2.1", "7.13": .suspend
    case "2.2": .full
    case "4.6": .loop
    case "1.10", "4.0", "4.1", "4.2", "4.3", "4.7": .unreachable
    case "1.7", "1.8", "2.3", "3.4": .policy
    case let code where code.hasPrefix("7."): .policy
    default: .undefined
    }
  }

  /// Addresses may hold such words themselves. White space is one space each.
  private static func withoutAddresses(_ text: String) -> String {
    let ends: Set<Character> = ["<", ">", "(", ")", "[", "]", ":", ";", ",", "，", "。", "（", "）", "："]
    var (result, word) = ("", "")
    func end() {
      if !word.holds("@") { result += word }
      word = ""
    }
    for character in text.prefix(20_000) {
      if character.isWhitespace {
        end()
        if result.last != " " { result.append(" ") }
      } else if ends.contains(character) {
        end()
        result.append(character)
      } else {
        word.append(character)
      }
    }
    end()
    return result
  }
}
