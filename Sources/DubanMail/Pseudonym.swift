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
