import DubanCore

/// Cuts the rows of a piece of a CSV file (RFC 4180), as ``CSVReader`` does, without making anything of them.
///
/// Only the cells that nobody reads are checked for UTF-8: who reads a cell, or has a whole row read, checks that.
struct RowCutter {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let roles: [BulkLayout.Role]
  private let separator: UInt8
  /// Whether the table has several columns of units.
  private let partsUnits: Bool
  /// By role; the cells as offsets within the piece.
  private var fields = InlineArray<20, Range<Int>>(repeating: 0..<0)
  private var unitFields: [Range<Int>] = []
  private var offset = 0

  /// Where the row begins and ends within the piece.
  private(set) var start = 0
  private(set) var end = 0
  /// The row's line, and that behind it, counted from the piece's first, which is 0.
  private(set) var rowLine = 0
  private(set) var line = 0
  /// Whether no cell has anything in it.
  private(set) var isBlank = true
  /// Whether a cell needs the general reader: doubled quotes, a carriage return, a guard against formulas.
  private(set) var isOdd = false
  /// Whether the text isn't CSV as it should be, a column without a heading holds something, or a cell that nobody reads
  /// isn't UTF-8.
  private(set) var isUnsuited = false
  /// The columns that aren't read and have had something in them so far.
  private(set) var unread: [Int] = []
  private var firstField = 0..<0

  init(_ bytes: UnsafeBufferPointer<UInt8>, roles: [BulkLayout.Role], separator: UInt8) {
    self.bytes = bytes
    self.roles = roles
    self.separator = separator
    partsUnits = roles.count { $0 == .units } > 1
  }

  /// The cell under a role's heading; empty where the row is shorter.
  func field(_ role: BulkLayout.Role) -> UnsafeBufferPointer<UInt8> { text(fields[Int(role.rawValue)]) }

  /// The cells under the headings of units, of which a table may have several.
  var units: [UnsafeBufferPointer<UInt8>] { partsUnits ? unitFields.map(text) : [field(.units)] }

  /// The cells of units and persons with what stands between them, where one follows the other as in most tables:
  /// together they are looked up once. The offset is the text's within the piece.
  var assignment: (text: UnsafeBufferPointer<UInt8>, offset: Int)? {
    let (units, persons) = (
      fields[Int(BulkLayout.Role.units.rawValue)], fields[Int(BulkLayout.Role.persons.rawValue)]
    )
    guard !partsUnits || unitFields.count == 1, !units.isEmpty, !persons.isEmpty,
      persons.lowerBound == units.upperBound + 1
    else { return nil }
    return (text(units.lowerBound..<persons.upperBound), units.lowerBound)
  }

  /// The row's first cell.
  var first: UnsafeBufferPointer<UInt8> { text(firstField) }

  /// The row's bytes, with the line break that ends it.
  var row: UnsafeBufferPointer<UInt8> { text(start..<end) }

  private func text(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[range])
  }

  /// Goes to the next row; false behind the last.
  mutating func next() -> Bool {
    guard offset < bytes.count else { return false }
    start = offset
    rowLine = line
    (isBlank, isOdd) = (true, false)
    fields = InlineArray(repeating: 0..<0)
    if partsUnits { unitFields.removeAll(keepingCapacity: true) }
    var column = 0
    var isRowOpen = true
    while isRowOpen {
      let field = offset < bytes.count && bytes[offset] == CSVReader.quote ? quoted() : plain()
      if column == 0 { firstField = field }
      if !field.isEmpty { put(field, column) }
      column += 1
      isRowOpen = stepOn()
    }
    end = offset
    return true
  }

  private mutating func put(_ field: Range<Int>, _ column: Int) {
    isBlank = false
    // An apostrophe may guard against a formula, which is for the general reader to say.
    if bytes[field.lowerBound] == CSVReader.guardMark { isOdd = true }
    let role = column < roles.count ? roles[column] : .nameless
    switch role {
    case .settled, .unread:
      if !PlainText.isUTF8(text(field)) { isUnsuited = true }
      if role == .unread, !unread.contains(column), !isWhite(field) { unread.append(column) }
    case .nameless: isUnsuited = true
    case .units where partsUnits:
      unitFields.append(field)
      if unitFields.count == 1 { fields[Int(role.rawValue)] = field }
    default: fields[Int(role.rawValue)] = field
    }
  }

  private func isWhite(_ field: Range<Int>) -> Bool {
    String(decoding: text(field), as: UTF8.self).allSatisfy(\.isWhitespace)
  }

  private mutating func plain() -> Range<Int> {
    let begin = offset
    offset = fieldEnd(from: begin)
    return begin..<offset
  }

  /// Where the next separator or line break stands, or the piece ends.
  private func fieldEnd(from begin: Int) -> Int {
    guard let base = bytes.baseAddress else { return begin }
    let separators = EightBytes.all(separator)
    var end = begin
    while end < bytes.count {
      if end + 8 <= bytes.count {
        let hits = EightBytes.ends(EightBytes.at(end, of: base), separators)
        if hits == 0 {
          end += 8
          continue
        }
        end += hits.trailingZeroBitCount / 8
      }
      let byte = base[end]
      if byte == separator || byte == 0x0A || byte == 0x0D { break }
      end += 1
    }
    return end
  }

  /// The field's text within its quotes; the general reader undoes doubled quotes.
  private mutating func quoted() -> Range<Int> {
    let begin = offset + 1
    var end = begin
    while end < bytes.count {
      let byte = bytes[end]
      if byte == CSVReader.quote {
        guard end + 1 < bytes.count, bytes[end + 1] == CSVReader.quote else { break }
        isOdd = true
        end += 2
        continue
      }
      if byte == 0x0A {
        line += 1
      } else if byte == 0x0D {
        isOdd = true
        if !(end + 1 < bytes.count && bytes[end + 1] == 0x0A) { line += 1 }
      }
      end += 1
    }
    offset = end + 1
    let isClosed =
      end < bytes.count
      && (offset == bytes.count || bytes[offset] == separator || bytes[offset] == 0x0A
        || bytes[offset] == 0x0D)
    if !isClosed {
      isUnsuited = true
      offset = bytes.count
    }
    return begin..<min(end, bytes.count)
  }

  /// Steps over the separator or line break; whether the row goes on.
  private mutating func stepOn() -> Bool {
    guard offset < bytes.count else { return false }
    if bytes[offset] == separator {
      offset += 1
      return true
    }
    line += 1
    let isPair = bytes[offset] == 0x0D && offset + 1 < bytes.count && bytes[offset + 1] == 0x0A
    offset += isPair ? 2 : 1
    return false
  }
}
