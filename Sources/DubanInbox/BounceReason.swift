import DubanCore
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

    /// As this text says; nil where it doesn't.
    init?(in text: String) {
      let small = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if small.holds(anyOf: [
        "in reply to end of data", "in reply to data", ">>> data ", ">>> . <", "smtp command data",
        "after end of data", "after data", "end-of-data", "not like our data",
      ]) {
        self = .data
      } else if small.holds(anyOf: [
        "in reply to rcpt to", "after rcpt to", "command rcpt to", "rcpt to command", ">>> rcpt to",
        "not like our rcpt", ">: user unknown", ">: recipient address rejected",
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
    // Addresses may hold such words themselves.
    let small = CleanText.withoutAddresses(text.prefix(20_000).lowercased(), replacement: "")
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
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
}

/// What servers write when they send a mail back, by what it means.
enum BounceWords {
  /// In the order in which they are looked for: what speaks of us comes before what speaks of the mailbox, since refusals
  /// for policy often name the address too.
  static let table: [(reason: BounceReason, words: [String])] = [
    (
      .loop,
      [
        "loops back", "loop detected", "mail loop", "too many hops", "routing loop", "forwarding loop",
        "message looping", "hop count exceeded", "邮件循环", "循环投递",
      ]
    ),
    (.greylisted, ["greylist", "graylist", "灰名单"]),
    // Some say all they know, of which the address is the first.
    (.hostunknown, ["account or domain may not exist"]),
    (
      .spam,
      [
        "spam", "垃圾邮件", "unsolicited", "bulk mail", "virus", "malware", "病毒", "suspicious content", "dt:spm",
        "垃圾信息", "反垃圾", "mail content denied",
      ]
    ),
    (
      .ratelimit,
      [
        "too many connections", "rate limit", "too many messages", "receiving mail at a rate",
        "too many recipients", "too fast", "too quickly", "频率", "频繁", "throttl", "frequency limited", "发送数量超",
        "temporarily rate", "sending limit", "sending rate", "receiving limits", "rp:trc", "rp:rcl", "rp:drc",
      ]
    ),
    (
      .policy,
      [
        "spf", "dkim", "dmarc", "blocked", "blacklist", "block list", "blocklist", "blackhole", "policy",
        "not authorized", "authentication required", "sendernotauthenticated", "ptr", "reverse dns",
        "reverse host", "cannot find your hostname", "relay access denied", "relaying denied",
        "relay not permitted", "unable to relay", "relay denied", "no relaying", "not allowed to relay",
        "as a relay", "allowed rcpthost", "poor reputation", "sender rejected", "sender address",
        "sender domain", "domain of sender", "mail from domain", "mailfrom domain", "envelope sender",
        "banned", "发件人不存在", "发件人地址不存在", "发件人域名", "发件域", "发信域", "反向解析", "群组", "大小超过", "邮件过大", "黑名单", "只接受",
        "没有权限", "安全策略", "message size", "too large", "too big", "size limit", "authentication check",
        "authentication failed", "unauthenticated", "exceeds the maximum", "超过限制", "authsend",
        "sender verify failed", "invalid sender", "is not verified", "client host rejected",
        "helo command rejected", "not accepted from", "content rejected", "user reject",
        "refused due to recipient", "refuses to accept", "only accepting mail from",
        "administrative prohibition", "empty envelope", "null sender", "prohibited attachment",
        "illegal attachment", "dt:sum", "from address not verified", "callout", "reverse lookup",
        "mx record of", "helo host", "white list", "whitelist", "of sender failed", "sender does not exist",
        "sender doesn't exist", "not allowed to send",
      ]
    ),
    (
      .full,
      [
        "mailbox full", "mailbox is full", "mailfolder is full", "over quota", "overquota", "quota exceeded",
        "exceeded storage", "quota", "insufficient storage", "disk space", "box full", "full mailbox",
        "mailbox has exceeded", "mailbox exceeds", "exceed maximum allowed storage", "mailbox size",
        "inbox full", "is full", "no space left", "space has been used up", "too much mail data",
        "destinataire pleine", "space not enough", "空间不足", "邮箱已满", "容量已满", "已满", "已滿", "超出容量", "容量超限",
      ]
    ),
    // A full mailbox refuses too.
    (.policy, ["拒收", "拒绝接收", "被拒绝"]),
    (
      .suspend,
      [
        "suspended", "account disabled", "account has been disabled", "mailbox disabled",
        "account is disabled", "account inactive", "is inactive", "inactive user", "inactive account",
        "user disabled", "user is disabled", "deactivated", "mailbox is frozen",
        "mailbox unavailable or access denied", "recipient suspend", "account is locked",
        "archived recipient", "user is terminated", "disabled or discontinued", "reach is disabled", "账号已停用",
        "已被停用", "已禁用", "被冻结", "被禁用", "已注销", "停用", "冻结", "被暂停",
      ]
    ),
    // A lookup that failed once says little; a null MX (RFC 7505) may be a mistake of today.
    (
      .unreachable,
      [
        "responded with code", "null mx", "nullmx", "dns error", "host name lookup failure",
        "not found, try again", "unexpected name server reply",
      ]
    ),
    (
      .hostunknown,
      [
        "host unknown", "domain name not found", "domain not found", "unknown host", "no such domain",
        "unrouteable mail domain", "name or service not known", "unknown domain", "domain does not exist",
        "domain doesn't exist", "domain must exist", "domain is not reachable", "address is unknown",
        "dns query error", "mx lookup error", "host not found", "no mail exchanger", "dns domain",
        "point to non-existent hosts", "invalid domain", "illegal host/domain", "bad destination system",
        "no mail hosts for domain", "dns lookup failure", "域名不存在", "找不到收件人的域", "找不到域", "域名错误", "域名解析失败",
        "域名有误", "无法解析", "找不到收件人的邮件服务器", "找不到对方邮件服务器", "couldn't find any host",
        "couldn't find a mail exchanger", "domain invalid", "name service error",
        "couldn't be found or isn't", "no hosts found",
      ]
    ),
    (.userunknown, unknown),
    (
      .busy,
      [
        "busy", "insufficient system storage", "insufficient system resources", "try again later",
        "temporarily unavailable", "temporary failure", "系统繁忙", "稍后再试", "deferred",
      ]
    ),
    (
      .unreachable,
      [
        "connection timed out", "timeout", "timed out", "connection refused", "can not connect",
        "cannot connect", "could not connect", "unreachable", "no route", "network", "connect to",
        "lost connection", "retry time", "expired", "not yet been delivered", "无法连接", "连接超时", "网络", "超时",
      ]
    ),
  ]

  /// The mailbox isn't there.
  static let unknown =
    directory + [
      "user unknown", "unknown user", "userunknown", "no such user", "user not found", "unknown recipient",
      "recipient unknown", "no such recipient", "invalid recipient", "invalid-recipient", "bad-recipient",
      "bad recipient", "recipnotfound", "mailbox not found", "no mailbox here", "no such mailbox",
      "no mailbox found", "invalid mailbox", "mailbox invalid", "mailbox not present", "does not exist",
      "doesn't exist", "not exist", "unknown address", "address unknown", "unknown mailbox",
      "unknown or illegal alias", "address not found", "address invalid", "recipient not found",
      "was not found", "could not be found", "not a valid mailbox", "not a valid user",
      "not a valid recipient", "not a known user", "not our customer", "no such address", "no such email",
      "unknown local", "unknown e", "user doesn't have", "dosn't have", "bad destination mailbox",
      "addressee unknown", "no longer valid", "no longer accepts mail", "no longer on server",
      "no account by that name", "no such person", "not known", "undeliverable address", "account not found",
      "account unavailable", "non-existent", "nonexistent", "has moved", "been replaced by", "is not local",
      "not a local address", "no one at this address", "not an active address", "can't accept user",
      "no mail box available", "no valid recipients", "badrcptto", "badrecipientto", "validrcptto",
      "addresses were unknown", "missing home directory", "user not active", "user invalid", "5.1.1",
      "5.1.10", "no existe", "desconocido", "inconnu", "n'existe pas", "destinataire invalide",
      "nicht gefunden", "unbekannt", "marked as invalid", "sconosciuto", "inesistente", "não existe",
      "nie istnieje", "не существует", "не найден", "нет такого",
    ]

  /// The same in answer to RCPT, where nothing but the address is known yet.
  static let unknownToRecipient = [
    "rejected recipients", "invalid address", "bad address", "mailbox is unavailable", "mailbox unavailable",
    "no mailbox by that name", "address rejected: access denied", "invalid user", "recipient is not accepted",
    "recipient not ok", "recipient notfound", "recipient has been denied", "recipients was undeliverable",
    "name is not found", "unknown virtual user", "<> not found", "user () unknown", "utente simile",
  ]

  /// The mail system's own directory doesn't have it: no other server's word, which may mean the mail.
  static let directory = [
    "not listed in", "in name directory", "recipient name is not recognized", "not present in directory",
    "unrouteable address", "unroutable address", "不存在", "未找到", "找不到收件人",
    "找不到您输入", "找不到该用户", "没有此用户", "无此用户", "未注册", "无效的收件人", "收件人无效", "地址有误", "地址错误", "查无此人", "存在しません",
    "宛先不明", "見つかりません", "リストにありません", "this address no longer accepts mail",
  ]

  /// Of what may be otherwise tomorrow, whatever else is said.
  static let passing = [
    "try again later", "temporar", "lookup failure", "servfail", "暂时", "稍后", "smarthost", "relay host",
  ]

  /// Of us, whatever status is beside it.
  static let aboutUs = [
    "relay", "rcpthost", "blocked", "blacklist", "block list", "blocklist", "spamhaus", "sender", "mailfrom",
    "mail from",
    "your ip", "client host", "helo", "too fast", "too many", "rate limit", "callout", "not allowed to send",
  ]
}
