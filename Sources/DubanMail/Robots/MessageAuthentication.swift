internal import CCrypto
internal import Foundation

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
