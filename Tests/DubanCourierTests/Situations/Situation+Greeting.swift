import TestSupport

extension Situation {
  /// The conversation ends before the mail is spoken of.
  static let greeting = [
    Situation(
      "busy at the greeting", .banner, .say("421 4.3.2 too busy"),
      "greeting refused 421",
      "retry in 5 min, pause 5 min",
      "421 4.3.2 too busy (greeting) [the relay is busy]"),
    Situation(
      "no service at the greeting", .banner, .say("554 5.3.2 no SMTP service here"),
      "greeting refused 554",
      "retry in 5 min, pause 5 min",
      "554 5.3.2 no SMTP service here (greeting) [the relay is busy]"),
    Situation(
      "closes instead of greeting", .banner, .close,
      "greeting failed",
      "retry in 5 min, pause 5 min",
      "the connection was lost (greeting)"),
    Situation(
      "resets at EHLO", .hello, .reset,
      "hello failed",
      "retry in 5 min, pause 5 min",
      "the connection was lost (EHLO)…"),
    Situation(
      "never greets", .banner, .stall,
      "greeting failed",
      "retry in 5 min, pause 5 min",
      "no answer in time (greeting): …"),
    Situation(
      "greets as a web server", .banner, .sayAndClose("HTTP/1.1 400 Bad Request\nServer: x"),
      "greeting failed",
      "retry in 5 min, pause 5 min",
      "the relay's answer can't be used (greeting); it said “HTTP/1.1 400 Bad Request Server: x”"),
    Situation(
      "greets with noise", .banner, .raw([0, 255, 254, 10, 13, 10, 200]),
      "greeting failed",
      "retry in 5 min, pause 5 min",
      "no answer in time (greeting): …"
    ).with { $0.limit = Situation.shortLimit },
    Situation(
      "an EHLO reply without end", .hello, .say(String(repeating: "250-X-WORD\n", count: 5_000)),
      "hello failed",
      "retry in 5 min, pause 5 min",
      "the relay's answer can't be used (EHLO): …"),
    Situation(
      "neither EHLO nor HELO is known", .hello, .say("502 5.5.1 no"),
      "hello refused 501",
      "retry in 5 min, pause 5 min",
      "501 5.5.4 neither (EHLO) [the relay is busy]"
    ).with {
      $0.script.actions[.oldHello] = .say("501 5.5.4 neither")
    },
    Situation(
      "refuses EHLO for now", .hello, .sayAndClose("421 4.7.0 try again later"),
      "hello refused 421",
      "retry in 5 min, pause 5 min",
      "421 4.7.0 try again later (EHLO) [the relay is busy]"),
    Situation(
      "closes at EHLO", .hello, .close,
      "hello failed",
      "retry in 5 min, pause 5 min",
      "the connection was lost (EHLO)"),
    Situation(
      "no answer to EHLO", .hello, .stall,
      "hello failed",
      "retry in 5 min, pause 5 min",
      "no answer in time (EHLO): …"),
  ]
}
