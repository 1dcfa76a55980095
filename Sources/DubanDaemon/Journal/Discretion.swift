import DubanCore

/// Keeps what concerns persons out of the journal and the status line, which more people read than the ledger:
/// addresses, quoted text, and the names of the ledgers in force. `duban check` and `duban history` have them.
struct Discretion: Sendable {
  private let names: [String]

  /// Keeps the names of these ledgers' persons to itself.
  init(_ ledgers: [Ledger]) {
    let persons = ledgers.flatMap { ledger in
      ledger.owners.map(\.person) + ledger.assignments.flatMap(\.persons) + [ledger.plan.contact.person]
    }
    // The longest first: one name may be the beginning of another.
    names = Set(persons.filter { !$0.isEmpty }).sorted { ($1.count, $0) < ($0.count, $1) }
  }

  /// The text of a diagnostic or an error: also quoted text goes, which is the file's own.
  func ofFile(_ text: String) -> String { of(text.replacing(/“[^”]*”/, with: "“…”")) }

  /// A relay's answer, or any other words.
  func of(_ text: String) -> String {
    var text = text.replacing(/[^\s<>()\[\]"“”:;,]+@[^\s<>()\[\]"“”:;,]+/, with: "…")
    for name in names { text = text.replacing(name, with: "…") }
    return text
  }
}
