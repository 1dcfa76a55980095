/// A number that tells whether two states of a ledger have the same snapshot: the same for the same ledger on every
/// machine, and different, but for one case in 2⁶⁴, as soon as anything in a snapshot differs.
public struct LedgerPrint: Sendable, Equatable {
  /// The number.
  public let value: UInt64

  /// The print of a ledger. Takes a fraction of a second for a million measures.
  public init(_ ledger: Ledger) {
    var mixer = ByteMixer()
    mixer.mix(ledger.plan.key)
    for day in ledger.reports { mixer.mix(UInt64(bitPattern: Int64(day.dayNumber))) }
    let statuses = Dictionary(
      uniqueKeysWithValues: Measure.Status.allCases.map { ($0, ByteMixer.print([$0.rawValue])) })
    let directory = ledger.directory
    var store: MeasureStore?
    var (deadlines, assignments) = ([UInt64](), [UInt64]())
    for area in ledger.areas {
      let next = area.measures.store
      if store !== next {
        store = next
        deadlines = next.deadlines.map { ByteMixer.print($0.dueDates.map(\.description)) }
        assignments = next.assignments.map { assignment in
          ByteMixer.print(directory.owners(of: assignment).flatMap { [$0.unit, $0.person] })
        }
      }
      area.measures.forEachRecord { place, record in
        mixer.mix(next.measures[place].id)
        mixer.mix(next.measures[place].identity)
        mixer.mix(next.measures[place].title)
        mixer.mix(deadlines[Int(record.deadline)])
        mixer.mix(statuses[record.status] ?? 0)
        mixer.mix(assignments[Int(record.assignment)])
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

  static func print(_ texts: [String]) -> UInt64 {
    var mixer = ByteMixer()
    mixer.mix(UInt64(texts.count))
    for text in texts { mixer.mix(text) }
    return mixer.value
  }
}

extension Measure {
  /// What the identity hashes to; the same in every run.
  var identityHash: UInt64 {
    var mixer = ByteMixer()
    mixer.mix(identity)
    return mixer.value
  }
}
