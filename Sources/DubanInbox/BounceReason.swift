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
    case recipient, data

    /// As this text tells it; nil where it doesn't.
    init?(in text: String) {
      let small = text.lowercased()
      if small.contains(/in reply to end of\s+data|>>> data\s|smtp command\s+data\b/) {
        self = .data
      } else if small.contains(/(in reply to|after|command)\s+rcpt\s+to|>>> rcpt to/) {
        self = .recipient
      } else {
        return nil
      }
    }
  }

  /// Whether the address itself is dead. What servers say of us, of a full box or of the network is not.
  public var isPermanent: Bool { self == .userunknown || self == .hostunknown || self == .suspend }

  /// Words of servers, in the order in which they are looked for: what speaks of us comes before what speaks of the
  /// mailbox, since refusals for policy often name the address too.
  private static let words: [(BounceReason, [String])] = [
    (.loop, ["loops back", "loop detected", "mail loop", "too many hops", "routing loop", "邮件循环", "循环投递"]),
    (.greylisted, ["greylist", "graylist", "灰名单"]),
    (
      .spam,
      ["spam", "垃圾邮件", "unsolicited", "bulk mail", "virus", "malware", "病毒", "suspicious content", "dt:spm"]
    ),
    (
      .ratelimit,
      [
        "too many connections", "rate limit", "too many messages", "receiving mail at a rate",
        "too many recipients", "频率", "throttl",
        "frequency limited", "发送数量超", "temporarily rate", "sending limit",
      ]
    ),
    (
      .policy,
      [
        "spf", "dkim", "dmarc", "blocked", "blacklist", "block list", "blocklist", "blackhole", "policy",
        "not authorized", "authentication required", "sendernotauthenticated", "ptr", "reverse dns",
        "reverse host",
        "cannot find your hostname", "relay access denied", "relaying denied", "relay not permitted",
        "unable to relay",
        "poor reputation", "sender rejected", "sender address rejected", "banned", "拒收", "黑名单", "只接受", "没有权限",
        "安全策略", "被拒绝", "message size", "too large", "too big", "size limit", "authentication check",
        "authentication failed", "unauthenticated", "exceeds the maximum", "超过限制", "authsend",
        "sender verify failed",
      ]
    ),
    (
      .full,
      [
        "mailbox full", "mailbox is full", "mailfolder is full", "over quota", "overquota", "quota exceeded",
        "exceeded storage", "quota", "insufficient storage", "disk space", "box full", "mailbox has exceeded",
        "mailbox size", "inbox full", "is full", "空间不足", "邮箱已满", "容量已满", "已满", "空间已满", "超出容量",
      ]
    ),
    (
      .suspend,
      [
        "suspended", "account disabled", "account has been disabled", "mailbox disabled",
        "account is disabled",
        "account inactive", "is inactive", "user disabled", "mailbox unavailable or access denied", "账号已停用",
        "已被停用",
        "已禁用", "被冻结", "账户被禁用", "已注销", "停用", "冻结", "account that you tried to reach is disabled",
      ]
    ),
    // A lookup that failed once says little; a null MX (RFC 7505) may be a mistake of today.
    (.unreachable, ["responded with code", "null mx", "nullmx", "dns error"]),
    (
      .hostunknown,
      [
        "host unknown", "host or domain name not found", "domain not found", "unknown host", "no such domain",
        "unrouteable mail domain", "name or service not known", "unknown domain", "domain does not exist",
        "dns query error", "mx lookup error", "host not found", "no mail exchanger", "invalid domain",
        "illegal host/domain",
        "域名不存在", "找不到收件人的域名", "找不到域", "域名错误", "域名解析失败", "couldn't find any host",
        "couldn't find a mail exchanger", "domain invalid",
        "name service error",
      ]
    ),
    (
      .userunknown,
      [
        "user unknown", "unknown user", "no such user", "user not found", "unknown recipient",
        "recipient unknown", "no such recipient", "invalid recipient", "recipnotfound", "mailbox not found",
        "no mailbox here", "no such mailbox", "does not exist", "doesn't exist", "unknown address",
        "address unknown", "unknown or illegal alias", "address not found", "not listed in domino",
        "user was not found", "recipient not found", "not a valid mailbox", "invalid mailbox",
        "not our customer", "no such address",
        "unknown local", "unrouteable address", "no such local user", "not listed in", "user doesn't have",
        "bad destination mailbox",
        "addressee unknown", "no longer valid", "no account by that name", "dosn't have", "no such person",
        "not known",
        "undeliverable address", "account not found", "non-existent", "has moved", "user not exist",
        "recipient name is not recognized",
        "5.1.1", "5.1.10", "不存在", "无此用户", "用户不存在", "找不到您输入", "找不到收件人", "未找到", "地址有误", "查无此人", "地址错误",
      ]
    ),
    (
      .busy,
      ["busy", "try again later", "temporarily unavailable", "temporary failure", "系统繁忙", "稍后再试", "deferred"]
    ),
    (
      .unreachable,
      [
        "connection timed out", "timeout", "timed out", "connection refused", "can not connect",
        "cannot connect", "could not connect", "unreachable", "no route", "network", "connect to",
        "lost connection",
        "retry time", "retry timeout", "expired", "not yet been delivered", "无法连接", "连接超时", "网络", "超时",
      ]
    ),
  ]

  /// The reason that a server's words give, with its extended status (RFC 3463) where the words say nothing.
  ///
  /// A mailbox is dead only where words and status agree: "no such user" in answer to RCPT is enough, while after DATA
  /// the address was accepted already and only a status about the address (x.1.z) confirms it. Of the rest a status
  /// about anything else, or one that says nothing (x.0.0), takes it back.
  static func read(_ text: String, status: String? = nil, stage: Stage? = nil) -> BounceReason {
    // Addresses may hold such words themselves.
    let small = squeezedOnce(
      text.lowercased().replacing(/[^\s<>()\[\]:;,，。（）：]+@[^\s<>()\[\]:;,，。（）：]+/, with: ""))
    let written = small.firstMatch(of: /\b([45]\.\d{1,3}\.\d{1,3})\b/).map { String($0.1) }
    let code =
      (status?.hasSuffix(".0.0") ?? true ? written ?? status : status).map { String($0.dropFirst(2)) } ?? ""
    if let byWord = words.first(where: { $0.1.contains { small.contains($0) } })?.0 {
      guard byWord.isPermanent, byWord != .suspend else { return byWord }
      let stage = stage ?? Stage(in: small)
      if code.hasPrefix("1.") || stage == .recipient { return byWord }
      if stage == .data { return .policy }
      let isUnconfirmed = code.contains(byWord == .userunknown ? /^[02367]\./ : /^[2367]\./)
      return status != nil && isUnconfirmed ? .policy : byWord
    }
    switch code {
    case "1.1", "1.6", "1.10", "1.3": return .userunknown
    case "1.2": return .hostunknown
    case "2.1": return .suspend
    case "2.2": return .full
    case "4.6": return .loop
    case "4.1", "4.2", "4.4", "4.7", "4.0": return .unreachable
    case let code where code.hasPrefix("7."): return .policy
    case "3.4", "2.3": return .policy
    default: return .undefined
    }
  }

  private static func squeezedOnce(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
