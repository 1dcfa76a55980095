import DubanCore

/// What came of reading one piece of a large table.
///
/// What recurs is numbered as its ``BulkWorker`` met it, and each piece brings the words that are new in it.
struct BulkChunk: Sendable {
  /// One row that holds a measure, or has to be read by the general reader.
  struct Row: Sendable {
    /// The measure; its places are those of the worker, its text start is one within ``BulkChunk/texts``.
    var record = MeasureRecord(
      textStart: 0, idCount: 0, titleCount: 0, textCount: 0, progressCount: 0, number: 0, assignment: 0,
      deadline: 0, duties: 0, status: .open)
    /// The words under 领域, 主要问题 and 整改目标; 0 for none.
    var area: UInt32 = 0
    var problems: UInt32 = 0
    var goal: UInt32 = 0
    /// Where the row begins and ends within the piece.
    var start: UInt32 = 0
    var end: UInt32 = 0
    /// The line, counted from the piece's first, which is 0.
    var line: UInt32 = 0
    /// Grows with ids that are numbered in order; 0 where that can't be told.
    var order: UInt64 = 0
    /// Whether the general reader has to look: something is wrong or unusual.
    var isOdd = false
  }

  /// The words of a pair of cells that together say one thing.
  struct Pair: Sendable {
    var first: String
    var second: String
  }

  var rows: [Row] = []
  /// The measures' texts.
  var texts: [UInt8] = []
  /// How many lines the piece has.
  var lines = 0
  /// The columns that aren't read and have something in them.
  var unread: [Int] = []
  /// What is new, in the order of its places.
  var areas: [String] = []
  var problems: [String] = []
  var goals: [String] = []
  var duties: [String] = []
  /// 责任单位 (several columns parted by ``BulkWorker/unitSeparator``) and 责任人.
  var assignments: [Pair] = []
  /// 完成时限 and 明确日期.
  var deadlines: [Pair] = []
}
