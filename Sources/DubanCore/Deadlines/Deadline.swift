/// What a plan says about when a measure is due, and how that was read.
public struct Deadline: Sendable, Hashable {
  /// The document's own words with their reading.
  public var reading: DeadlineReading
  /// A person's decision (`due:` in the ledger), which wins over the words.
  public var decided: CivilDate?
  /// Whether ``decided`` is a later date that the contact agreed to, and not the ledger's.
  public var isPostponed = false

  /// A deadline as read, or as decided by a person.
  public init(reading: DeadlineReading, decided: CivilDate? = nil) {
    self.reading = reading
    self.decided = decided
  }

  /// Equal deadlines have equal words; within a document, whose date is the same for all, different readings have
  /// different ones.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(text)
    hasher.combine(decided)
  }

  /// The document's own words.
  public var text: String { reading.text }

  /// What a reader is shown: the words, or the day that was decided with the words behind it.
  public var shown: String {
    guard let decided, reading.dueDates != [decided] else { return text }
    return decided.chinese() + (text.isEmpty ? "" : Self.wordsMark + "“\(text)”）")
  }

  /// Before the words where another day was decided.
  public static let wordsMark = "（原文"

  /// The nominal dates: a person's decision, or else the certain dates of the words. These never move.
  public var dueDates: [CivilDate] { decided.map { [$0] } ?? reading.dueDates }

  /// Whether the measure goes on without an end date and no person decided otherwise.
  public var isStanding: Bool { decided == nil && reading.isStanding }

  /// Whether a person must look at the words: nothing certain was read and nobody decided.
  public var needsDecision: Bool {
    guard decided == nil else { return false }
    switch reading.status {
    case .ambiguous, .unread, .invalid: return true
    case .none: return true
    case .read:
      return !reading.readings.contains { reading in
        switch reading {
        case .date, .range, .standing, .immediate, .recurring: true
        case .from, .relative, .event: false
        }
      }
    }
  }
}

/// How a deadline phrase was read, and how sure that is.
public struct DeadlineReading: Sendable, Hashable {
  /// How sure a reading is.
  public enum Status: String, Sendable, Hashable, CaseIterable {
    /// Certain.
    case read
    /// More than one meaning; ``DeadlineReading/alternatives`` lists the dates.
    case ambiguous
    /// Nothing certain.
    case unread
    /// Names a date that doesn't exist.
    case invalid
    /// Names no deadline.
    case none
  }

  /// Whether words say of which year they speak, other than by its number: 明年6月底前, 十四五期末.
  public static func namesYear(_ words: String) -> Bool { Vocabulary.years.contains(where: words.contains) }

  /// The document's own words, unchanged.
  public var text: String
  /// How sure the reading is.
  public var status: Status
  /// What the phrase says, in its order; empty unless ``status`` is `read`.
  public var readings: [Reading]
  /// The dates that an ambiguous phrase could mean, ascending.
  public var alternatives: [CivilDate]
  /// Why the phrase isn't certain, or which repair or assumption made it so; English, nil where there is nothing to say.
  public var reason: String?

  /// Whether the date says which things are meant, or since when: 2000年底前建成的小区.
  public var isAboutSomethingElse: Bool { reason == Note.description.rawValue }

  /// Whether the words name a day without a month, which is taken for one of the document's.
  public var takesMonthOfDocument: Bool { reason == Note.monthOfDocument.rawValue }

  package init(
    text: String, status: Status, readings: [Reading] = [], alternatives: [CivilDate] = [],
    reason: String? = nil
  ) {
    self.text = text
    self.status = status
    self.readings = readings
    self.alternatives = alternatives
    self.reason = reason
  }

  /// The days on which something is due, ascending, each once: the ends of the dates and ranges read for certain.
  public var dueDates: [CivilDate] {
    guard status == .read else { return [] }
    let dates = readings.compactMap { reading -> CivilDate? in
      switch reading {
      case .date(let due, _), .range(_, let due): due
      default: nil
      }
    }
    return dates.count > 1 ? Set(dates).sorted() : dates
  }

  /// The rules that recur, where the phrase was read for certain.
  public var recurrences: [Recurrence] {
    guard status == .read else { return [] }
    return readings.compactMap { if case .recurring(let rule) = $0 { rule } else { nil } }
  }

  /// Whether the phrase says, for certain, that the measure has no end date.
  public var isStanding: Bool { status == .read && readings.contains(.standing) }
}

/// One thing that a deadline phrase says.
public enum Reading: Sendable, Hashable {
  /// What a relative deadline counts in.
  public enum Unit: String, Sendable, Hashable {
    case day, workday, month, year
  }

  /// Done by the end of `due`, or by `time` of that day where the words name one.
  case date(due: CivilDate, time: CivilTime? = nil)
  /// Within a period whose last day is `due`.
  case range(from: CivilDate, due: CivilDate)
  case from(CivilDate)
  /// Without an end date (长期).
  case standing
  /// At once (立行立改).
  case immediate
  case recurring(Recurrence)
  /// So many units after something; `after` holds the words for that something, nil where the phrase has none.
  case relative(count: Int, unit: Unit, after: String?)
  /// After something whose day isn't known.
  case event(after: String)

  /// Whether it names days of its own.
  var isDate: Bool {
    switch self {
    case .date, .range: true
    default: false
    }
  }
}

extension DeadlineReading: Encodable {
  private enum Key: String, CodingKey { case text, status, readings, alternatives, reason }

  /// Writes `{"text","status","readings","reason"}`, with `alternatives` for an ambiguous phrase.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(text, forKey: .text)
    try container.encode(status.rawValue, forKey: .status)
    try container.encode(readings, forKey: .readings)
    if status == .ambiguous { try container.encode(alternatives, forKey: .alternatives) }
    try container.encode(reason, forKey: .reason)
  }
}

extension Reading: Encodable {
  private enum Key: String, CodingKey { case kind, due, time, from, rule, count, unit, after }

  /// Writes an object whose `kind` names the case and whose other keys hold its values.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .date(let due, let time):
      try container.encode("date", forKey: .kind)
      try container.encode(due, forKey: .due)
      try container.encodeIfPresent(time?.description, forKey: .time)
    case .range(let from, let due):
      try container.encode("range", forKey: .kind)
      try container.encode(from, forKey: .from)
      try container.encode(due, forKey: .due)
    case .from(let day):
      try container.encode("from", forKey: .kind)
      try container.encode(day, forKey: .from)
    case .standing: try container.encode("standing", forKey: .kind)
    case .immediate: try container.encode("immediate", forKey: .kind)
    case .recurring(let recurrence):
      try container.encode("recurring", forKey: .kind)
      try container.encode(recurrence.rule, forKey: .rule)
      try container.encodeIfPresent(recurrence.from, forKey: .from)
    case .relative(let count, let unit, let after):
      try container.encode("relative", forKey: .kind)
      try container.encode(count, forKey: .count)
      try container.encode(unit.rawValue, forKey: .unit)
      try container.encode(after, forKey: .after)
    case .event(let after):
      try container.encode("event", forKey: .kind)
      try container.encode(after, forKey: .after)
    }
  }
}

/// Reads the words in which Chinese offices write deadlines.
///
/// A pure function of the words, the document's date and the working-day calendar. What isn't certain is never
/// returned as certain: a phrase with two meanings is `ambiguous`, one without a sure meaning `unread`. See
/// docs/deadlines.md for the grammar and the policy.
public struct DeadlineReader: Sendable {
  private let issue: IssueDate
  private let calendar: WorkdayCalendar
  /// In bytes of UTF-8: about 5,000 characters.
  private static let longestText = 16_000

  /// A reader for the phrases of a document that was issued on that day.
  ///
  /// - Parameters:
  ///   - issued: the day; without it, a phrase that doesn't name its year can't be read for certain.
  ///   - calendar: counts the working days of a span such as 20个工作日内, whose end ``DeadlineReading/reason`` tells.
  public init(issued: CivilDate?, calendar: WorkdayCalendar = WorkdayCalendar()) {
    issue = IssueDate(day: issued, year: issued?.year)
    self.calendar = calendar
  }

  /// The day on which the document was issued, where that is known.
  public var issued: CivilDate? { issue.day }

  /// A reader for the phrases of a document of which only the year is known.
  public init(issuedIn year: Int) {
    issue = IssueDate(day: nil, year: year)
    calendar = WorkdayCalendar()
  }

  /// Reads one phrase, or the sentence that holds it.
  public func read(_ text: String) -> DeadlineReading {
    // No office writes a deadline of that length; this bounds the time for anything else.
    guard text.utf8.count <= Self.longestText else {
      return DeadlineReading(text: text, status: .unread, reason: Note.tooLong.rawValue)
    }
    var interpreter = Interpreter(text: text, issue: issue, calendar: calendar)
    return interpreter.reading()
  }
}

/// Why a day isn't taken for a new deadline without asking: it is rather a slip of the pen.
public enum UnlikelyDay: Sendable, Hashable {
  /// It isn't after today.
  case past
  /// It isn't after the deadline.
  case early
  /// It is more than a year after both.
  case far

  /// What is wrong with a day to which a deadline would move; nil where nothing is.
  ///
  /// - Parameters:
  ///   - due: the deadline; nil where it isn't known.
  ///   - today: when it was asked for, or is decided; nil where that isn't known.
  public init?(_ until: CivilDate, due: CivilDate?, today: CivilDate?) {
    if let today, until <= today {
      self = .past
    } else if let due, until <= due {
      self = .early
    } else if let last = [due, today].compactMap(\.self).max(), until.days(since: last) > Self.furthest {
      self = .far
    } else {
      return nil
    }
  }

  /// A year, in days.
  private static let furthest = 366
}
