import DubanCourier
import DubanMail
import TestSupport

extension Situation {
  /// Answers to DATA and to the message.
  static let content = [
    Situation(
      "DATA refused for now", .data, .say("451 4.3.0 queue file write error"),
      "data refused 451",
      "retry in 5 min, pause 5 min",
      "451 4.3.0 queue file write error (DATA) [the relay is busy]"),
    Situation(
      "DATA refused", .data, .say("554 5.5.1 no valid recipients"),
      "data refused 554",
      "retry in 5 min, new connection",
      "554 5.5.1 no valid recipients (DATA) [the relay lost track of the conversation]"),
    Situation(
      "a yes that isn't 354", .data, .say("250 ok"),
      "data failed",
      "retry in 5 min, new connection",
      "the relay's answer can't be used (DATA); it said “250 ok”"),
    Situation(
      "closes at DATA", .data, .close,
      "data failed",
      "retry in 5 min, new connection",
      "the connection was lost (DATA)"),
    Situation(
      "no answer to DATA", .data, .stall,
      "data failed",
      "retry in 5 min, new connection",
      "no answer in time (DATA): …"),
    Situation(
      "closes amid a long message", .body, .close,
      "data failed",
      "retry in 5 min, new connection",
      "the connection was lost (DATA)…"
    ).with { $0.message = .forTests(longBody) },
    Situation(
      "resets amid a long message", .body, .reset,
      "data failed",
      "retry in 5 min, new connection",
      "the connection was lost (DATA)…"
    ).with { $0.message = .forTests(longBody) },
    Situation(
      "reads nothing of a long message", .body, .stall,
      "data failed",
      "retry in 5 min, new connection",
      "no answer in time (DATA): …"
    ).with { $0.message = .forTests(longBody) },
    Situation(
      "too big, said amid a long message that it reads no further", .body,
      .sayWhenFull("552 5.3.4 message too big"),
      "data refused 552",
      "give up",
      "552 5.3.4 message too big (DATA)"
    ).with { $0.message = .forTests(longBody) },
    Situation(
      "looks like spam, for now", .finalDot, .say("451 DT:SPM ,please try again"),
      "finalDot refused 451",
      "retry in 5 min",
      "451 DT:SPM ,please try again (end of DATA) [looks like spam to the relay; tried again later]"),
    Situation(
      "looks like spam, for good", .finalDot,
      .say("554 DT:SPM 126 smtp3,xBwa,1671496200,http://mail.163.com/help/help_spam_16.htm"),
      "finalDot refused 554",
      "give up",
      "554 DT:SPM 126 smtp3,xBwa,1671496200,http://mail.163.com/help/help_spam_16.htm (end of DATA)"),
    Situation(
      "the header's sender is another", .finalDot, .say("554 DT:SUM 126 smtp3"),
      "finalDot refused 554",
      "retry in 6 h, stop 6 h",
      "554 DT:SUM 126 smtp3 (end of DATA) [the relay refuses our sender; all sending stops]"),
    Situation(
      "too big", .finalDot, .say("552 Requested mail action aborted: exceeded mailsize limit"),
      "finalDot refused 552",
      "give up",
      "552 Requested mail action aborted: exceeded mailsize limit (end of DATA)"),
    Situation(
      "virus found", .finalDot, .say("554 5.7.1 virus found"),
      "finalDot refused 554",
      "give up",
      "554 5.7.1 virus found (end of DATA)"),
    Situation(
      "recipient unknown only now", .finalDot, .say("550 5.1.1 user unknown"),
      "finalDot refused 550",
      "give up, bad recipient",
      "550 5.1.1 user unknown (end of DATA) [the recipient's address is refused]"),
    Situation(
      "a local error", .finalDot, .say("451 Requested action aborted: local error in processing"),
      "finalDot refused 451",
      "retry in 5 min",
      "451 Requested action aborted: local error in processing (end of DATA)"),
    Situation(
      "the relay's disk is full", .finalDot, .say("452 4.3.1 insufficient system storage"),
      "finalDot refused 452",
      "retry in 5 min, pause 5 min",
      "452 4.3.1 insufficient system storage (end of DATA) [the relay is busy]"),
    Situation(
      "shutting down after the message", .finalDot, .sayAndClose("421 4.3.2 shutting down"),
      "finalDot refused 421",
      "retry in 5 min, pause 5 min",
      "421 4.3.2 shutting down (end of DATA) [the relay is busy]"),
  ]
}
