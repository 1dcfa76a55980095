import Testing

@testable import DubanInbox

/// Mails that came back, as the systems of others word them.
@Suite struct ReturnedMailTests {
  /// What a server answered to RCPT, and what it says of the address.
  static let answers: [(words: String, reason: BounceReason)] = [
    ("550 5.1.1 <a@example.org>: Recipient address rejected: User unknown", .userunknown),
    ("550 No such user here", .userunknown),
    ("550 mailbox not found", .userunknown),
    ("550 Mailbox unavailable or access denied", .suspend), ("550 您的帐号已被冻结，不能发信", .policy),
    ("550 5.7.1 Your account has been suspended for sending", .policy),
    ("550 Sender account is locked", .policy),
    ("550 5.2.1 The email account that you tried to reach is disabled", .suspend),
    ("552 5.2.2 Mailbox full", .full),
    ("452 4.2.2 收件人邮箱空间不足", .full),
    ("552 收件人信箱已滿", .full),
    ("550 5.1.2 Host unknown", .hostunknown),
    ("450 4.2.0 greylisted, try again", .greylisted),
    // What is said of us is no word about the address.
    ("550 Callout verification failed: user unknown: duban@example.net", .policy),
    ("550 5.7.1 sender does not exist in the recipient's address book", .policy),
    ("550 5.7.1 not exist in the recipient's white list", .policy),
    ("550 Reverse lookup of 192.0.2.1 does not exist", .policy),
    ("550 MX record of example.net was not found", .policy),
    ("550 HELO host not found", .policy),
    ("550 Account not found or payment overdue: authentication of sender failed", .policy),
    ("550 5.1.1 no such user, or you are not allowed to send to this group", .policy),
    ("553 From address not verified", .policy),
    ("554 DT:SUM 163 mx10,PMCowA", .policy),
    ("554 DT:SPM 163 mx10,PMCowA", .spam),
    ("550 5.7.1 Mail content denied", .spam),
    ("421 RP:TRC 163 mx10", .ratelimit),
    ("550 RP:RCL 163 mx10", .ratelimit),
    ("550 Ip frequency limited", .ratelimit),
    ("451 Connection timed out", .unreachable),
    ("550 5.4.310 DNS domain example.net does not exist [Message=InfoDomainNonexistent]", .hostunknown),
    ("452 4.3.1 Insufficient system storage", .busy),
    ("all relevant MX records point to non-existent hosts", .hostunknown),
  ]

  @Test(arguments: answers)
  func whatAServerSays(words: String, reason: BounceReason) {
    #expect(BounceReason.read(words, stage: .recipient).reason == reason)
  }

  /// A report of RFC 3464 to duban@example.org about a mail to an address of example.net.
  private func report(_ action: String, _ diagnostic: String) -> [UInt8] {
    let fields =
      "Final-Recipient: rfc822; a@example.net\nAction: \(action)\nStatus: 5.0.0\nDiagnostic-Code: smtp; \(diagnostic)"
    return Array(BounceTests.report("This is the mail system.", fields).utf8)
  }

  private func read(_ mail: [UInt8]) -> MailReading {
    InboxReader(sent: []).read(mail)
  }

  @Test func aReportOfArrivalIsNoBounce() {
    #expect(read(report("delivered", "250 2.0.0 Ok")).kind != .bounce)
    #expect(read(report("relayed", "250 2.0.0 Ok")).kind != .bounce)
    #expect(read(report("failed", "550 no such user (in reply to RCPT TO command)")).kind == .bounce)
    #expect(read(report("delayed", "451 try again")).kind == .delayed)
  }

  @Test func aDomainThatIsntFoundMayBeOurs() {
    let dead = "550 domain example.net doesn't exist (in reply to RCPT TO command)"
    #expect(read(report("failed", dead)).bounces.map(\.permanent) == [true])
    let ours = "550 domain example.org doesn't exist or has no MX (in reply to RCPT TO command)"
    #expect(read(report("failed", ours)).bounces.map(\.permanent) == [false])
  }

  /// Notices of Chinese systems: whether they still try, or have given up.
  static let notices: [(subject: String, text: String, kind: MailReading.Kind)] = [
    ("邮件延迟通知", "您发给 a@example.net 的邮件暂时未能投递，系统将继续尝试，无需重新发送。\n原因：连接对方服务器超时", .delayed),
    ("邮件延迟", "您发给 a@example.net 的邮件暂时无法送达，系统会继续重试。原因：连接超时", .delayed),
    ("邮件投递延迟", "您发给 a@example.net 的邮件尚未投递成功，系统将在48小时内继续重试。\n原因：对方服务器繁忙", .delayed),
    ("邮件投递延迟", "a@example.net 尚未投递成功，系统将在48小时内继续重试。对方服务器繁忙（421 Service busy）", .delayed),
    ("系统通知", "以下收件人的投递被延迟：\n\na@example.net\n\n系统将继续尝试。", .delayed),
    ("系统通知", "您发给 a@example.net 的邮件还未送达，我们会继续尝试投递，您不需要重新发送。", .delayed),
    ("系统通知", "您发给 a@example.net 的邮件没有投递成功，系统已放弃投递。", .bounce),
    ("系统通知", "您发给 a@example.net 的邮件多次投递失败，系统不再继续尝试。", .bounce),
    ("系统通知", "您发给 a@example.net 的邮件被退回，请核对后重新发送。", .bounce),
    ("系统通知", "您发给 a@example.net 的邮件投递成功，无需重试。", .unrelated),
    ("系统通知", "您发给 a@example.net 的邮件投递延迟，系统将在48小时内自动重试，届时仍未成功将退回。", .delayed),
    ("系统通知", "您发给 a@example.net 的邮件连接超时，无法送达，您不必重新发送，系统仍在重试。", .delayed),
    ("系统通知", "您发给 a@example.net 的邮件投递延迟，系统会继续尝试投递。如5天内仍未送达，系统将停止投递并退信。", .delayed),
    ("系统通知", "您发给 a@example.net 的邮件无法送达，请耐心等待，系统将继续尝试投递。", .delayed),
    ("系统通知", "您发给 a@example.net 的邮件无法送达。您可以更换地址继续投递。", .bounce),
    ("退信通知", "您发给 a@example.net 的邮件未能送达，对方服务器连接超时，系统没有继续尝试。", .bounce),
    ("系统通知", "您发给 a@example.net 的邮件无法送达，系统已停止继续投递。", .bounce),
    ("系统通知", "您发给 a@example.net 的邮件无法送达，系统将无法自动重试。", .bounce),
    ("系统通知", "您发给 a@example.net 的邮件无法送达，经多次尝试，投递延迟后退回。", .bounce),
    ("系统通知", "您发给 a@example.net 的邮件无法送达，系统继续尝试投递，但对方服务器始终无响应，邮件退回。", .bounce),
    ("系统通知", "您发给 a@example.net 的邮件无法送达，投递延迟，系统不会再投递。", .bounce),
    ("系统通知", "您发给 a@example.net 的邮件无法送达，投递延迟，投递现已中止。", .bounce),
    ("系统通知", "您发给 a@example.net 的邮件被退回。\n原因：对方邮箱已满，经多次投递延迟仍失败", .bounce),
  ]

  /// What is said beside a promise to go on, and ends nothing.
  static let promises: [(subject: String, text: String, kind: MailReading.Kind)] = [
    "暂未送达，系统将在5天内多次重试，如最终失败会通知您", "投递延迟，系统已多次重试，将继续重试至1月2日", "投递延迟，邮件不会丢失，系统将继续重试",
    "投递延迟，不会影响其他收件人，系统将继续重试", "投递延迟，系统不会停止重试，请耐心等待", "投递延迟，对方服务器已停止响应，系统将继续重试",
    "投递延迟，对方服务器中止了连接，系统将继续重试", "投递延迟。若3天内仍未能送达，邮件将被退回，届时不会再重试",
    "投递延迟，系统将在24小时内重试，如仍失败邮件将被退回", "投递延迟，邮件不会被退回，系统将继续重试",
    "投递延迟。系统还会重试；如急需，建议您电话联系后重试",
  ].map { ("系统通知", "您发给 a@example.net 的邮件\($0)。", .delayed) }

  @Test(arguments: notices + promises)
  func whetherASystemStillTries(subject: String, text: String, kind: MailReading.Kind) {
    let mail = "From: MAILER-DAEMON@mx.example.net\nTo: duban@example.org\nSubject: \(subject)\n\n\(text)\n"
    let reading = read(Array(mail.utf8))
    #expect(reading.kind == kind)
    #expect(reading.bounces.map(\.recipient) == (kind == .unrelated ? [] : ["a@example.net"]))
    #expect(reading.bounces.allSatisfy { $0.final == (kind == .bounce) && !$0.permanent })
  }

  /// What stands below a refusal: advice, and that nothing more is tried. The address is dead all the same.
  @Test(arguments: [
    "系统将不会重试。", "系统不会再次重试，请核对地址。", "请将地址改正后重试。", "收件人不存在，建议您将邮件地址更正后重试。",
    "会自动重试3次，均告失败，邮件已退回。", "请核对地址，无需重新发送。", "投递已超过延迟时限，邮件被退回。",
    "系统正在重试期间仍未成功，已终止投递。", "系统将继续尝试。",
  ])
  func adviceIsNoPromise(words: String) {
    let text = "您的邮件无法送达 a@example.net\n550 5.1.1 User unknown\n\(words)"
    let reading = read(Self.notice("退信通知", text))
    #expect(reading.kind == .bounce)
    #expect(reading.bounces.map(\.permanent) == [true] && reading.bounces.allSatisfy(\.final))
  }

  /// Exim's warning names nothing but the address, and calls itself an automatic reply.
  @Test func aWarningIsADelay() {
    let mail = """
      From: Mail Delivery System <Mailer-Daemon@mx.example.net>
      Subject: Warning: message 1p1abc-0001 delayed 24 hours
      Auto-Submitted: auto-replied

      A message that you sent has not yet been delivered to one or more of its
      recipients after more than 24 hours on the queue on mx.example.net.

      The address to which the message has not yet been delivered is:

        a@example.net
          Delay reason: Connection timed out
      """
    let reading = read(Array(mail.utf8))
    #expect(reading.kind == .delayed)
    #expect(reading.bounces.map(\.recipient) == ["a@example.net"])
    #expect(reading.bounces.map(\.reason) == [.unreachable])
  }

  /// A system's own words, without a code and without a command that they answer.
  @Test func theSystemsOwnWords() {
    let said = BounceReason.read("Sorry.\n\n<a@example.net>:\nThis address no longer accepts mail.")
    #expect(said.reason == .userunknown)
    #expect(BounceReason.read("all relevant MX records point to non-existent hosts").reason == .hostunknown)
  }

  /// Words of an address that is dead, and whether it is so for certain.
  @Test(arguments: [
    ("5.1.1", "550 5.1.1 no such user", true), ("5.0.0", "550 No such user here", false),
    ("5.7.1", "550 5.7.1 User email address is marked as invalid", false),
    ("5.4.1", "550 5.4.1 [a@example.net]: Recipient address rejected: Access denied. AS(201806281)", true),
    ("5.1.1", "550 5.1.1 收件人暂时不可用，请稍后再试", false), ("5.1.2", "450 4.1.2 Domain not found", false),
    ("5.1.1", "550 5.1.1 unknown user. 收件方地址不存在，或暂时不可用", true),
    ("5.4.3", "451 4.4.3 DNS lookup failure SERVFAIL", false), ("5.0.0", "550 收件人不存在", true),
  ])
  func whetherAnAddressIsDead(status: String, words: String, isCertain: Bool) {
    let reading = BounceReason.read(words, status: status)
    #expect((reading.reason.isPermanent && reading.isCertain) == isCertain)
    #expect(reading.reason != .policy)
  }

  private static func notice(_ subject: String, _ text: String) -> [UInt8] {
    Array(
      """
      From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
      To: duban@example.org
      Subject: \(subject)
      Auto-Submitted: auto-replied
      Content-Type: text/plain; charset=utf-8

      \(text)
      """.utf8)
  }

  @Test func aNoticeOfSuccessIsNoBounce() {
    let text = """
      Your message was successfully delivered to the destination(s) listed below.

      <a@example.net>: delivery via local: delivered to mailbox
      """
    #expect(read(Self.notice("Successful Mail Delivery Report", text)).kind == .auto)
  }

  /// A text about two addresses says of each its own.
  @Test(arguments: [
    ("以下收件人已收到：a@example.net\n以下收件人失败：b@example.net（用户不存在）", ["b@example.net userunknown"]),
    ("a@example.net 用户不存在\nb@example.net 邮箱已满", ["a@example.net userunknown", "b@example.net full"]),
  ])
  func whatATextSaysOfEach(text: String, says: [String]) {
    let bounces = read(Self.notice("系统退信", text)).bounces
    #expect(bounces.map { "\($0.recipient ?? "") \($0.reason.rawValue)" } == says)
  }

  @Test func adviceIsNoReason() {
    let page = "无法发送到 luojing@example.org\n退信原因：对方邮件服务器连接超时\n解决方案：系统繁忙时请稍后再试，或确认收件人不存在"
    let mail =
      "From: PostMaster@qq.example.net\nTo: duban@example.net\nSubject: 来自企业邮箱的退信\nContent-Type: text/plain; charset=utf-8\n\n\(page)\n"
    #expect(read(Array(mail.utf8)).bounces.map(\.reason) == [.unreachable])
  }
}
