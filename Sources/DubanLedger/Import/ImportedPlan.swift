public import DubanCore

/// What a plan's text became.
public struct ImportedPlan: Sendable, Equatable {
  /// The ledger: all that is certain. Its owners have no addresses.
  public var ledger: Ledger
  /// Everything that is left out or isn't certain, by line.
  public var findings: [ImportFinding]

  /// Whether a person must look at something.
  public var needsPerson: Bool { findings.contains(where: \.needsPerson) }

  /// The findings as warnings about the file.
  public func diagnostics(file: String) -> [Diagnostic] { findings.map { $0.diagnostic(file: file) } }
}
