import TestSupport

extension Situation {
  /// Answers to RCPT TO.
  static let recipient = [
    Situation(
      "unknown at NetEase", .recipient, .say("550 Invalid User"),
      "recipient refused 550",
      "give up, bad recipient",
      "550 Invalid User (RCPT TO) [the recipient's address is refused]"),
    Situation(
      "unknown, said in GBK", .recipient,
      .raw(Array("550 ".utf8) + [0xD3, 0xCA, 0xCF, 0xE4, 0xB2, 0xBB, 0xB4, 0xE6, 0xD4, 0xDA, 0x0D, 0x0A]),
      "recipient refused 550",
      "give up, bad recipient",
      "550 邮箱不存在 (RCPT TO) [the recipient's address is refused]"),
    Situation(
      "suspended at NetEase", .recipient, .say("550 User suspended"),
      "recipient refused 550",
      "give up, bad recipient",
      "550 User suspended (RCPT TO) [the recipient's address is refused]"),
    Situation(
      "unknown elsewhere", .recipient,
      .say("550 5.1.1 <owner@example.org>: Recipient address rejected: User unknown"),
      "recipient refused 550",
      "give up, bad recipient",
      "550 5.1.1 <owner@example.org>: Recipient address rejected: User unknown (RCPT TO) [the recipient's address is refused]"
    ),
    Situation(
      "no such domain", .recipient, .say("556 5.1.10 domain takes no mail"),
      "recipient refused 556",
      "give up, bad recipient",
      "556 5.1.10 domain takes no mail (RCPT TO) [the recipient's address is refused]"),
    Situation(
      "an address that the relay can't read", .recipient, .say("501 5.1.3 bad recipient address syntax"),
      "recipient refused 501",
      "give up, bad recipient",
      "501 5.1.3 bad recipient address syntax (RCPT TO) [the recipient's address is refused]"),
    Situation(
      "moved away", .recipient, .say("551 User not local; please try <a@example.org>"),
      "recipient refused 551",
      "give up, bad recipient",
      "551 User not local; please try <a@example.org> (RCPT TO) [the recipient's address is refused]"),
    Situation(
      "a digit alone", .recipient, .say("550 no"),
      "recipient refused 550",
      "retry in 5 min",
      "550 no (RCPT TO) [the relay doesn't say whom it means; tried again later]"),
    Situation(
      "a bare code", .recipient, .say("550"),
      "recipient refused 550",
      "retry in 5 min",
      "550 (RCPT TO) [the relay doesn't say whom it means; tried again later]"),
    Situation(
      "too often, at QQ", .recipient, .say("550 Ip frequency limited. http://service.example.org/?id=28"),
      "recipient refused 550",
      "retry in 5 min, pause 5 min",
      "550 Ip frequency limited. http://service.example.org/?id=28 (RCPT TO) [the relay throttles our network address]"
    ),
    Situation(
      "our host, at Postfix", .recipient,
      .say("554 5.7.1 <unknown[192.0.2.5]>: Client host rejected: Access denied"),
      "recipient refused 554",
      "retry in 4 h, pause 4 h",
      "554 5.7.1 <unknown[192.0.2.5]>: Client host rejected: Access denied (RCPT TO) [the relay blocks our network address or sender]"
    ),
    Situation(
      "our name, at Postfix", .recipient,
      .say("504 5.5.2 <host>: Helo command rejected: need fully-qualified hostname"),
      "recipient refused 504",
      "retry in 6 h, stop 6 h",
      "504 5.5.2 <host>: Helo command rejected: need fully-qualified hostname (RCPT TO) [the relay refuses the name that we greet with (relay.helo); all sending stops]"
    ),
    Situation(
      "mailbox closed", .recipient, .say("550 5.2.1 mailbox disabled"),
      "recipient refused 550",
      "give up, bad recipient",
      "550 5.2.1 mailbox disabled (RCPT TO) [the recipient's address is refused]"),
    Situation(
      "mailbox full, for now", .recipient, .say("452 4.2.2 over quota"),
      "recipient refused 452",
      "retry in 5 min",
      "452 4.2.2 over quota (RCPT TO) [the recipient's mailbox is full]"),
    Situation(
      "mailbox full, says it is final", .recipient, .say("552 5.2.2 over quota"),
      "recipient refused 552",
      "retry in 5 min",
      "552 5.2.2 over quota (RCPT TO) [the recipient's mailbox is full]"),
    Situation(
      "greylisted", .recipient, .say("450 4.7.1 greylisted, try again in 300 seconds"),
      "recipient refused 450",
      "retry in 5 min",
      "450 4.7.1 greylisted, try again in 300 seconds (RCPT TO)"),
    Situation(
      "refused by policy", .recipient, .say("554 5.7.1 not accepted here"),
      "recipient refused 554",
      "retry in 5 min",
      "554 5.7.1 not accepted here (RCPT TO) [the relay doesn't say whom it means; tried again later]"),
    Situation(
      "relaying denied", .recipient, .say("554 5.7.1 <owner@example.org>: Relay access denied"),
      "recipient refused 554",
      "retry in 6 h, stop 6 h",
      "554 5.7.1 <owner@example.org>: Relay access denied (RCPT TO) [the relay refuses our sender; all sending stops]"
    ),
    Situation(
      "the sender refused, said at RCPT", .recipient,
      .say("553 5.7.1 <a@example.org>: Sender address rejected: not owned by user b@example.org"),
      "recipient refused 553",
      "retry in 6 h, stop 6 h",
      "553 5.7.1 <a@example.org>: Sender address rejected: not owned by user b@example.org (RCPT TO) [the relay refuses our sender; all sending stops]"
    ),
    Situation(
      "too many recipients lately", .recipient, .say("451 RP:QRC 126 smtp3"),
      "recipient refused 451",
      "retry in 5 min, pause 5 min",
      "451 RP:QRC 126 smtp3 (RCPT TO) [too many recipients in a short time]"),
    Situation(
      "limit of the day, said at RCPT", .recipient, .say("550 RP:TRC 126 smtp3"),
      "recipient refused 550",
      "retry in 945 min, pause 945 min",
      "550 RP:TRC 126 smtp3 (RCPT TO) [the relay's limit of the day is reached; nothing more until tomorrow]"),
    Situation(
      "limit of the day, with other digits", .recipient, .say("451 RP:TRC 126 smtp3"),
      "recipient refused 451",
      "retry in 945 min, pause 945 min",
      "451 RP:TRC 126 smtp3 (RCPT TO) [the relay's limit of the day is reached; nothing more until tomorrow]"),
    Situation(
      "this connection's recipients", .recipient, .say("450 RP:DRC 126 smtp3"),
      "recipient refused 450",
      "retry in 5 min, new connection",
      "450 RP:DRC 126 smtp3 (RCPT TO) [the relay's limit of one connection is reached]"),
    Situation(
      "too many recipients", .recipient, .say("452 4.5.3 too many recipients"),
      "recipient refused 452",
      "retry in 5 min, new connection",
      "452 4.5.3 too many recipients (RCPT TO) [the relay's limit of one connection is reached]"),
    Situation(
      "the enhanced status contradicts the digit", .recipient, .say("450 5.1.1 odd"),
      "recipient refused 450",
      "retry in 5 min",
      "450 5.1.1 odd (RCPT TO)"),
    Situation(
      "closes at RCPT", .recipient, .close,
      "recipient failed",
      "retry in 5 min, new connection",
      "the connection was lost (RCPT TO)"),
    Situation(
      "no answer to RCPT", .recipient, .stall,
      "recipient failed",
      "retry in 5 min, new connection",
      "no answer in time (RCPT TO): …"),
    Situation(
      "an answer that is none", .recipient, .sayAndClose("maybe"),
      "recipient failed",
      "retry in 5 min, new connection",
      "the relay's answer can't be used (RCPT TO); it said “maybe”"),
    Situation(
      "an answer without end", .recipient, .say(String(repeating: "250-more\n", count: 8_000)),
      "recipient failed",
      "retry in 5 min, new connection",
      "the relay's answer can't be used (RCPT TO): a reply of more than 65536 bytes; it said “250-more 250-more …"
    ),
    Situation(
      "a no that a yes closes", .recipient, .say("550-5.1.1 no such user\n250 ok"),
      "recipient failed",
      "retry in 5 min, new connection",
      "the relay's answer can't be used (RCPT TO)…"),
  ]
}
