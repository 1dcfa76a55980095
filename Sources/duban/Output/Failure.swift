import DubanCore
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
