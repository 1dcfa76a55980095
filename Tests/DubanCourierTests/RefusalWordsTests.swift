import DubanCore
import Foundation
import Testing

@testable import DubanCourier

/// Whom a refusal is about, by its words: real ones of the big systems, with invented names.
@Suite struct RefusalWordsTests {
  @Test(
    "words about us, at RCPT and behind the final dot",
    arguments: [
      ("550 Ip frequency limited", "throttled"),
      ("550 Connection frequency limited", "throttled"),
      ("550 Mail rejected: sending frequency too high", "throttled"),
      ("501 5.5.4 Invalid domain name in HELO", "helloRefused"),
      ("550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP", "blocked"),
      ("550 5.7.1 Mail frequency limited, please try later", "throttled"),
      ("550 5.7.1 您的发信频率过快", "throttled"),
      ("450 4.7.1 Error: too many mails from 192.0.2.5", "throttled"),
      ("554 5.7.1 <unknown[192.0.2.5]>: Client host rejected: Access denied", "blocked"),
      ("554 5.7.1 Service unavailable; Client host [192.0.2.5] blocked using bl.example.org", "blocked"),
      ("550 5.7.1 Your IP 192.0.2.5 is on our blacklist", "blocked"),
      (
        "550-5.7.26 This mail has been blocked because the sender is unauthenticated. SPF did not pass",
        "blocked"
      ),
      ("554 5.7.1 IP地址在黑名单中", "blocked"),
      ("504 5.5.2 <host>: Helo command rejected: need fully-qualified hostname", "helloRefused"),
      ("550 5.7.1 <localhost>: Helo command rejected: Host not found", "helloRefused"),
      ("550 5.7.60 SMTP; Client does not have permissions to send as this sender", "senderRefused"),
      (
        "554 5.2.252 SendAsDenied; duban@example.org not allowed to send as office@example.org",
        "senderRefused"
      ),
      ("553 5.7.1 <a@example.org>: Sender address rejected: not owned by user b", "senderRefused"),
      ("550 Sender verify failed: no such user a@example.org", "senderRefused"),
      ("550 5.4.5 Daily user sending limit exceeded", "dayLimit"),
      ("554 5.2.0 Submission quota exceeded for this mailbox", "dayLimit"),
      ("501 mail from address must be same as authorization user", "senderRefused"),
    ])
  func us(_ reply: String, _ meaning: String) {
    for step in [AttemptResult.Step.recipient, .data, .finalDot] {
      let found = AttemptMeaning(Self.refusal(reply, at: step), to: Situation.addressee)
      #expect(found.rawValue == meaning, "\(step)")
      #expect(found != .badRecipient)
    }
  }

  @Test(
    "words about the mailbox",
    arguments: [
      "550 5.1.1 <owner@example.org>: Recipient address rejected: User unknown in local recipient table",
      "550 Mailbox not found", "550 No such user here",
      "550 Mailbox is frozen. See http://mail.example.org/err/3/",
      "550 Requested action not taken: mailbox unavailable",
      "550 User suspended", "550 收件人不存在", "554 5.1.1 该邮箱帐号已注销", "550 5.1.10 RecipientNotFound; not found",
      "550 Invalid recipient owner@example.org",
      "550 The email account that you tried to reach does not exist",
    ])
  func mailbox(_ reply: String) {
    #expect(AttemptMeaning(Self.refusal(reply, at: .recipient), to: Situation.addressee) == .badRecipient)
  }

  @Test(
    "words about us that no code gives away, at RCPT and behind the final dot",
    arguments: [
      ("550 您的帐号已被冻结，不能发信", "senderRefused"),
      ("550 5.7.1 Your account has been suspended for sending spam", "senderRefused"),
      ("550 Sender account is locked", "senderRefused"),
      ("553 Relaying disallowed as duban@example.org", "senderRefused"),
      ("551 we do not relay", "senderRefused"),
      ("550 5.7.64 TenantAttribution; Relay Access Denied", "senderRefused"),
      ("550 5.1.8 Access denied, bad outbound sender AS(42003)", "senderRefused"),
      ("553 5.7.1 <a@example.org>: Sender address rejected: not logged in", "senderRefused"),
      ("550 需要身份验证", "loginRefused"), ("550 Unauthenticated senders not allowed", "loginRefused"),
      ("550 Please turn on SMTP Authentication in your mail client.", "loginRefused"),
      ("550 5.1.1 <x@example.org> - 192.0.2.5 has sent to too many recipients this hour. IB607", "throttled"),
      ("550 authentication needed", "loginRefused"),
      ("550 5.4.6 Unusual sending activity detected", "blocked"),
      ("550 5.7.26 This mail has been blocked because the sender is unauthenticated", "blocked"),
      ("550 Domain may not exist or DNS check failed", "blocked"),
      ("554 5.7.0 Blocked - see https://ipcheck.example.org/?ip=192.0.2.5", "blocked"),
      ("550 Suspected spam ip. http://service.example.org/?id=20022", "blocked"),
      ("554 Reject by behaviour spam at Rcpt State(Connection IP address:192.0.2.5)", "blocked"),
      ("550 5.7.606 Access denied, banned sending IP [192.0.2.5]", "blocked"),
      ("554 5.7.1 <x@example.org>: Recipient address rejected: Your IP is blacklisted", "blocked"),
      ("550 5.7.1 part of your network is on our block list (S3150)", "blocked"),
      ("421 4.7.28 detected an unusual rate of unsolicited mail originating from your IP", "blocked"),
      ("550 Ip limited, id=xBwaQz", "throttled"),
      ("550 Domain frequency limited. http://service.example.org", "throttled"),
      ("550 5.1.90 Your message can't be sent because you've reached your daily limit", "dayLimit"),
      ("550 今日发信数量已达上限", "dayLimit"),
      ("554 5.7.1 You have exceeded your message quota", "senderLimit"),
      ("550 5.7.1 Monthly limit exceeded", "senderLimit"),
      ("550 发信超限", "senderLimit"),
      ("550 发送数量超过限制", "senderLimit"),
      ("501 syntactically invalid HELO argument(s)", "helloRefused"),
      ("550 Access denied - Invalid HELO name (See RFC2821 4.1.1.1)", "helloRefused"),
    ])
  func alsoUs(_ reply: String, _ meaning: String) { us(reply, meaning) }

  @Test(
    "words about one recipient, whose rules and limits hold up nobody else",
    arguments: [
      ("550 5.4.1 Recipient address rejected: Access denied", "badRecipient"),
      ("554 5.7.1 <x@example.org>: Recipient address rejected: Access denied", "unclear"),
      ("550 5.7.1 <x@example.org>... Access denied", "unclear"),
      ("550 5.7.1 sender is on the blacklist, blocked by recipient", "unclear"),
      ("550 mailbox temporarily disabled, try again in 24 hours", "unclear"),
      ("550 5.1.1 <x@example.org>... User not listed in Domino Directory", "badRecipient"),
      ("550 5.1.1 No such user at this host", "badRecipient"),
      ("550 5.7.1 Recipient does not accept mail from outbound senders", "unclear"),
      ("550 5.7.129 not authorized to send to the recipient because of its list", "unclear"),
      ("550 5.2.1 mailbox disabled, not accepting messages due to policy", "unclear"),
      ("550 Mailbox unavailable or access denied", "unclear"),
      ("550 5.2.1 The user you are trying to contact is receiving mail at a rate that", "unclear"),
      ("550 收件人每日接收数量已达上限", "unclear"),
      ("550 收件人拒收发信人的邮件", "unclear"),
      ("552 5.2.2 mailbox is full, daily limit of the recipient exceeded", "mailboxFull"),
      ("552 5.2.2 The email account that you tried to reach is over quota", "mailboxFull"),
      ("550 5.1.1 收件人邮箱已满", "mailboxFull"),
      ("450 4.2.1 The user you are trying to contact is receiving mail too quickly", "notNow"),
    ])
  func recipientAlone(_ reply: String, _ meaning: String) {
    let refusal = Self.refusal(reply, at: .recipient)
    #expect(AttemptMeaning(refusal, to: "x@example.org").rawValue == meaning)
    #expect(Self.verdict(on: refusal).relay == .goOn)
  }

  @Test(
    "names and links in the words say nothing",
    arguments: [
      ("outbound", "550 5.1.1 <outbound@example.org>: Recipient address rejected: User unknown"),
      ("dkim", "550 User dkim not found"), ("blacklist", "550 5.1.1 blacklist@example.org... User unknown"),
      ("hourly", "550 No such user: hourly"), ("24-hour", "550 <24-hour@example.org>: no such user"),
      ("x", "550 5.1.1 <x@barracuda-city.example.org>: user unknown"),
      ("x", "550 5.1.1 user unknown; see https://www.spamhaus.org/faq"),
      ("x", "550 5.1.1 no such user (mail.rate-limit.example.org)"),
      ("x", "550 5.1.1 <x@example.org>: User unknown in relay recipient table"),
      ("发信", "550 用户<fx@example.org>不存在"), ("user", "550 5.1.1 User unknown"),
    ])
  func names(_ recipient: String, _ reply: String) {
    let refusal = Self.refusal(reply, at: .recipient)
    #expect(AttemptMeaning(refusal, to: "\(recipient)@example.org") == .badRecipient)
  }

  @Test(
    "what isn't known keeps the mail, marks nobody and holds up nobody, however often it is said",
    arguments: [
      "550 no", "550", "553 sorry", "550 Administrative prohibition", "554 5.7.1 Message rejected",
      "550 5.7.1 TRANSPORT.RULES.RejectMessage; rejected by organization policy", "550 账号异常",
      "554 5.4.4 no route",
      "550 Account suspended", "550 limit exceeded",
      "554 Reject by content spam at Data State", "550 Mail content denied",
      "550 5.1.1 check your mail quota",
      "550 permanent failure for one or more recipients (x@example.org:blocked)", "550 系统拒绝",
      "550 Rejected by header based Anti-Spoofing policy", "550 发件人不存在", "550 寄件人地址无效",
      "550 from address unknown",
      "550 来源地址无效", "550 return address not found", "552 5.7.0 potential security issue",
    ])
  func unknown(_ reply: String) {
    for step in [AttemptResult.Step.recipient, .data, .finalDot] {
      for attempts in 1...40 {
        let verdict = Self.verdict(on: Self.refusal(reply, at: step), attempts: attempts)
        #expect(verdict.entry != .giveUp && !verdict.badRecipient, "\(step)")
      }
    }
    #expect(Self.verdict(on: Self.refusal(reply, at: .recipient)).relay == .goOn)
    #expect(Self.verdict(on: Self.refusal(reply, at: .recipient), age: RetryPolicy.lifetime).entry == .giveUp)
  }

  @Test(
    "two refusals are alike but for names and numbers",
    arguments: [
      ("550 Ip limited, id=xBwaQz (RCPT TO)", "550 Ip limited, id=abcd (RCPT TO)", true),
      ("550 5.1.1 <a@example.org>: no (RCPT TO)", "550 5.1.1 <b@example.org>: no (RCPT TO)", true),
      ("554 Failed 4Q1x smtp3.example.org", "554 Failed 7Zz smtp9.example.org", true),
      ("550 User a refused", "550 User b refused", true),
      ("550 您发送了100封", "550 您发送了200封", true), ("550 no", "550 yes", false),
      ("550 您已超限", "550 您已欠费", false),
    ])
  func likeness(_ one: String, _ other: String, _ areAlike: Bool) {
    let words = (
      RefusalText.likeness(one, to: "a@example.org"), RefusalText.likeness(other, to: "b@example.org")
    )
    #expect((words.0 == words.1) == areAlike, "\(words)")
  }

  private static func verdict(
    on outcome: AttemptResult, attempts: Int = 1, age: Int64 = 0
  ) -> DeliveryVerdict {
    RetryPolicy.verdict(
      on: outcome, to: "x@example.org", attempts: attempts, queuedAt: Situation.now.adding(seconds: -age),
      now: Situation.now, jitter: 0, utcOffset: Situation.utcOffset)
  }

  private static func refusal(_ reply: String, at step: AttemptResult.Step) -> AttemptResult {
    var parsed = Reply()
    parsed.append(reply.replacingOccurrences(of: "550-", with: "550 "))
    return AttemptResult(
      step: step, result: .refused, code: parsed.code, enhanced: parsed.enhanced, text: parsed.text)
  }
}
