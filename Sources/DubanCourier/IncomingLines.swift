/// What has come in from a server, to be taken out line by line.
struct IncomingLines {
  private var bytes: [UInt8] = []
  /// Where the part begins that wasn't taken yet.
  private var start = 0
  /// How far that part was searched for a line end.
  private var searched = 0

  /// How many bytes weren't taken yet.
  var count: Int { bytes.count - start }

  mutating func append(_ more: [UInt8]) {
    if start == bytes.count {
      bytes.removeAll(keepingCapacity: true)
      (start, searched) = (0, 0)
    }
    bytes.append(contentsOf: more)
  }

  /// The next line with its line end; nil while none is whole.
  mutating func next() -> ArraySlice<UInt8>? {
    guard let end = bytes[searched...].firstIndex(of: 0x0A) else {
      searched = bytes.count
      return nil
    }
    defer { (start, searched) = (end + 1, end + 1) }
    return bytes[start...end]
  }

  /// The next bytes, whatever they are: as many as there are, and no more than `most`.
  mutating func take(_ most: Int) -> ArraySlice<UInt8> {
    let end = min(start + most, bytes.count)
    defer { (start, searched) = (end, end) }
    return bytes[start..<end]
  }
}

/// How long we wait: for each answer, and as a whole.
package struct Timeout {
  private let end: SuspendingClock.Instant
  private let perAnswer: Duration
  private let pause: Duration

  /// Begins now; in milliseconds.
  package init(perAnswer: Int, whole: Int, pause: Int? = nil) {
    self.perAnswer = .milliseconds(perAnswer)
    self.pause = .milliseconds(pause ?? perAnswer)
    end = SuspendingClock.now + .milliseconds(whole)
  }

  init(_ limits: Relay.Limits) {
    self.init(perAnswer: limits.reply, whole: limits.message, pause: limits.pause)
  }

  /// The limits for what is said when nothing depends on the answer any more.
  static func farewell(_ limits: Relay.Limits) -> Timeout {
    Timeout(perAnswer: limits.farewell, whole: limits.farewell)
  }

  /// Until when an answer to what was said just now may come.
  var limit: SuspendingClock.Instant { min(end, SuspendingClock.now + perAnswer) }

  /// Until when the rest of an answer may come of which we have a part.
  var limitOfRest: SuspendingClock.Instant { min(end, SuspendingClock.now + pause) }
}
