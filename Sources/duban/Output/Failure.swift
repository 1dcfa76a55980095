import DubanCore
import DubanDaemon
import DubanLedger
import DubanOutbox
import Foundation

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

  /// How a command ends by that error; nil where it is ArgumentParser's.
  init?(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as OutboxError: self.init(.somethingWrong, "duban: \(error)")
    case let error where error is CocoaError || error is POSIXError || type(of: error) == NSError.self:
      self.init(.somethingWrong, "duban: \(SystemWords.of(error))")
    default: return nil
    }
  }
}
