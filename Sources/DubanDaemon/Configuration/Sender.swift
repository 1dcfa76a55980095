import DubanLedger

/// Who mails are from: a name and a mailbox.
public struct Sender: Sendable, Hashable {
  /// The name that mail programs show; empty for none.
  public var name: String
  /// The mailbox.
  public var address: String

  /// A sender of these parts.
  public init(name: String, address: String) {
    self.name = name
    self.address = address
  }

  /// Why a text is no sender.
  struct Problem: Error {
    var words: String
  }

  /// Reads `区营商服务中心 <name@example.org>` or a bare address; quotes around the name are dropped.
  static func read(_ text: String) -> Result<Sender, Problem> {
    var (name, address) = ("", Substring(text))
    if text.hasSuffix(">"), let bracket = text.lastIndex(of: "<") {
      name = trimmed(text[..<bracket])
      address = text[text.index(after: bracket)...].dropLast()
      if name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") {
        name = trimmed(name.dropFirst().dropLast())
      }
    }
    if name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      return .failure(Problem(words: "has a line break or control character in its name"))
    }
    if let problem = MailboxAddress.problem(in: String(address)) { return .failure(Problem(words: problem)) }
    return .success(Sender(name: name, address: String(address)))
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
