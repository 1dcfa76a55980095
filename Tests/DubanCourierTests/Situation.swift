import DubanCore
import DubanCourier
import DubanMail
import TestSupport
import Testing

/// One row of the delivery table: what the relay does, and all that follows from it at a first attempt.
struct Situation: Sendable, CustomTestStringConvertible {
  var name: String
  var script: PeerScript
  /// `STEP RESULT CODE`.
  var outcome: String
  /// What becomes of the entry and the relay; see ``words(_:)``.
  var verdict: String
  /// What the person sees: the whole answer, or its beginning where it ends in `…`.
  var answer: String
  var security = Relay.Security.none
  var certificate = TestCertificate.Kind.good
  var user: String? = nil
  var message = Message.forTests()
  /// The limit for the whole message in milliseconds, for peers that stall.
  var limit = 30_000
  /// The limit for the rest of an answer in milliseconds.
  var pause = 10_000

  /// Long enough to get as far as the stall on a busy machine.
  static let shortLimit = 1_000

  /// A peer that does `action` at `step`.
  init(
    _ name: String, _ step: PeerScript.Step, _ action: PeerScript.Action, _ outcome: String,
    _ verdict: String,
    _ answer: String
  ) {
    self.init(name, outcome, verdict, answer)
    script.actions[step] = action
    if action == .stall { limit = Self.shortLimit }
  }

  /// A peer that takes everything.
  init(_ name: String, _ outcome: String, _ verdict: String, _ answer: String) {
    self.name = name
    self.script = PeerScript()
    (self.outcome, self.verdict, self.answer) = (outcome, verdict, answer)
  }

  static let all = [taken, greeting, encryption, login, sender, recipient, content, unknown].flatMap(\.self)

  /// More than the buffers of a connection on loopback hold, so that sending it takes a peer that reads.
  static let longBody = String(repeating: String(repeating: "x", count: 78) + "\r\n", count: 200_000)

  var testDescription: String { name }

  func with(_ change: (inout Situation) -> Void) -> Situation {
    var copy = self
    change(&copy)
    return copy
  }

  /// Whom the mails of the tests are for.
  static let addressee = "owner@example.org"
  /// A moment of the tests: 2022-12-20T08:30:00+08:00.
  static let now = Timestamp(seconds: 1_671_496_200)
  /// China's clock.
  static let utcOffset = 28_800

  /// A verdict in few words, with waits counted from ``now``.
  static func words(_ verdict: DeliveryVerdict) -> String {
    let entry =
      switch verdict.entry {
      case .sent: "sent"
      case .giveUp: "give up"
      case .retry(let at): "retry in \(duration(at))"
      }
    let relay: String? =
      switch verdict.relay {
      case .goOn: nil
      case .newConnection: "new connection"
      case .pause(let until): "pause \(duration(until))"
      case .stop(let until): "stop \(duration(until))"
      }
    return [
      entry, relay, verdict.possiblyDelivered ? "may have arrived" : nil,
      verdict.badRecipient ? "bad recipient" : nil,
    ].compactMap(\.self).joined(separator: ", ")
  }

  private static func duration(_ moment: Timestamp) -> String {
    let seconds = moment.seconds - now.seconds
    return seconds % 3600 == 0
      ? "\(seconds / 3600) h" : seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds) s"
  }

  /// An outcome in few words.
  static func words(_ outcome: AttemptResult) -> String {
    "\(outcome.step) \(outcome.result)" + (outcome.code.map { " \($0)" } ?? "")
  }
}
