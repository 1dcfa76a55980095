internal import Foundation

/// A password or authorisation code. It prints as `(secret)`, so that no log or error can show it by accident.
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The secret itself: for the transport alone.
  let value: String

  /// A secret with this value.
  public init(_ value: String) { self.value = value }

  /// `(secret)`.
  public var description: String { "(secret)" }
  /// `(secret)`.
  public var debugDescription: String { "(secret)" }
  /// Nothing to look into.
  public var customMirror: Mirror { Mirror(self, children: [:]) }

}

/// Keeps a password out of a relay's words.
struct SecretMask: Sendable {
  /// Hides nothing.
  static let none = SecretMask(shapes: [])

  /// The forms in which a password can come back, in lower case.
  private let shapes: [String]

  /// A mask of this login's password: as it is, as AUTH PLAIN (RFC 4616) and AUTH LOGIN send it, and as programs quote
  /// (percent-encoded, HTML, hexadecimal).
  init(user: String, _ secret: Secret) {
    let value = secret.value
    let sent = ["\u{0}\(user)\u{0}\(value)", value]
    let padded = sent.map { Data($0.utf8).base64EncodedString() }
    let base64 = padded + padded.map { $0.replacing("=", with: "") }
    let hexadecimal = sent.map { $0.utf8.map { String(format: "%02x", $0) }.joined() }
    let percent = value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? value
    let unreserved = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~"))
    let usual = value.addingPercentEncoding(withAllowedCharacters: unreserved) ?? value
    self.init(shapes: [value, percent, usual] + base64 + hexadecimal)
  }

  private init(shapes: [String]) { self.shapes = shapes.filter { !$0.isEmpty }.map { $0.lowercased() } }

  /// The text without the password. Of an answer to a login only the codes and words of letters stay: there it may come
  /// back in any form, and in pieces.
  func hide(in text: String, isAboutLogin: Bool) -> String {
    guard !shapes.isEmpty else { return text }
    var text = text
    for shape in shapes {
      text = text.replacingOccurrences(of: shape, with: "(secret)", options: .caseInsensitive)
    }
    guard isAboutLogin else { return text }
    let head = text.prefix(4)
    let words = text.dropFirst(4).split(separator: " ", omittingEmptySubsequences: false)
    return head + words.map { isHarmless($0) ? String($0) : "…" }.joined(separator: " ")
  }

  private func isHarmless(_ word: Substring) -> Bool {
    if word.isEmpty || word.contains("(secret)") || word.wholeMatch(of: /[245]\.\d{1,3}\.\d{1,3}/) != nil {
      return true
    }
    guard word.allSatisfy({ $0.isLetter || $0.isPunctuation }), !word.contains("/"), !word.contains("&")
    else {
      return false
    }
    // Four letters of a password tell something; two or three are in half of all words.
    let letters = word.filter(\.isLetter).lowercased()
    return letters.count < 4 || !shapes.contains { $0.contains(letters) }
  }
}

/// Why a secret can't be had: names the file, never its content.
public struct SecretError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One line: what is wrong and what to do.
  public let description: String
  /// Whether the file is there and may be sound, but not for this user's eyes.
  public let isForbidden: Bool

  /// An error with these words.
  public init(_ description: String, isForbidden: Bool = false) {
    (self.description, self.isForbidden) = (description, isForbidden)
  }
}
