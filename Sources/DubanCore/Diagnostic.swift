/// Something wrong in a file, where it is and what to do about it.
///
/// Shape: `FILE:LINE:COLUMN: error|warning: message; help`, or `FILE[SHEET]!C12:` for a spreadsheet.
public struct Diagnostic: Sendable, Hashable {
  /// What a diagnostic means for the service.
  public enum Severity: String, Sendable, Hashable {
    /// The file can't be relied on.
    case error
    /// The rest is sound.
    case warning
  }

  /// A place in a file; every part but the file may be unknown.
  ///
  /// Small, since every text of a ledger has one until the ledger is checked: 16 bytes, and the file's name once for all
  /// places that were made of one another (``at(line:column:)``).
  public struct Location: Sendable, Hashable {
    private final class Source: Sendable {
      let file: String
      let sheet: String?

      init(_ file: String, _ sheet: String?) { (self.file, self.sheet) = (file, sheet) }
    }

    private let source: Source
    /// From 1; 0 where it isn't known.
    private let place: (line: UInt32, column: UInt32)

    /// The file's path, as the user named it.
    public var file: String { source.file }
    /// The sheet of a spreadsheet.
    public var sheet: String? { source.sheet }
    /// The line or row, from 1.
    public var line: Int? { place.line == 0 ? nil : Int(place.line) }
    /// The column, from 1, in characters (in cells for a spreadsheet).
    public var column: Int? { place.column == 0 ? nil : Int(place.column) }

    package init(file: String, sheet: String? = nil, line: Int? = nil, column: Int? = nil) {
      self.init(Source(file, sheet), line, column)
    }

    private init(_ source: Source, _ line: Int?, _ column: Int?) {
      self.source = source
      place = (UInt32(clamping: line ?? 0), UInt32(clamping: column ?? 0))
    }

    /// Another place in the same file and sheet.
    public func at(line: Int?, column: Int? = nil) -> Location { Location(source, line, column) }

    /// Whether both are the same place of files of the same name.
    public static func == (left: Location, right: Location) -> Bool {
      left.place == right.place
        && (left.source === right.source || left.file == right.file && left.sheet == right.sheet)
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(source.file)
      hasher.combine(source.sheet)
      hasher.combine(place.line)
      hasher.combine(place.column)
    }
  }

  /// Where it was found, as far as that is known.
  public var location: Location
  /// Whether the file can be relied on all the same.
  public var severity: Severity
  /// What is wrong, with the text; English, quoting the file's own words.
  public var message: String
  /// What was expected, or what to do; empty where the message says it all.
  public var help: String

  /// Line breaks and control characters, which quoted text may hold, become spaces: a
  /// diagnostic is one line, and what is in a file can't reach the terminal as a command (``CleanText/visible(_:)``).
  public init(_ severity: Severity, at location: Location, _ message: String, help: String = "") {
    self.severity = severity
    self.location = location
    self.message = CleanText.visible(message)
    self.help = CleanText.visible(help)
  }
}

extension Diagnostic.Location: CustomStringConvertible {
  /// `FILE:LINE:COLUMN`, or `FILE[SHEET]!C12` for a spreadsheet, as far as each part is known.
  public var description: String {
    if let sheet {
      guard let line else { return "\(file)[\(sheet)]" }
      return "\(file)[\(sheet)]!\(column.map(Self.columnName) ?? "")\(line)"
    }
    return ([file] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
  }

  /// The letters of a spreadsheet's column: 1 is A, 27 is AA.
  public static func columnName(_ column: Int) -> String {
    var (name, rest) = ("", column)
    while rest > 0 {
      let (quotient, remainder) = (rest - 1).quotientAndRemainder(dividingBy: 26)
      name = String(UnicodeScalar(UInt8(65 + remainder))) + name
      rest = quotient
    }
    return name
  }
}

/// So that a `Result` can hold one.
extension Diagnostic: Error {}

extension Diagnostic: CustomStringConvertible {
  /// One line, as it goes to standard error.
  public var description: String {
    "\(location): \(severity.rawValue): \(message)\(help.isEmpty ? "" : "; \(help)")"
  }
}

extension Diagnostic {
  /// The same where the severity is said otherwise.
  public var withoutSeverity: String { "\(location): \(message)\(help.isEmpty ? "" : "; \(help)")" }
}

extension Diagnostic: Encodable {
  private enum Key: String, CodingKey { case file, sheet, line, column, severity, message, help }

  /// Writes `{"file","line","column","severity","message","help"}`, with `sheet` for a spreadsheet.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(location.file, forKey: .file)
    try container.encodeIfPresent(location.sheet, forKey: .sheet)
    try container.encode(location.line, forKey: .line)
    try container.encode(location.column, forKey: .column)
    try container.encode(severity.rawValue, forKey: .severity)
    try container.encode(message, forKey: .message)
    try container.encode(help, forKey: .help)
  }
}

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

extension [Diagnostic] {
  /// Adds a diagnostic.
  public mutating func append(
    _ severity: Diagnostic.Severity, at location: Diagnostic.Location, _ message: String, help: String = ""
  ) {
    append(Diagnostic(severity, at: location, message, help: help))
  }

  /// Whether one of them is an error.
  public var hasErrors: Bool { contains { $0.severity == .error } }

  /// By file (in the order in which the files first appear), sheet, line and column; equal places keep their order.
  public func inFileOrder() -> [Diagnostic] {
    var ranks: [String: Int] = [:]
    for diagnostic in self where ranks[diagnostic.location.file] == nil {
      ranks[diagnostic.location.file] = ranks.count
    }
    func key(_ entry: (offset: Int, element: Diagnostic)) -> (Int, String, Int, Int, Int) {
      let place = entry.element.location
      return (ranks[place.file] ?? 0, place.sheet ?? "", place.line ?? 0, place.column ?? 0, entry.offset)
    }
    return enumerated().sorted { key($0) < key($1) }.map(\.element)
  }
}
