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

/// SHA-256 (FIPS 180-4), for the hashes in the report page's Content-Security-Policy.
///
/// A few kilobytes once per page, an address with each mail in the journal, and a Message-ID's name.
enum SHA256 {
  /// The 32 bytes of the digest.
  static func digest(of message: some Collection<UInt8>) -> [UInt8] {
    var state: [UInt32] = [
      0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]
    let padded = padded(message)
    var schedule = [UInt32](repeating: 0, count: 64)
    for start in stride(from: 0, to: padded.count, by: 64) {
      fill(&schedule, from: padded, at: start)
      mix(schedule, into: &state)
    }
    var digest: [UInt8] = []
    digest.reserveCapacity(32)
    for word in state { append(word, to: &digest) }
    return digest
  }

  /// Section 5.1.1: a bit, zeros, and the length in bits, up to whole blocks.
  private static func padded(_ message: some Collection<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(message.count + 72)
    bytes += message
    bytes.append(0x80)
    while bytes.count % 64 != 56 { bytes.append(0) }
    let bits = UInt64(message.count) * 8
    append(UInt32(bits >> 32), to: &bytes)
    append(UInt32(truncatingIfNeeded: bits), to: &bytes)
    return bytes
  }

  private static func append(_ word: UInt32, to bytes: inout [UInt8]) {
    for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
  }

  /// Section 6.2.2, step 1: the message schedule of the block that starts there.
  private static func fill(_ words: inout [UInt32], from bytes: [UInt8], at start: Int) {
    for index in 0..<16 {
      let place = start + 4 * index
      words[index] = bytes[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    for index in 16..<64 {
      let (old, new) = (words[index - 15], words[index - 2])
      let first = rotated(old, 7) ^ rotated(old, 18) ^ old >> 3
      let second = rotated(new, 17) ^ rotated(new, 19) ^ new >> 10
      words[index] = words[index - 16] &+ first &+ words[index - 7] &+ second
    }
  }

  /// Section 6.2.2, steps 2 to 4: one block.
  private static func mix(_ words: [UInt32], into state: inout [UInt32]) {
    // Looked up once, instead of 64 times.
    let constants = constants
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let sum = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
      let choice = e & f ^ ~e & g
      let first = h &+ sum &+ choice &+ constants[index] &+ words[index]
      let otherSum = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
      let majority = a & b ^ a & c ^ b & c
      (e, f, g, h) = (d &+ first, e, f, g)
      (a, b, c, d) = (first &+ otherSum &+ majority, a, b, c)
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
    state[5] &+= f
    state[6] &+= g
    state[7] &+= h
  }

  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
  }

  /// Section 4.2.2.
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
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
