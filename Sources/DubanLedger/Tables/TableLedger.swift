import DubanCore

/// Maps the rows of a table (.csv, .tsv, .xlsx) into a ledger's draft.
enum TableLedger {
  /// Whether a file of that name is read as a table.
  static func isTable(_ file: String) -> Bool {
    let name = file.lowercased()
    return [".csv", ".tsv", ".xlsx"].contains { name.hasSuffix($0) }
  }

  /// The owners that a table lists.
  static func owners(in file: String) -> (owners: [LedgerDraft.Owner], diagnostics: [Diagnostic]) {
    ([], [unread(file)])
  }

  /// The areas, with their measures, that a table lists.
  static func areas(in file: String) -> (areas: [LedgerDraft.Area], diagnostics: [Diagnostic]) {
    ([], [unread(file)])
  }

  private static func unread(_ file: String) -> Diagnostic {
    Diagnostic(.error, at: Diagnostic.Location(file: file), "tables can't be read yet")
  }
}
