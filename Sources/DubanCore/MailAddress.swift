/// A mail address that can stand in an envelope and in a header without quoting.
///
/// Source of the rule: RFC 5321, sections 4.1.2 (Mailbox) and 4.5.3.1 (lengths), without what no office uses and
/// what breaks on the way: quoted local parts, address literals, and addresses beyond ASCII (RFC 6531), which the
/// contact's own provider refuses. Each form that isn't allowed is one that can't be abused.
public struct MailAddress: Sendable, Hashable {
  /// The address as it goes to the relay.
  public let text: String

  /// Checks an address: `name@example.org`.
  public init(_ text: String) throws(UnusableAddress) {
    if let problem = Self.problem(in: text) { throw UnusableAddress(text: text, problem: problem) }
    self.text = text
  }

  /// What stands before the at sign.
  public var local: String { String(text.prefix { $0 != "@" }) }

  /// What follows the at sign.
  public var domain: String { String(text.drop { $0 != "@" }.dropFirst()) }

  /// What is wrong with `address`, as the end of a sentence; nil when it is a usable mailbox.
  public static func problem(in address: String) -> String? {
    if address.isEmpty { return "is empty" }
    if let odd = address.unicodeScalars.first(where: {
      $0.value <= 0x20 || $0.value == 0x7F || $0.value == 0x3000
    }) {
      return odd.value == 0x0A || odd.value == 0x0D ? "has a line break in it" : "has a space in it"
    }
    if address.contains("＠") { return "has the full-width sign “＠” instead of “@”" }
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return parts.count == 1 ? "has no “@”" : "has more than one “@”" }
    guard address.utf8.count <= 254 else { return "is longer than 254 characters" }
    return problem(inLocalPart: parts[0]) ?? problem(inDomain: parts[1])
  }

  private static func problem(inLocalPart local: Substring) -> String? {
    if local.isEmpty { return "has nothing before the “@”" }
    if local.utf8.count > 64 { return "has more than 64 characters before the “@”" }
    if local.hasPrefix(".") || local.hasSuffix(".") || local.contains("..") {
      return "has a dot at the wrong place before the “@”"
    }
    if let odd = local.first(where: { !isAtom($0) && $0 != "." }) { return "has “\(odd)” before the “@”" }
    return nil
  }

  private static func problem(inDomain domain: Substring) -> String? {
    if domain.isEmpty { return "has nothing after the “@”" }
    for label in domain.split(separator: ".", omittingEmptySubsequences: false) {
      if label.isEmpty { return "has a dot at the wrong place after the “@”" }
      if let odd = label.first(where: { !isLetterOrDigit($0) && $0 != "-" }) {
        return "has “\(odd)” after the “@”"
      }
      if label.utf8.count > 63 || label.hasPrefix("-") || label.hasSuffix("-") {
        return "has “\(label)” after the “@”, which is no part of a domain name"
      }
    }
    return nil
  }

  private static func isLetterOrDigit(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber)
  }

  /// `atext` of RFC 5322, section 3.2.3.
  private static func isAtom(_ character: Character) -> Bool {
    isLetterOrDigit(character) || "!#$%&'*+-/=?^_`{|}~".contains(character)
  }
}

/// An address that can't be written to, and what is wrong with it.
public struct UnusableAddress: Error, Sendable, Hashable, CustomStringConvertible {
  let text: String
  let problem: String

  /// One English sentence without a full stop.
  public var description: String {
    "“\(CleanText.line(text, limit: 80))” \(problem); expected name@example.org"
  }
}
