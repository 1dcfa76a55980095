/// How large a spreadsheet may be, so that a hostile or broken file can't fill the memory or stop the service.
struct TableLimits: Sendable {
  /// Bytes of one entry of an .xlsx container, unpacked: a sheet of a hundred thousand long rows.
  var entryBytes = 256 << 20
  /// Bytes of all entries that are read, unpacked.
  var totalBytes = 512 << 20
  /// How many times larger than packed an entry may be. Deflate reaches 1032; real sheets stay below 50.
  var ratio = 200
  /// Entries below this size may have any ratio, in bytes.
  var ratioExempt = 1 << 20
  /// Cells of one file, the empty ones to the left of the last included.
  var cells = 16 << 20
  /// Columns with something in them; Excel allows 16384, a ledger has about 12.
  var columns = 512
  /// Sheets of one file.
  var sheets = 256
  /// Bytes of the file itself: a million measures as CSV, and what fits the 32 bits of a cell's offset.
  var fileBytes = 1 << 30

  /// The limits that hold unless a test narrows them.
  static let standard = TableLimits()
}
