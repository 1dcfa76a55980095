/// A mail address that can stand in an envelope and in a header without quoting.
///
/// Narrower than RFC 5321, section 4.1.2: dot-atoms of printable ASCII only. Nobody's mailbox here needs a
/// quoted local part, and each form that isn't allowed is one that can't be abused.
public struct MailAddress: Sendable, Hashable {
  /// The address as it goes to the relay.
  public let text: String

  /// Checks an address: `name@example.org`.
  ///
  /// - Throws: ``MailError/unusableAddress(_:)`` for spaces, line breaks, quotes, angle brackets, anything but
  ///   ASCII, empty parts, and lengths past RFC 5321, section 4.5.3.1.
  public init(_ text: String) throws {
    guard text.utf8.count <= 254, let at = text.utf8.firstIndex(of: UInt8(ascii: "@")),
      text.utf8[..<at].count <= 64, Self.isDotAtom(text.utf8[..<at], Self.isLocal),
      Self.isDotAtom(text.utf8[at...].dropFirst(), Self.isDomain),
      Self.hasSoundLabels(text.utf8[at...].dropFirst())
    else { throw MailError.unusableAddress(text) }
    self.text = text
  }

  /// What stands before the at sign.
  var local: String { String(decoding: text.utf8.prefix { $0 != UInt8(ascii: "@") }, as: UTF8.self) }

  /// What follows the at sign.
  var domain: String {
    String(decoding: text.utf8.drop { $0 != UInt8(ascii: "@") }.dropFirst(), as: UTF8.self)
  }

  /// Whether there are dots only between what is allowed.
  private static func isDotAtom(_ part: Substring.UTF8View, _ allowed: (UInt8) -> Bool) -> Bool {
    var last = UInt8(ascii: ".")
    for byte in part {
      guard byte == UInt8(ascii: ".") ? last != byte : allowed(byte) else { return false }
      last = byte
    }
    return last != UInt8(ascii: ".")
  }

  /// Whether no label of a domain is too long, or starts or ends with a hyphen.
  private static func hasSoundLabels(_ domain: Substring.UTF8View) -> Bool {
    var (length, last) = (0, UInt8(ascii: "."))
    for byte in domain {
      if byte == UInt8(ascii: ".") {
        guard last != UInt8(ascii: "-") else { return false }
        length = 0
      } else {
        length += 1
        guard length <= 63, byte != UInt8(ascii: "-") || length > 1 else { return false }
      }
      last = byte
    }
    return last != UInt8(ascii: "-")
  }

  private static func isDomain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// RFC 5322's `atext` (section 3.2.3), as the ledger's readers accept it.
  private static func isLocal(_ byte: UInt8) -> Bool {
    isDomain(byte) || "!#$%&'*+/=?^_`{|}~".utf8.contains(byte)
  }
}
