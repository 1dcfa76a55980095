internal import CCrypto
internal import Foundation

/// The Content-Security-Policy of a finished page: its own style and script may run, and nothing else may be
/// loaded or executed (W3C Content Security Policy Level 3).
///
/// What came from a ledger is escaped, so every `<style>` and `<script>` in the page stands in a template.
enum ContentPolicy {
  /// The policy for a page as rendered; an element that carries attributes isn't allowed to run.
  static func policy(of page: String) -> String {
    [
      "default-src 'none'", "img-src data:", "base-uri 'none'", "form-action 'none'",
      (["style-src"] + hashes(of: "style", in: page)).joined(separator: " "),
      (["script-src"] + hashes(of: "script", in: page)).joined(separator: " "),
    ].joined(separator: "; ")
  }

  private static func hashes(of element: String, in page: String) -> [String] {
    let (start, end) = (Array("<\(element)>".utf8), Array("</\(element)>".utf8))
    var rest = Array(page.utf8)[...]
    var found: [String] = []
    while let opening = rest.firstRange(of: start) {
      rest = rest[opening.upperBound...]
      guard let closing = rest.firstRange(of: end) else { break }
      let hash = Data(SHA256.digest(of: rest[..<closing.lowerBound])).base64EncodedString()
      found.append("'sha256-\(hash)'")
      rest = rest[closing.upperBound...]
    }
    return found.isEmpty ? ["'none'"] : found
  }
}

/// SHA-256 (FIPS 180-4) by libcrypto.
enum SHA256 {
  /// The 32 bytes of the digest.
  static func digest(of message: some Collection<UInt8>) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    let bytes = Array(message)
    _ = CCrypto.SHA256(bytes, bytes.count, &digest)
    return digest
  }
}

/// A name that nobody can work out without the installation's own salt: for an address in the journal, which shows which
/// mails went to the same mailbox but not to which, and for a Message-ID.
public enum Pseudonym {
  /// The first 64 bits of SHA-256 over salt and address, in hexadecimal. The salt is the installation's own: without
  /// it nobody can try addresses out.
  public static func of(_ address: String, salt: String) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var name: [UInt8] = []
    name.reserveCapacity(16)
    for byte in SHA256.digest(of: "\(salt)|\(address.lowercased())".utf8).prefix(8) {
      name.append(digits[Int(byte >> 4)])
      name.append(digits[Int(byte & 0xF)])
    }
    return String(decoding: name, as: UTF8.self)
  }
}
