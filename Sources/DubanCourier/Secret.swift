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

  /// The forms in which a secret can come back in a relay's words: as it is, and as AUTH PLAIN (RFC 4616) and
  /// AUTH LOGIN send it.
  func shapes(user: String) -> [String] {
    let plain = "\u{0}\(user)\u{0}\(value)"
    return [plain, value].map { Data($0.utf8).base64EncodedString() } + [value]
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
