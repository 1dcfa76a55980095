import Dispatch
import DubanCore

/// A piece of a large table on its way: its rows, and what came of reading them.
///
/// It belongs to one after the other: who reads the file fills it, a ``BulkLane`` reads its rows, ``BulkMerge`` takes
/// them in, and it goes back to be filled again.
///
/// `@unchecked Sendable`: handed on by queues and semaphores, and touched by whoever has it alone.
final class BulkPiece: @unchecked Sendable {
  var rows = BulkRows()
  private var refusal: BulkRefusal?
  private let done = DispatchSemaphore(value: 0)

  /// Notes that the piece is read, or why it can't be.
  func finish(_ refusal: BulkRefusal?) {
    self.refusal = refusal
    done.signal()
  }

  /// Waits until the piece is read.
  func wait() throws(BulkRefusal) {
    done.wait()
    if let refusal { throw refusal }
  }
}

/// Some whole rows of a large table, and what was made of them.
///
/// What recurs is numbered as its ``BulkWorker`` met it, and each piece brings the words that are new in it.
struct BulkRows: ~Copyable {
  /// Rows that follow one another and speak of the same area in the same words, or one row that the general reader has
  /// to read.
  struct Stretch {
    /// The first row's place among the sound ones.
    var first: UInt32
    /// The words under 领域, 主要问题 and 整改目标; 0 for none.
    var area: UInt32 = 0
    var problems: UInt32 = 0
    var goal: UInt32 = 0
    /// The row that is for the general reader.
    var odd: Place?
  }

  /// Where a row stands.
  struct Place {
    /// Where it begins and ends within the piece.
    var start: UInt32
    var end: UInt32
    /// The line, counted from the piece's first, which is 0.
    var line: UInt32
  }

  /// Words that are new in a piece, in the order of their places.
  struct Words {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// Whether all of them are UTF-8.
    private(set) var areText = true

    mutating func append(_ word: UnsafeBufferPointer<UInt8>) {
      if !PlainText.isUTF8(word) { areText = false }
      bytes.append(contentsOf: word)
      ends.append(bytes.count)
    }

    mutating func removeAll() {
      bytes.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
      areText = true
    }

    func forEach(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
      bytes.withUnsafeBufferPointer { bytes in
        var start = 0
        for end in ends {
          body(UnsafeBufferPointer(rebasing: bytes[start..<end]))
          start = end
        }
      }
    }
  }

  /// The rows as they stand in the file.
  var bytes = ByteBuffer(capacity: FileChunks.size + FileChunks.size / 8)
  /// The offset of the first byte within the file.
  var offset = 0

  /// The sound rows' measures; their places are those of the worker, their texts begin within ``texts``.
  var records: [MeasureRecord] = []
  /// Where these rows stand.
  var places: [Place] = []
  var texts = ByteBuffer(capacity: FileChunks.size / 2)
  var stretches: [Stretch] = []
  /// Whether the ids of the sound rows are numbered in order, and what the first and the last of them grow with.
  var order: (first: UInt64, last: UInt64, isKept: Bool) = (0, 0, true)
  /// How many lines the piece has.
  var lines = 0
  /// The columns that aren't read and have something in them.
  var unread: [Int] = []
  var areas = Words()
  var problems = Words()
  var goals = Words()
  var duties = Words()
  var assignments = Words()
  var deadlines = Words()

  /// Whether the words that are new in the piece are UTF-8.
  var wordsAreText: Bool {
    areas.areText && problems.areText && goals.areText && duties.areText && assignments.areText
      && deadlines.areText
  }

  /// Forgets what was made of other rows.
  mutating func begin() {
    records.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    texts.keep(0)
    stretches.removeAll(keepingCapacity: true)
    order = (0, 0, true)
    areas.removeAll()
    problems.removeAll()
    goals.removeAll()
    duties.removeAll()
    assignments.removeAll()
    deadlines.removeAll()
  }
}
