import DubanCore
import Foundation

/// Keeps what concerns persons out of the journal and the status line, which more people read than the ledger:
/// addresses, quoted text, and the names of the ledgers in force. `duban check` and `duban history` have them.
struct Redactor: Sendable {
  private let names: Set<String>
  /// How long the names are that begin with a character: it is asked for every mail, so that a text isn't searched
  /// for each name of twenty thousand.
  private let lengths: [Character: Set<Int>]

  /// Keeps the names of these ledgers' persons to itself.
  init(_ ledgers: [Ledger]) {
    let persons = ledgers.flatMap { ledger in
      ledger.owners.map(\.person) + ledger.measures.flatMap(\.persons) + [ledger.plan.contact.person]
    }
    names = Set(persons)
    var lengths: [Character: Set<Int>] = [:]
    for name in names {
      if let first = name.first { lengths[first, default: []].insert(name.count) }
    }
    self.lengths = lengths
  }

  /// The text of a diagnostic or an error: also quoted text goes, which is the file's own. What we quote of our own words
  /// stays: keys, signs, and the names of an editor's commands.
  func ofFile(_ text: String) -> String {
    if text.contains("unknown key “") || text.contains("the key “") { return of(text) }
    return of(
      text.replacing(/(the editor's )?“([^”]*)”/) { match in
        let isOurs = match.1 != nil || !match.2.contains { $0.isLetter || $0.isNumber }
        return isOurs ? String(match.0) : "“…”"
      })
  }

  /// A relay's answer, or any other words.
  func of(_ text: String) -> String {
    var text = text.contains("@") ? Self.withoutAddresses(text) : text
    // The longest first: one name may be the beginning of another.
    let found = names(in: text).sorted { ($1.count, $0) < ($0.count, $1) }
    for name in found { text = text.replacing(name, with: "…") }
    return text
  }

  /// A relay's answer about a recipient, whose name in the address goes too, however the address is written.
  func of(_ text: String, about recipient: String) -> String {
    let name = String(recipient.prefix { $0 != "@" })
    let pattern = NSRegularExpression.escapedPattern(for: name)
    // A short one may begin any word; Chinese words stand beside it without a gap.
    return of(text).replacingOccurrences(
      of: "(?<![A-Za-z0-9])\(pattern)" + (name.count < 4 ? "(?![A-Za-z0-9])" : ""), with: "…",
      options: [.regularExpression, .caseInsensitive])
  }

  private func names(in text: String) -> Set<String> {
    var found: Set<String> = []
    for start in text.indices {
      for length in lengths[text[start]] ?? [] {
        guard let end = text.index(start, offsetBy: length, limitedBy: text.endIndex) else { continue }
        let name = String(text[start..<end])
        if names.contains(name) { found.insert(name) }
      }
    }
    return found
  }

  /// An address is what stands around an `@` without a gap or a bracket.
  private static func withoutAddresses(_ text: String) -> String {
    var (result, word) = ("", "")
    func end() {
      result += word.dropFirst().dropLast().contains("@") ? "…" : word
      word = ""
    }
    for character in text {
      if character.isWhitespace || "<>()[]\"“”:;,".contains(character) {
        end()
        result.append(character)
      } else {
        word.append(character)
      }
    }
    end()
    return result
  }
}
