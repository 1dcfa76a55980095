public import DubanCore

/// What came of reading a ledger.
public struct LedgerReading: Sendable, Equatable {
  /// The checked ledger; nil when ``diagnostics`` holds an error.
  public var ledger: Ledger?
  /// Everything that is wrong, in the files' order.
  public var diagnostics: [Diagnostic]
  /// The tables that the ledger names, whether or not they could be read.
  public var tables: [String] = []
  /// How each of them looked before it was opened.
  public var tableStamps: [FileStamp] = []

  /// A ledger with what was noticed while reading it.
  public init(ledger: Ledger?, diagnostics: [Diagnostic]) {
    self.ledger = ledger
    self.diagnostics = diagnostics
  }
}
