/// What a relay's words are about, whatever its digits say: the systems of the world agree more about words than about
/// codes.
///
/// Sources: the refusals that NetEase and QQ publish for their mail, and what Postfix, Sendmail, Exim, Exchange and Gmail
/// say. Each list is looked through in this order, since a text that blames the sender often quotes the recipient too.
enum RefusalWords {
  /// What the words are about; nil where they tell nothing.
  ///
  /// - Parameter text: the relay's words without their code.
  static func meaning(_ text: String) -> AttemptMeaning? {
    let text = text.uppercased()
    if let found = tokens.first(where: { text.contains($0.words) }) { return found.meaning }
    // A mailbox that is named first is meant, unless the words go on about who sends.
    let isMailbox = speaksOfMailbox(text)
    return about.first { rule in
      (!isMailbox || rule.outweighsMailbox) && rule.words.contains(where: text.contains)
    }?.meaning
  }

  /// Whether the words say that a mailbox doesn't exist or is closed, in the language of either side.
  static func speaksOfMailbox(_ text: String) -> Bool {
    let text = text.uppercased()
    if mailboxIsGone.contains(where: text.contains) { return true }
    return mailboxes.contains(where: text.contains) && gone.contains(where: text.contains)
  }

  /// Tokens of NetEase, and what its words always mean.
  private static let tokens: [(words: String, meaning: AttemptMeaning)] = [
    ("TOO MUCH FAIL AUTHENTICATION", .loginRefused), ("SMTP AUTH ERROR LIMIT EXCEED", .loginRefused),
    ("AUTHENTICATION IS REQUIRED", .loginRefused), ("AUTHENTICATION REQUIRED", .loginRefused),
    ("CLIENT WAS NOT AUTHENTICATED", .loginRefused),
    ("DT:SUM", .senderRefused),
    ("HL:IHU", .blocked), ("HL:IPB", .blocked), ("HL:ITC", .blocked), ("DT:RBL", .blocked),
    ("MI:SPB", .blocked), ("WM:BLI", .blocked), ("WM:BLU", .blocked),
    ("HL:", .throttled),
    ("MI:SFQ", .quarterHourLimit), ("RP:QRC", .recipientRate), ("MI:STC", .dayLimit), ("RP:TRC", .dayLimit),
    ("MI:DMC", .connectionLimit), ("RP:DRC", .connectionLimit), ("MI:CEL", .connectionLimit),
    ("RP:CEL", .connectionLimit), ("MI:CCL", .connectionLimit), ("RP:CCL", .connectionLimit),
  ]

  private struct Rule {
    let meaning: AttemptMeaning
    /// Whether it holds although a mailbox is named too: “User not permitted to send as …”.
    var outweighsMailbox = false
    let words: [String]
  }

  private static let about = [
    Rule(
      meaning: .helloRefused, outweighsMailbox: true,
      words: [
        "HELO COMMAND REJECTED", "EHLO COMMAND REJECTED", "HELO/EHLO", "INVALID HELO", "INVALID EHLO",
        "BAD HELO", "HELO NAME", "EHLO NAME", "HELO HOST", "HELO REJECTED", "EHLO REJECTED", "HELO DOES NOT",
        "HELO IS", "HELO NOT", "HELO ARGUMENT", "HELO INVALID", "EHLO INVALID", "IN HELO", "IN EHLO",
      ]),
    Rule(
      meaning: .senderRefused, outweighsMailbox: true,
      words: [
        "MUST EQUAL AUTHORIZED USER", "MUST BE SAME AS AUTHORIZATION USER", "NULL SENDER IS NOT ALLOWED",
        "SEND AS", "SENDASDENIED", "SEND-AS", "ON BEHALF OF", "NOT OWNED BY", "SENDER ADDRESS REJECTED",
        "SENDER REJECTED", "SENDER REFUSED", "SENDER DENIED", "SENDER NOT ALLOWED", "SENDER IS NOT ALLOWED",
        "SENDER NOT AUTHORIZED", "UNAUTHORIZED SENDER", "INVALID SENDER", "SENDER VERIFY FAILED",
        "SENDER VERIFICATION FAILED", "SENDER DOMAIN", "NOT AUTHORIZED TO SEND", "NOT ALLOWED TO SEND",
        "NOT PERMITTED TO SEND", "IS NOT VERIFIED", "RELAY ACCESS DENIED", "RELAYING DENIED",
        "UNABLE TO RELAY", "RELAY NOT PERMITTED", "RELAYING NOT ALLOWED", "NOT PERMITTED TO RELAY",
        "RELAYING IS", "OUTBOUND", "发件人地址", "发信人", "限制发信", "禁止发信", "无权发信",
      ]),
    Rule(
      meaning: .dayLimit, outweighsMailbox: true,
      words: [
        "DAILY USER SENDING", "DAILY SENDING", "DAILY LIMIT", "DAILY QUOTA", "DAILY MESSAGE", "DAILY SMTP",
        "PER DAY", "SENDING QUOTA", "SENDING LIMIT", "SUBMISSION QUOTA", "SUBMISSIONQUOTA", "24 HOUR",
        "24-HOUR", "每天", "每日", "当天", "当日", "今日", "数量已达", "已达上限", "达到上限", "OVER QUOTA FOR SENDING",
        "SENDER OVER QUOTA", "SENDER IS OVER QUOTA", "SENDING QUOTA",
      ]),
    Rule(
      meaning: .throttled, outweighsMailbox: true,
      words: [
        "FREQUENC", "RATE LIMIT", "RATE-LIMIT", "RATELIMIT", "RATE EXCEED", "SENDING RATE", "MESSAGE RATE",
        "EXCEEDED THE RATE", "TOO FREQUENT", "TOO FAST", "TOO QUICKLY", "TOO MANY MESSAGES", "TOO MANY MAILS",
        "TOO MANY EMAILS", "TOO MANY CONNECTIONS", "TOO MANY SESSIONS", "TOO MUCH MAIL", "THROTTL",
        "SLOW DOWN", "PER HOUR", "HOURLY", "PER MINUTE", "频率", "过于频繁", "太频繁", "发送过快",
      ]),
    Rule(
      meaning: .blocked, outweighsMailbox: true,
      words: [
        "CLIENT HOST", "BLOCKED USING", "LISTED AT", "LISTED IN", "LISTED BY", "SPAMHAUS", "SPAMCOP",
        "BARRACUDA", "DNSBL", " RBL", "RBL ", "BLACKLIST", "BLACK LIST", "BLOCKLIST", "BLOCK LIST",
        "DENYLIST", "BLOCKED BY", "REPUTATION", "YOUR IP", "THIS IP", "YOUR HOST", "YOUR SERVER",
        "YOUR DOMAIN", "YOUR NETWORK", "IP ADDRESS", "CLIENT IP", "SENDER IP", "SENDING IP", "SOURCE IP",
        "REVERSE DNS", "REVERSE HOSTNAME", "REVERSE LOOKUP", "PTR RECORD", "NO PTR", "HOST NOT ALLOWED",
        "HOST REJECTED", "HOST IS NOT", "THIS HOST", "BANNED SENDING", "SPF ", "DKIM", "DMARC",
        "UNAUTHENTICATED EMAIL", "SUSPICIOUS ACTIVITY", "ACCESS DENIED", "DUE TO POLICY", "黑名单", "IP地址",
        "您的IP", "您的服务器", "该IP",
      ]),
  ]

  private static let mailboxes = [
    "USER", "MAILBOX", "RECIPIENT", "ACCOUNT", "ADDRESS", "ALIAS", "MAIL BOX", "收件人", "用户", "邮箱", "帐号", "账号",
    "信箱", "地址",
  ]
  private static let gone = [
    "UNKNOWN", "NOT FOUND", "NO SUCH", "INVALID", "NOT EXIST", "NOT A VALID", "NOT KNOWN", "NOT LOCAL",
    "SUSPENDED", "DISABLED", "INACTIVE", "CLOSED", "DEACTIVATED", "UNAVAILABLE", "NON-EXISTENT",
    "NONEXISTENT", "NOT LISTED", "UNROUTEABLE", "UNDELIVERABLE", "DOESN'T HAVE", "DOES NOT HAVE", "DELETED",
    "EXPIRED", "LOCKED", "UNRECOGNIZED", "BAD DESTINATION", "SYNTAX", "不存在", "无此", "无效", "没有这个", "停用", "禁用",
    "已注销", "冻结", "找不到",
  ]
  /// Words that say it by themselves.
  private static let mailboxIsGone = [
    "USER UNKNOWN", "NO MAILBOX HERE", "NO SUCH USER", "NOBODY HERE", "NOT OUR CUSTOMER", "TAKES NO MAIL",
    "DOES NOT ACCEPT MAIL", "DOES NOT LIKE RECIPIENT", "查无此人",
  ]
}
