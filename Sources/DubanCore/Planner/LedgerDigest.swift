/// A number that tells whether two states of a ledger have the same snapshot: the same for the same ledger on every
/// machine, and different, but for one case in 2⁶⁴, as soon as anything in a snapshot differs.
public struct LedgerDigest: Sendable, Equatable {
  /// The number.
  public let value: UInt64

  /// The number of a ledger.
  public init(_ ledger: Ledger) {
    var mixer = ByteMixer()
    mixer.mix(ledger.plan.key)
    for day in ledger.reports { mixer.mix(UInt64(bitPattern: Int64(day.dayNumber))) }
    let directory = ledger.directory
    for area in ledger.areas {
      for measure in area.measures {
        for text in [measure.id, measure.identity, measure.title, measure.status.rawValue] { mixer.mix(text) }
        mixer.mix(ByteMixer.digest(measure.deadline.dueDates.map(\.description)))
        mixer.mix(ByteMixer.digest(directory.owners(of: measure).flatMap { [$0.unit, $0.person] }))
      }
    }
    value = mixer.value
  }
}

/// Mixes bytes into 64 bits by multiplication, as wyhash does; the same on every machine and in every run.
struct ByteMixer {
  private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func mix(_ word: UInt64) {
    let product = (value ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    value = product.high ^ product.low ^ word.byteSwapped
  }

  mutating func mix(_ bytes: UnsafeRawBufferPointer) {
    mix(UInt64(bytes.count))
    var offset = 0
    while offset + 8 <= bytes.count {
      mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
      offset += 8
    }
    var last: UInt64 = 0
    for byte in bytes[offset...] { last = last << 8 | UInt64(byte) }
    mix(last)
  }

  mutating func mix(_ text: String) {
    var text = text
    text.withUTF8 { mix(UnsafeRawBufferPointer($0)) }
  }

  static func digest(_ texts: [String]) -> UInt64 {
    var mixer = ByteMixer()
    mixer.mix(UInt64(texts.count))
    for text in texts { mixer.mix(text) }
    return mixer.value
  }
}
