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
      let found = AttemptMeaning(Self.refusal(reply, at: step))
      #expect(found.rawValue == meaning, "\(step)")
      #expect(found != .badRecipient)
    }
  }

  @Test(
    "words about the mailbox",
    arguments: [
      "550 5.1.1 <owner@example.org>: Recipient address rejected: User unknown in local recipient table",
      "550 Mailbox not found", "550 No such user here", "550 Requested action not taken: mailbox unavailable",
      "550 User suspended", "550 收件人不存在", "554 5.1.1 该邮箱帐号已注销", "550 5.1.10 RecipientNotFound; not found",
      "550 Invalid recipient owner@example.org",
      "550 The email account that you tried to reach does not exist",
    ])
  func mailbox(_ reply: String) {
    #expect(AttemptMeaning(Self.refusal(reply, at: .recipient)) == .badRecipient)
  }

  @Test("a refusal of a recipient in words that tell nothing is asked again before anybody is blamed")
  func doubt() {
    func verdict(attempts: Int, saidOfOthers: Bool) -> DeliveryVerdict {
      RetryPolicy.verdict(
        on: Self.refusal("550 no", at: .recipient), attempts: attempts, queuedAt: Situation.now,
        now: Situation.now,
        jitter: 0, utcOffset: Situation.utcOffset, saidOfOthers: { $0 == "550 no (RCPT TO)" && saidOfOthers })
    }
    #expect(verdict(attempts: 1, saidOfOthers: false).entry == .retry(at: Situation.now.adding(seconds: 300)))
    #expect(verdict(attempts: 1, saidOfOthers: false).relay == .goOn)
    #expect(verdict(attempts: 2, saidOfOthers: false).badRecipient)
    for attempts in 1...9 {
      let both = verdict(attempts: attempts, saidOfOthers: true)
      #expect(!both.badRecipient && both.entry != .giveUp)
      #expect(both.relay == .pause(until: Situation.now.adding(seconds: RetryPolicy.blockedPause)))
    }
  }

  private static func refusal(_ reply: String, at step: AttemptResult.Step) -> AttemptResult {
    var parsed = Reply()
    parsed.append(reply.replacingOccurrences(of: "550-", with: "550 "))
    return AttemptResult(
      step: step, result: .refused, code: parsed.code, enhanced: parsed.enhanced, text: parsed.text)
  }
}
