/// What is known of the day on which the document was issued.
struct Issue: Sendable {
  /// The day, where the document names it.
  var day: CivilDate?
  /// The year, where at least that is known.
  var year: Int?

  /// Whether a date of the issue year is known to lie before the document.
  func isPast(_ date: CivilDate) -> Bool { day.map { date < $0 } ?? false }
}
