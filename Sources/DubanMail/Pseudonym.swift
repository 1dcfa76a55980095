/// A name for an address that shows in the journal which mails went to the same mailbox, but not to which.
public enum Pseudonym {
  /// The first 64 bits of SHA-256 over salt and address, in hexadecimal. The salt is the installation's own: without
  /// it nobody can try addresses out.
  public static func of(_ address: String, salt: String) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let digest = SHA256.digest(of: Array("\(salt)|\(address.lowercased())".utf8)).prefix(8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
  }
}
