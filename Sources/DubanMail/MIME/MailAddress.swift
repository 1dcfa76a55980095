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
    let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, text.utf8.count <= 254, parts[0].count <= 64,
      Self.isDotAtom(parts[0], Self.isLocal),
      Self.isDotAtom(parts[1], Self.isDomain),
      parts[1].split(separator: UInt8(ascii: ".")).allSatisfy({
        $0.first != UInt8(ascii: "-") && $0.last != UInt8(ascii: "-") && $0.count <= 63
      })
    else { throw MailError.unusableAddress(text) }
    self.text = text
  }

  /// What stands before the at sign.
  var local: String { String(text.prefix { $0 != "@" }) }

  /// What follows the at sign.
  var domain: String { String(text.drop { $0 != "@" }.dropFirst()) }

  private static func isDotAtom(_ part: Substring.UTF8View, _ allowed: (UInt8) -> Bool) -> Bool {
    part.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
      !$0.isEmpty && $0.allSatisfy(allowed)
    }
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
