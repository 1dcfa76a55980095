import TestSupport

extension Situation {
  /// The relay takes the mail, in whatever way it says so.
  static let taken = [
    Situation(
      "the usual",
      "finalDot accepted 250",
      "sent",
      "250 2.0.0 queued as 4321"),
    Situation(
      "EHLO is unknown, HELO is known", .hello, .say("502 5.5.1 no"),
      "finalDot accepted 250",
      "sent",
      "250 2.0.0 queued as 4321"),
    Situation(
      "a greeting of several lines", .banner, .say("220-peer.example.org\n220-be kind\n220 ESMTP"),
      "finalDot accepted 250",
      "sent",
      "250 2.0.0 queued as 4321"),
    Situation(
      "a greeting of 30,000 bytes", .banner, .say("220 " + String(repeating: "x", count: 30_000)),
      "finalDot accepted 250",
      "sent",
      "250 2.0.0 queued as 4321"),
    Situation(
      "an EHLO reply of 100 lines", .hello,
      .say(String(repeating: "250-X-WORD\n", count: 100) + "250 8BITMIME"),
      "finalDot accepted 250",
      "sent",
      "250 2.0.0 queued as 4321"),
    Situation(
      "a yes of several lines", .finalDot, .say("250-2.0.0 thank you\n250 2.0.0 queued as 99"),
      "finalDot accepted 250",
      "sent",
      "250 2.0.0 thank you 2.0.0 queued as 99"),
    Situation(
      "a yes with another number", .finalDot, .say("251 taken"),
      "finalDot accepted 251",
      "sent",
      "251 taken"),
    Situation(
      "a yes, then the connection closes", .finalDot, .sayAndClose("250 ok"),
      "finalDot accepted 250",
      "sent",
      "250 ok"),
    Situation(
      "a yes of 3,000 letters", .finalDot, .say("250 " + String(repeating: "很", count: 3_000)),
      "finalDot accepted 250",
      "sent",
      "250 很很很很很很很很很很很很很很很很…"),
    Situation(
      "a yes with control and bidi characters", .finalDot, .say("250 ok\u{1B}[31m \u{202E}kcab\u{7}"),
      "finalDot accepted 250",
      "sent",
      "250 ok[31m kcab"),
    Situation(
      "no answer to QUIT", .quit, .stall,
      "finalDot accepted 250",
      "sent",
      "250 2.0.0 queued as 4321"),
    Situation(
      "the connection closes at QUIT", .quit, .close,
      "finalDot accepted 250",
      "sent",
      "250 2.0.0 queued as 4321"),
    Situation(
      "QUIT is answered by garbage", .quit, .say("what?"),
      "finalDot accepted 250",
      "sent",
      "250 2.0.0 queued as 4321"),
  ]
}
