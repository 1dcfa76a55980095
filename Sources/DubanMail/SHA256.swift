internal import CCrypto

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
