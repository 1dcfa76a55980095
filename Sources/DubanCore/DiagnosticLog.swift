/// What is wrong with a file, as it is found: the first of each severity whole, the rest counted.
///
/// A file can hold millions of mistakes; nobody reads them, and the service has to live through them.
public struct DiagnosticLog: Sendable {
  /// How many of each severity are kept.
  public static let most = 500

  private var kept: [Diagnostic] = []
  private var errors = 0
  private var warnings = 0

  /// A log of these.
  public init(_ diagnostics: [Diagnostic] = []) { append(contentsOf: diagnostics) }

  /// How many were found, kept or not.
  public var count: Int { errors + warnings }

  /// Whether an error was found, kept or not.
  public var hasErrors: Bool { errors > 0 }

  /// How many there are of a severity where they aren't all kept, and what is kept, in the order of finding.
  public var diagnostics: [Diagnostic] {
    guard let file = kept.first?.location.file else { return [] }
    return [(errors, Diagnostic.Severity.error), (warnings, .warning)].filter { $0.0 > Self.most }
      .map { count, severity in
        Diagnostic(
          severity, at: Diagnostic.Location(file: file),
          "\(count) \(severity.rawValue)s, of which the first \(Self.most) are listed",
          help: "mend them and check again")
      } + kept
  }

  /// Notes a diagnostic; it is made only where it will be kept, since its words may take long to find.
  public mutating func append(
    _ severity: Diagnostic.Severity, at location: @autoclosure () -> Diagnostic.Location,
    _ message: @autoclosure () -> String, help: @autoclosure () -> String = ""
  ) {
    if count(severity) { kept.append(Diagnostic(severity, at: location(), message(), help: help())) }
  }

  /// Notes diagnostics that were made before.
  public mutating func append(contentsOf diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics where count(diagnostic.severity) { kept.append(diagnostic) }
  }

  /// Counts one more; whether it is among the first.
  private mutating func count(_ severity: Diagnostic.Severity) -> Bool {
    switch severity {
    case .error:
      errors += 1
      return errors <= Self.most
    case .warning:
      warnings += 1
      return warnings <= Self.most
    }
  }
}
