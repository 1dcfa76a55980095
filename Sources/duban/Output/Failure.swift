import DubanCore
import DubanDaemon
import DubanOutbox

/// How a command ends when it can't do what was asked: what to print, and the exit code of the contract.
struct Failure: Error {
  /// The exit codes, as scripts rely on them.
  enum Code: Int32 {
    /// Ran, and something is wrong.
    case somethingWrong = 1
    /// Unusable arguments.
    case usage = 2
    /// A file can't be read.
    case unreadable = 66
    /// The relay can't be reached.
    case unreachable = 69
    /// The configuration or ledger is wrong.
    case configuration = 78
  }

  var code: Code
  var lines: [String]

  init(_ code: Code, _ lines: String...) {
    self.code = code
    self.lines = lines
  }

  init(_ code: Code, lines: [String]) {
    self.code = code
    self.lines = lines
  }

  init(_ code: Code, _ diagnostics: [Diagnostic]) {
    self.code = code
    lines = diagnostics.map(\.description)
  }

  /// Turns the outbox's errors into what to print.
  static func translating<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch let error as OutboxError {
      throw Failure(.somethingWrong, "duban: \(error)")
    }
  }
}

/// How a command that delivered ends.
struct DeliveryEnd {
  let report: DeliveryReport

  init(_ report: DeliveryReport) { self.report = report }

  /// Throws when something is wrong: mail that failed, a relay that can't be reached, an outbox out of order.
  func check() throws {
    switch report.end {
    case .outbox(let error): throw Failure(.somethingWrong, "duban: \(error)")
    case .relayClosed:
      throw Failure(
        report.sent == 0 ? .unreachable : .somethingWrong,
        "duban: the relay takes no mail for now; `duban status` has its words, and what is queued goes out later"
      )
    case .drained, .paced, .stopped: break
    }
    if report.failed > 0 {
      throw Failure(
        .somethingWrong, "duban: \(report.failed) mail(s) were given up; `duban history` has the answers")
    }
    if report.deferred > 0 {
      throw Failure(
        report.sent == 0 ? .unreachable : .somethingWrong,
        "duban: \(report.deferred) mail(s) wait for another attempt; `duban queue list` has the answers")
    }
  }
}
