import TestSupport

extension Situation {
  /// Answers to MAIL FROM, and NetEase's limits.
  static let sender = [
    Situation(
      "another sender than the login", .mail, .say("553 Mail from must equal authorized user"),
      "mailFrom refused 553",
      "retry in 6 h, stop 6 h",
      "553 Mail from must equal authorized user (MAIL FROM) [the relay refuses our sender; all sending stops]"
    ),
    Situation(
      "sender suspended", .mail, .say("550 User suspended"),
      "mailFrom refused 550",
      "retry in 6 h, stop 6 h",
      "550 User suspended (MAIL FROM) [the relay refuses our sender; all sending stops]"),
    Situation(
      "sender's domain refused", .mail, .say("550 5.1.8 sender address rejected: domain not found"),
      "mailFrom refused 550",
      "retry in 6 h, stop 6 h",
      "550 5.1.8 sender address rejected: domain not found (MAIL FROM) [the relay refuses our sender; all sending stops]"
    ),
    Situation(
      "sender refused by policy", .mail, .say("550 5.7.1 sender not allowed"),
      "mailFrom refused 550",
      "retry in 6 h, stop 6 h",
      "550 5.7.1 sender not allowed (MAIL FROM) [the relay refuses our sender; all sending stops]"),
    Situation(
      "authentication is required", .mail, .say("553 Requested action not taken: authentication is required"),
      "mailFrom refused 553",
      "retry in 6 h, stop 6 h",
      "553 Requested action not taken: authentication is required (MAIL FROM) [the login is refused; all sending stops]"
    ),
    Situation(
      "limit of the quarter of an hour", .mail, .say("451 MI:SFQ 126 smtp3,xBwa,1671496200"),
      "mailFrom refused 451",
      "retry in 15 min, pause 15 min",
      "451 MI:SFQ 126 smtp3,xBwa,1671496200 (MAIL FROM) [the relay's limit of 15 minutes is reached]"),
    Situation(
      "limit of the day, said at MAIL", .mail, .say("550 MI:STC 126 smtp3,xBwa,1671496200"),
      "mailFrom refused 550",
      "retry in 945 min, pause 945 min",
      "550 MI:STC 126 smtp3,xBwa,1671496200 (MAIL FROM) [the relay's limit of the day is reached; nothing more until tomorrow]"
    ),
    Situation(
      "this connection's limit", .mail, .say("451 MI:DMC 126 smtp3,xBwa,1671496200"),
      "mailFrom refused 451",
      "retry in 5 min, new connection",
      "451 MI:DMC 126 smtp3,xBwa,1671496200 (MAIL FROM) [the relay's limit of one connection is reached]"),
    Situation(
      "too many wrong commands", .mail, .say("450 MI:CEL 126 smtp3"),
      "mailFrom refused 450",
      "retry in 5 min, new connection",
      "450 MI:CEL 126 smtp3 (MAIL FROM) [the relay's limit of one connection is reached]"),
    Situation(
      "throttled: too many connections", .mail, .say("421 HL:ICC 126 smtp3"),
      "mailFrom refused 421",
      "retry in 5 min, pause 5 min",
      "421 HL:ICC 126 smtp3 (MAIL FROM) [the relay throttles our network address]"),
    Situation(
      "throttled: reputation", .banner, .say("421 HL:REP 126 smtp3"),
      "greeting refused 421",
      "retry in 5 min, pause 5 min",
      "421 HL:REP 126 smtp3 (greeting) [the relay throttles our network address]"),
    Situation(
      "blocked address", .banner, .say("554 HL:IPB 126 smtp3"),
      "greeting refused 554",
      "retry in 4 h, pause 4 h",
      "554 HL:IPB 126 smtp3 (greeting) [the relay blocks our network address or sender]"),
    Situation(
      "suspended address", .mail, .say("554 HL:IHU 126 smtp3"),
      "mailFrom refused 554",
      "retry in 4 h, pause 4 h",
      "554 HL:IHU 126 smtp3 (MAIL FROM) [the relay blocks our network address or sender]"),
    Situation(
      "mail too big, said at MAIL", .mail, .say("552 5.3.4 message size exceeds limit"),
      "mailFrom refused 552",
      "give up",
      "552 5.3.4 message size exceeds limit (MAIL FROM)"),
    Situation(
      "a system error at MAIL", .mail, .say("451 4.3.0 temporary lookup failure"),
      "mailFrom refused 451",
      "retry in 5 min, pause 5 min",
      "451 4.3.0 temporary lookup failure (MAIL FROM) [the relay is busy]"),
    Situation(
      "MAIL out of order", .mail, .say("503 5.5.1 nested MAIL command"),
      "mailFrom refused 503",
      "retry in 5 min, new connection",
      "503 5.5.1 nested MAIL command (MAIL FROM) [the relay lost track of the conversation]"),
    Situation(
      "shutting down at MAIL", .mail, .sayAndClose("421 4.3.2 shutting down"),
      "mailFrom refused 421",
      "retry in 5 min, pause 5 min",
      "421 4.3.2 shutting down (MAIL FROM) [the relay is busy]"),
    Situation(
      "closes at MAIL", .mail, .close,
      "mailFrom failed",
      "retry in 5 min, new connection",
      "the connection was lost (MAIL FROM)"),
    Situation(
      "resets at MAIL", .mail, .reset,
      "mailFrom failed",
      "retry in 5 min, new connection",
      "the connection was lost (MAIL FROM)…"),
    Situation(
      "no answer to MAIL", .mail, .stall,
      "mailFrom failed",
      "retry in 5 min, new connection",
      "no answer in time (MAIL FROM): …"),
  ]
}
