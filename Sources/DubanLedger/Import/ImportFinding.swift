import DubanCore

/// Something about a plan's text that isn't in the imported ledger, or isn't certain there.
public struct ImportFinding: Sendable, Hashable {
  /// What a finding means for the person who imports.
  public enum Kind: String, Sendable, Hashable {
    /// Running text outside the measures (a preface, a heading, a page's number): left out, nothing to do.
    case aside
    /// Left out, and it may belong into the ledger.
    case leftOut
    /// In the ledger, and not certain there; or missing from the document.
    case doubt
  }

  /// What it means.
  public var kind: Kind
  /// The first of the source's lines that it is about, from 1.
  public var line: Int
  /// The last of them.
  public var lastLine: Int
  /// The column of the first line's text, from 1, in characters.
  public var column: Int
  /// What it is, with the text; English, quoting the document's own words.
  public var message: String
  /// What to do; empty where there is nothing to do.
  public var help: String

  /// The text of its lines.
  public var text: String
  /// Whether it is about certain lines, rather than the whole document.
  public var hasPlace: Bool

  /// Whether a person must look at it.
  public var needsPerson: Bool { kind != .aside }

  /// A finding about lines of the source; about the whole document where there are none.
  init(_ kind: Kind, _ lines: [SourceLine], _ message: String, help: String = "") {
    self.kind = kind
    let first = lines.min { $0.number < $1.number }
    line = first?.number ?? 1
    lastLine = lines.map(\.number).max() ?? 1
    column = first?.column ?? 1
    hasPlace = first != nil
    text = lines.map { $0.text.replacing("\t", with: " ").collapsed }.joined(separator: " ")
    self.message = message
    self.help = help
  }

  /// The finding as a warning about the file; `rows` are those of a workbook's lines.
  func diagnostic(file: String, rows: [Int: Diagnostic.Location]) -> Diagnostic {
    let place = rows[line].map { Diagnostic.Location(file: file, sheet: $0.sheet, line: $0.line, column: 1) }
    let last = rows[lastLine]?.line ?? lastLine
    let isSameSheet = rows[line]?.sheet == rows[lastLine]?.sheet
    let through = lastLine > line && isSameSheet ? " (to \(place == nil ? "line" : "row") \(last))" : ""
    return Diagnostic(
      .warning, at: place ?? Diagnostic.Location(file: file, line: line, column: column), message + through,
      help: help)
  }
}
