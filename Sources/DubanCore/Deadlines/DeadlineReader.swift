/// Reads the words in which Chinese offices write deadlines.
///
/// A pure function of the words, the document's date and the working-day calendar. What isn't certain is never
/// returned as certain: a phrase with two meanings is `ambiguous`, one without a sure meaning `unread`. See
/// docs/deadlines.md for the grammar and the policy.
public struct DeadlineReader: Sendable {
  private let issue: IssueDate
  private let calendar: WorkdayCalendar
  private let table = WordTable.standard
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
    var interpreter = Interpreter(
      text: text, tokens: Lexer.tokens(of: text, table: table), issue: issue, calendar: calendar)
    return interpreter.reading()
  }
}
