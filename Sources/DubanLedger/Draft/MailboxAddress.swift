/// Says what is wrong with a mailbox address.
///
/// Source of the rule: RFC 5321, sections 4.1.2 (Mailbox) and 4.5.3.1 (lengths), without what no office uses and
/// what breaks on the way: quoted local parts, address literals, and addresses beyond ASCII (RFC 6531), which the
/// contact's own provider refuses.
public enum MailboxAddress {
  /// What is wrong with `address`, as the end of a sentence; nil when it is a usable mailbox.
  public static func problem(in address: String) -> String? {
    if address.isEmpty { return "is empty" }
    if isPlain(address) { return nil }
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

  /// Whether the address is one as nearly all are: letters, digits and single dots, dashes or underlines between them.
  static func isPlain(_ address: String) -> Bool {
    var (wasSign, at, label) = (true, Int?.none, 0)
    for (offset, byte) in address.utf8.enumerated() {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A:
        wasSign = false
        label += 1
      case UInt8(ascii: "@"):
        guard at == nil, !wasSign, offset <= 64 else { return false }
        (at, wasSign, label) = (offset, true, 0)
      case UInt8(ascii: "."):
        guard !wasSign, label <= 63 else { return false }
        (wasSign, label) = (true, 0)
      case UInt8(ascii: "-"), UInt8(ascii: "_"):
        guard !wasSign, at == nil || byte == UInt8(ascii: "-") else { return false }
        wasSign = true
        label += 1
      default: return false
      }
    }
    return at != nil && !wasSign && label <= 63 && address.utf8.count <= 254
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
