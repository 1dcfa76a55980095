/// A short, stable name for a key: the 128-bit FNV-1a hash in hexadecimal.
///
/// It names messages, threads and calendar entries; nothing is kept secret by it, so it needs no cryptography,
/// only the same answer on every machine and in every version.
enum Fingerprint {
  static func hex(_ parts: String...) -> String { hex(parts) }

  static func hex(_ parts: [String]) -> String {
    var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
    func mix(_ byte: UInt8) {
      hash ^= UInt128(byte)
      hash = hash &* 0x0000_0000_0100_0000_0000_0000_0000_013b
    }
    for part in parts {
      for byte in part.utf8 { mix(byte) }
      // 0xFF is in no UTF-8 text, so ["ab", "c"] and ["a", "bc"] differ.
      mix(0xFF)
    }
    let digits = Array("0123456789abcdef".utf8)
    let nibbles = (0..<32).map { digits[Int(truncatingIfNeeded: hash >> UInt128(124 - 4 * $0)) & 0xF] }
    return String(decoding: nibbles, as: UTF8.self)
  }
}
