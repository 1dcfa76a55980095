internal import CCrypto
internal import Foundation

/// A short, stable name for a key: the 128-bit FNV-1a hash in hexadecimal.
///
/// It names messages, threads and calendar entries; nothing is kept secret by it, so it needs no cryptography,
/// only the same answer on every machine and in every version.
public enum Fingerprint {
  /// The name of a key of these parts: 32 characters.
  public static func hex(_ parts: [String]) -> String { hex(of: number(parts)) }

  static func number(_ parts: [String]) -> UInt128 {
    var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
    let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013b
    for var part in parts {
      part.withUTF8 { bytes in
        for byte in bytes { hash = (hash ^ UInt128(byte)) &* prime }
      }
      // 0xFF is in no UTF-8 text, so ["ab", "c"] and ["a", "bc"] differ.
      hash = (hash ^ 0xFF) &* prime
    }
    return hash
  }

  static func hex(of hash: UInt128) -> String {
    // Written in place, without an array of digits between.
    String(unsafeUninitializedCapacity: 32) { digits in
      for place in 0..<32 {
        let nibble = UInt8(truncatingIfNeeded: hash >> UInt128(124 - 4 * place)) & 0xF
        digits[place] = nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
      }
      return 32
    }
  }
}

/// SHA-256 (FIPS 180-4) by libcrypto.
public enum SHA256 {
  /// The 32 bytes of the digest.
  static func digest(of message: some Collection<UInt8>) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    let bytes = Array(message)
    _ = CCrypto.SHA256(bytes, bytes.count, &digest)
    return digest
  }

  /// The digest as sha256sum(1) prints it: 64 digits.
  public static func hex(of message: some Collection<UInt8>) -> String {
    digest(of: message).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

/// A name that nobody can work out without the installation's own salt: for an address in the journal, which shows which
/// mails went to the same mailbox but not to which, and for a Message-ID.
public enum Pseudonym {
  /// The first 64 bits of SHA-256 over salt and address, in hexadecimal. The salt is the installation's own: without
  /// it nobody can try addresses out.
  public static func of(_ address: String, salt: String) -> String {
    String(SHA256.hex(of: "\(salt)|\(address.lowercased())".utf8).prefix(16))
  }
}

/// HMAC-SHA-256 (RFC 2104), as 钉钉 and 飞书 want their robots' requests signed.
public enum MessageAuthentication {
  /// The code of a text under a key, in base64.
  public static func base64(_ text: String, key: String) -> String {
    var (key, text) = (Array(key.utf8), Array(text.utf8))
    var code = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    var size: UInt32 = 0
    _ = HMAC(EVP_sha256(), &key, Int32(key.count), &text, text.count, &code, &size)
    return Data(code.prefix(Int(size))).base64EncodedString()
  }
}
