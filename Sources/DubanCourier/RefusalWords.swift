/// What a relay's words are about, whatever its digits say: the systems of the world agree more about words than about
/// codes.
///
/// Words that aren't known blame nobody: the mail is kept. So the lists of what is about us only need those that should
/// stop or pause everything at once, and the list of what is about a mailbox only those that are certain.
///
/// Sources: the refusals that NetEase, QQ, Zoho, Exchange Online and Gmail publish, and what Postfix, Sendmail and Exim
/// say.
package struct RefusalWords {
  private let text: String
  private let isOfRecipient: Bool

  /// - Parameters:
  ///   - text: the relay's words, with or without their code.
  ///   - recipient: who was asked about, whose name says nothing.
  init(_ text: String, to recipient: String) {
    let plain = RefusalText.plain(text, to: recipient)
    self.text = plain
    // Sendmail quotes whom its table of access denies.
    isOfRecipient =
      Self.ofRecipient.contains(where: plain.contains)
      || text.uppercased().contains("<\(recipient.uppercased())>... ACCESS DENIED")
  }

  /// What the words are about, unless that is the recipient; nil where they tell nothing.
  var meaning: AttemptMeaning? {
    if let found = Self.tokens.first(where: { text.contains($0.words) }) { return found.meaning }
    return isOfRecipient ? nil : known
  }

  /// Whether the words say that the recipient's mailbox doesn't exist or is closed, in the language of either side.
  var speaksOfMailbox: Bool {
    guard !isDoubtful else { return false }
    return holds(Self.mailboxIsGone) || holds(Self.mailboxes) && holds(Self.gone)
      || holds(Self.accounts) && holds(Self.missing)
  }

  /// Whether the recipient's mailbox is full.
  var saysFull: Bool { holds(Self.full) }

  /// Whether it is the recipient's address that is rejected, as Postfix and Exchange say it.
  var rejectsAddress: Bool { text.contains("RECIPIENT ADDRESS REJECTED") }

  /// Whether something in the words may be about us, so that not even a code marks an address.
  var isDoubtful: Bool { known != nil || holds(Self.doubts) }

  private var known: AttemptMeaning? {
    Self.about.first { holds($0.words) && ($0.with.isEmpty || holds($0.with)) }?.meaning
  }

  /// Whether words, of a relay or of a mail that came back, are about the sender's account.
  package static func nameOwnAccount(_ words: String) -> Bool {
    let plain = words.uppercased()
    return ownAccount.contains(where: plain.contains)
  }

  private func holds(_ words: [String]) -> Bool { words.contains(where: text.contains) }

  /// Tokens of NetEase, and what its words always mean.
  private static let tokens: [(words: String, meaning: AttemptMeaning)] = [
    ("TOO MUCH FAIL AUTHENTICATION", .loginRefused), ("SMTP AUTH ERROR LIMIT EXCEED", .loginRefused),
    ("DT:SUM", .senderRefused), ("RP:FRL", .senderRefused),
    ("HL:IHU", .blocked), ("HL:IPB", .blocked), ("HL:ITC", .blocked), ("DT:RBL", .blocked),
    ("MI:SPB", .blocked), ("WM:BLI", .blocked), ("WM:BLU", .blocked),
    ("HL:", .throttled),
    ("MI:SFQ", .quarterHourLimit), ("RP:QRC", .recipientRate), ("MI:STC", .dayLimit), ("RP:TRC", .dayLimit),
    ("MI:DMC", .connectionLimit), ("RP:DRC", .connectionLimit), ("MI:CEL", .connectionLimit),
    ("RP:CEL", .connectionLimit), ("MI:CCL", .connectionLimit), ("RP:CCL", .connectionLimit),
  ]

  /// One of `words`, and beside it one of `with` where there are any.
  private struct Rule {
    let meaning: AttemptMeaning
    let words: [String]
    var with: [String] = []
  }

  /// In this order, since a text that blames the sender often quotes more.
  private static let about = [
    Rule(
      meaning: .helloRefused,
      words: [
        "HELO COMMAND REJECTED", "EHLO COMMAND REJECTED", "HELO/EHLO", "INVALID HELO", "INVALID EHLO",
        "BAD HELO", "HELO NAME", "EHLO NAME", "HELO HOST", "HELO REJECTED", "EHLO REJECTED", "HELO DOES NOT",
        "HELO IS", "HELO NOT", "HELO ARGUMENT", "HELO INVALID", "EHLO INVALID", "IN HELO", "IN EHLO",
      ]),
    Rule(
      meaning: .loginRefused,
      words: [
        "AUTHENTICATION IS REQUIRED", "AUTHENTICATION REQUIRED", "AUTHENTICATION NEEDED",
        "CLIENT WAS NOT AUTHENTICATED", "UNAUTHENTICATED SENDER", "ON SMTP AUTHENTICATION",
        "MUST AUTHENTICATE", "PLEASE AUTHENTICATE", "AUTHENTICATE FIRST",
        "需要身份验证", "需要认证", "需要验证", "请先登录", "需要登录", "请先认证", "未认证",
      ]),
    Rule(
      meaning: .senderRefused,
      words: [
        "MUST EQUAL AUTHORIZED USER", "MUST BE SAME AS AUTHORIZATION USER", "NULL SENDER IS NOT ALLOWED",
        "SEND AS", "SENDASDENIED", "SEND-AS", "ON BEHALF OF", "NOT OWNED BY", "SENDER ADDRESS REJECTED",
        "SENDER REJECTED", "SENDER REFUSED", "SENDER DENIED", "SENDER NOT ALLOWED", "SENDER IS NOT ALLOWED",
        "SENDER NOT AUTHORIZED", "UNAUTHORIZED SENDER", "INVALID SENDER", "SENDER VERIFY FAILED",
        "SENDER VERIFICATION FAILED", "SENDER DOMAIN", "NOT AUTHORIZED TO SEND", "NOT ALLOWED TO SEND",
        "NOT PERMITTED TO SEND", "EMAIL ADDRESS IS NOT VERIFIED", "RELAY ACCESS DENIED", "RELAYING DENIED",
        "UNABLE TO RELAY", "RELAY NOT PERMITTED", "RELAYING NOT ALLOWED", "NOT PERMITTED TO RELAY",
        "RELAYING IS", "RELAYING DISALLOWED", "DO NOT RELAY", "DOES NOT RELAY", "BAD OUTBOUND", "发件人地址",
        "发信人", "限制发信", "禁止发信", "无权发信", "不能发信", "不允许发信",
      ]),
    Rule(
      meaning: .senderRefused, words: ownAccount,
      with: closed + ["RESTRICTED", "被封", "封禁", "封停", "锁定", "被锁"]),
    Rule(
      meaning: .dayLimit,
      words: [
        "DAILY USER SENDING", "DAILY SENDING", "DAILY LIMIT", "DAILY QUOTA", "DAILY MESSAGE", "DAILY SMTP",
        "SENDING QUOTA", "SENDING LIMIT", "SUBMISSION QUOTA", "SUBMISSIONQUOTA", "数量已达", "已达上限", "达到上限",
        "OVER QUOTA FOR SENDING", "SENDER OVER QUOTA", "SENDER IS OVER QUOTA",
      ]),
    Rule(
      meaning: .dayLimit,
      words: ["PER DAY", "24 HOUR", "24-HOUR", "DAILY", "TODAY", "每天", "每日", "当天", "当日", "今日", "今天"],
      with: ["LIMIT", "EXCEED", "QUOTA", "MAXIMUM", "TOO MANY", "超", "上限", "限", "额"]),
    Rule(
      meaning: .throttled,
      words: [
        "FREQUENC", "RATE LIMIT", "RATE-LIMIT", "RATELIMIT", "RATE EXCEED", "SENDING RATE", "MESSAGE RATE",
        "EXCEEDED THE RATE", "TOO FREQUENT", "TOO FAST", "TOO QUICKLY", "TOO MANY MESSAGES", "TOO MANY MAILS",
        "TOO MANY EMAILS", "TOO MANY CONNECTIONS", "TOO MANY SESSIONS", "TOO MUCH MAIL", "THROTTL",
        "SLOW DOWN", "PER HOUR", "HOURLY", "PER MINUTE", "THIS HOUR", "IP LIMITED", "频率", "过于频繁", "太频繁",
        "发送过快", "每小时",
      ]),
    Rule(
      meaning: .blocked,
      words: [
        "CLIENT HOST", "BLOCKED USING", "IS LISTED", "HOST LISTED", "IP LISTED", "ADDRESS LISTED", "SPAMHAUS",
        "SPAMCOP", "BARRACUDA", "DNSBL", " RBL", "RBL ", "BLACKLIST", "BLACK LIST", "BLOCKLIST", "BLOCK LIST",
        "DENYLIST", "BLOCKED BY", "BLOCKED - SEE", "BLOCKED FROM SENDING", "REPUTATION", "YOUR IP", "THIS IP",
        "YOUR HOST", "YOUR SERVER", "YOUR DOMAIN", "YOUR NETWORK", "IP ADDRESS", "CLIENT IP", "SENDER IP",
        "SENDING IP", "SOURCE IP", "SPAM IP", "REVERSE DNS", "REVERSE HOSTNAME", "REVERSE LOOKUP",
        "PTR RECORD", "NO PTR", "DNS CHECK FAILED", "HOST NOT ALLOWED", "HOST REJECTED",
        "HOST IS NOT ALLOWED", "FROM THIS HOST", "BANNED SENDING", "SPF ", "DKIM", "DMARC",
        "UNAUTHENTICATED EMAIL", "SENDER IS UNAUTHENTICATED", "SUSPICIOUS ACTIVITY", "UNUSUAL SENDING",
        "UNUSUAL ACTIVITY", "UNUSUAL RATE", "ACCESS DENIED", "黑名单", "IP地址", "您的IP", "您的服务器", "该IP",
      ]),
    // The message itself, no matter who it is for.
    Rule(
      meaning: .refused,
      words: [
        "MAILSIZE", "SIZE LIMIT", "MESSAGE SIZE", "TOO BIG", "TOO LARGE", "VIRUS FOUND", "VIRUS DETECTED",
        "CONTAINS VIRUS", "CONTAINS A VIRUS", "INFECTED WITH", "邮件过大", "邮件太大", "大小超", "含有病毒", "包含病毒", "检测到病毒",
      ]),
    Rule(
      meaning: .senderLimit,
      words: [
        "YOU HAVE", "YOU'VE", "YOUR ACCOUNT", "YOUR MAILBOX", "YOUR QUOTA", "YOUR SENDING", "SENDER",
        "SENDING", "OUTGOING", "MONTHLY", "PER MONTH", "您", "发信", "发送", "发件", "外发", "每月",
      ],
      with: [
        "QUOTA", "LIMIT EXCEED", "LIMIT REACHED", "EXCEEDED", "超限", "超过", "超出", "上限", "限额", "配额", "额度",
      ]),
  ]

  /// The recipient's own limits and rules, which say nothing of us although they name limits and senders.
  private static let ofRecipient =
    [
      "RECIPIENT ADDRESS REJECTED: ACCESS DENIED", "OR ACCESS DENIED", "IS RECEIVING", "RECEIVING MAIL",
      "RECEIVING LIMIT", "OF THE RECIPIENT", "RECIPIENT'S", "TO THE RECIPIENT", "TO THIS RECIPIENT",
      "TO THIS GROUP", "RECIPIENT DOES NOT ACCEPT", "RECIPIENT ONLY ACCEPTS", "THE RECIPIENT HAS",
      "BY RECIPIENT", "BY THE RECIPIENT", "USER HAS BLOCKED", "收件人的黑名单", "收件人黑名单", "被收件人", "收件人拒", "对方拒",
      "对方设置", "每日接收", "接收数量", "接收上限", "收信数量", "收信上限",
    ] + full

  private static let full = [
    "USER IS OVER QUOTA", "收件人邮箱空间", "收件人邮箱超", "MAILBOX IS FULL", "MAILBOX FULL", "INBOX IS FULL",
    "OUT OF STORAGE SPACE", "TO REACH IS OVER QUOTA", "邮箱已满", "信箱已满", "邮箱空间不足", "邮箱容量",
  ]

  private static let doubts = [
    "YOUR", "SENDER", "SENDING", "MAIL FROM", "QUOTA", "EXCEED", "LIMIT", "BLOCK", "RELAYING", "TO RELAY",
    "NOT RELAY", "RELAY NOT", "AUTH", "LOGIN", "PASSWORD", "SPAM", "POLICY", " RATE", " IP ", "DNS", "PTR",
    "TOO MANY", " SENT", "TEMPORAR", "暂时", "稍后", "HOSTNAME", "HOST NAME", "CLIENT", "FROM ADDRESS", "RETURN",
    "REVERSE", "ORIGINATOR", "寄", "来源", "服务器", "客户端", "您", "你", "发", "限", "额", "登录", "验证", "认证", "密码", "频",
  ]

  private static let mailboxes = [
    "USER", "MAILBOX", "RECIPIENT", "ADDRESS", "ALIAS", "MAIL BOX", "EMAIL ACCOUNT", "收件人", "用户", "邮箱", "信箱",
    "地址",
  ]
  private static let gone =
    missing + closed + [
      "INACTIVE", "CLOSED", "UNAVAILABLE", "EXPIRED", "UNRECOGNIZED", "BAD DESTINATION", "SYNTAX",
    ]
  /// An account may be ours, which exists.
  private static let accounts = ["ACCOUNT", "帐号", "账号", "帐户", "账户"]
  private static let missing = [
    "UNKNOWN", "NOT FOUND", "NO SUCH", "INVALID", "NOT EXIST", "NOT A VALID", "NOT KNOWN", "NOT LOCAL",
    "NON-EXISTENT", "NONEXISTENT", "NOT LISTED", "UNROUTEABLE", "UNDELIVERABLE", "DOESN'T HAVE",
    "DOES NOT HAVE", "DELETED", "不存在", "无此", "无效", "没有这个", "已注销", "找不到",
  ]
  /// Of an account that its server has shut.
  private static let closed = [
    "SUSPENDED", "DISABLED", "DEACTIVATED", "LOCKED", "FROZEN", "停用", "禁用", "冻结",
  ]
  /// The sender's account.
  private static let ownAccount = [
    "YOUR ACCOUNT", "YOUR MAILBOX", "SENDER ACCOUNT", "SENDER'S ACCOUNT", "SENDING ACCOUNT", "您的帐", "您的账",
    "您的邮箱", "你的帐", "你的账", "发件帐", "发件账", "发件人帐", "发件人账", "发信帐", "发信账", "不能发信",
  ]
  /// Words that say it by themselves.
  private static let mailboxIsGone = [
    "USER UNKNOWN", "NO MAILBOX HERE", "NO SUCH USER", "NOBODY HERE", "NOT OUR CUSTOMER", "TAKES NO MAIL",
    "DOES NOT ACCEPT MAIL", "DOES NOT LIKE RECIPIENT", "查无此人",
  ]
}

/// A relay's words without the names in them, since a name may be any word: `<outbound@example.org>: User unknown` says
/// nothing about who sends.
public enum RefusalText {
  /// In capitals, without addresses, hosts, links and the recipient's own name.
  static func plain(_ text: String, to recipient: String) -> String {
    let name = recipient.prefix { $0 != "@" }
    return text.withoutWords { isName($0, of: name) }.uppercased()
  }

  /// What two refusals have in common that say the same about two recipients: no names, and no numbers of queues.
  public static func likeness(_ answer: String, to recipient: String) -> String {
    let name = recipient.prefix { $0 != "@" }
    return
      answer.withoutWords { isName($0, of: name) || isIdentifier($0) }
      .lowercased().split { !$0.isLetter }.joined(separator: " ")
  }

  /// An address, a host or its number, or the recipient's name: `user@host`, `smtp3.host:25`, `5.7.1`.
  private static func isName(_ word: Substring, of recipient: Substring) -> Bool {
    let bare = word.drop { marks.contains($0) }
    let end = bare.lastIndex { !marks.contains($0) }.map(bare.index(after:)) ?? bare.endIndex
    let name = bare[..<end]
    return name.contains("@") || name.contains(".") || name == recipient
      || String(name) == recipient.lowercased()
  }

  private static let marks = ".:!?"

  /// `4Q1xyz`, `id=abc`, `xBwaQz`: differs from mail to mail.
  private static func isIdentifier(_ word: Substring) -> Bool {
    word.contains { $0 == "=" || $0.isWholeNumber }
      || zip(word, word.dropFirst()).contains { $0.isLowercase && $1.isUppercase }
  }
}

extension String {
  /// Without links, and without what of its Latin words is to be left out; Chinese is written without spaces around them.
  fileprivate func withoutWords(where isLeftOut: (Substring) -> Bool) -> String {
    var (kept, rest) = ("", self[...])
    while let first = rest.first {
      let word = rest.prefix { $0.isASCII && !" \t<>()[]{}\"',;".contains($0) }
      if word.isEmpty { kept.append(first) }
      let link = word.firstRange(of: "http://") ?? word.firstRange(of: "https://")
      let said = link.map { word[..<$0.lowerBound] } ?? word
      let parts = said.split(separator: ":", omittingEmptySubsequences: false)
      kept += parts.map { isLeftOut($0) ? "" : $0 }.joined(separator: ":")
      rest = rest.dropFirst(max(word.count, 1))
    }
    return kept
  }
}
