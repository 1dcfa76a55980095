import DubanCore
import Foundation

/// A snapshot as the shelf keeps it: JSON with its keys in order, so that the same snapshot is the same text.
///
/// Written by hand, since a large ledger has hundreds of megabytes of it, which Foundation's encoder would take ten
/// times as long over.
struct SnapshotText {
  private var bytes: [UInt8] = []

  /// The text of a snapshot.
  static func write(_ snapshot: LedgerSnapshot) -> String {
    var text = SnapshotText()
    text.append(#"{"measures":{"#)
    text.list(snapshot.measures.sorted { $0.key < $1.key }) { text, measure in
      text.string(measure.key)
      text.append(#":{"dates":"#)
      text.days(measure.value.dates)
      text.append(#","owners":["#)
      text.list(measure.value.owners) { text, owner in
        text.append(#"{"person":"#)
        text.string(owner.person)
        text.append(#","unit":"#)
        text.string(owner.unit)
        text.append("}")
      }
      text.append("]")
      if let number = measure.value.number {
        text.append(#","number":"#)
        text.string(number)
      }
      text.append(#","status":"#)
      text.string(measure.value.status)
      text.append(#","title":"#)
      text.string(measure.value.title)
      text.append("}")
    }
    text.append(#"},"plan":"#)
    text.string(snapshot.plan)
    text.append(#","reports":"#)
    text.days(snapshot.reports)
    text.append("}")
    return String(decoding: text.bytes, as: UTF8.self)
  }

  /// A snapshot that another version wrote in another form tells nothing; the next one replaces it.
  static func read(_ text: String) -> LedgerSnapshot? {
    try? JSONDecoder().decode(LedgerSnapshot.self, from: Data(text.utf8))
  }

  private mutating func append(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func list<Element>(
    _ elements: [Element], _ write: (inout SnapshotText, Element) -> Void
  ) {
    for (index, element) in elements.enumerated() {
      if index > 0 { append(",") }
      write(&self, element)
    }
  }

  private mutating func days(_ days: [CivilDate]) {
    append("[")
    list(days) { text, day in text.string(day.description) }
    append("]")
  }

  /// Escapes what JSON doesn't take as it is (RFC 8259, section 7).
  private mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0..<0x20:
        append(byte < 0x10 ? #"\u000"# : #"\u001"#)
        bytes.append(contentsOf: String(byte & 0xF, radix: 16).utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
