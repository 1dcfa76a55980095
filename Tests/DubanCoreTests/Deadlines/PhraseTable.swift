import DubanCore
import Foundation
import TestSupport
import Testing

/// A row of a table of phrases.
struct PhraseRow: Sendable, CustomTestStringConvertible {
  var text: String
  /// `2022-09-21`, `2022`, or nothing that begins with either.
  var issued: String
  var expected: String

  var testDescription: String { "\(text) [\(issued)]" }

  /// The rows of a tab-separated table below Tests/DubanCoreTests/Fixtures, without headings and blank lines.
  static func table(_ name: String) throws -> [PhraseRow] {
    let url = RepositoryFile.url("Tests/DubanCoreTests/Fixtures/\(name)")
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    return lines.dropFirst().filter { !$0.hasPrefix("#") }.map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return PhraseRow(text: cells[0], issued: cells[1], expected: cells[2])
    }
  }

  /// A reader for the row's document: of its day, its year, or without either.
  var reader: DeadlineReader {
    if let day = CivilDate(issued) { return DeadlineReader(issued: day) }
    return Int(issued.prefix(4)).map(DeadlineReader.init(issuedIn:)) ?? DeadlineReader(issued: nil)
  }
}
