/// Reads what a document says about when something is due.
public struct DeadlineReader: Sendable {
  private let issued: CivilDate?

  /// A reader for a document issued on that day, with the working days of `calendar`.
  public init(issued: CivilDate?, calendar: WorkdayCalendar) { self.issued = issued }

  /// How `text` is read.
  public func read(_ text: String) -> DeadlineReading {
    let words = text.filter { !$0.isWhitespace }
    if words.isEmpty { return DeadlineReading(text: text, status: .none) }
    if words == "长期" { return DeadlineReading(text: text, status: .read, readings: [.standing]) }
    if let date = CivilDate(words) {
      return DeadlineReading(text: text, status: .read, readings: [.date(due: date)])
    }
    let numbers = words.split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) }
    if words.hasSuffix("月底前"), numbers.count == 2,
      let date = CivilDate.endOf(month: numbers[1], year: numbers[0])
    {
      return DeadlineReading(text: text, status: .read, readings: [.date(due: date)])
    }
    return DeadlineReading(text: text, status: .unread, reason: "not a form that is read for certain")
  }
}
