public import DubanCore

/// The days that a yearly notice of the State Council names: 国务院办公厅关于2026年部分节假日安排的通知.
public struct HolidayNotice: Sendable, Equatable {
  /// A day off, or a Saturday or Sunday that is worked for it.
  public struct Day: Sendable, Equatable {
    /// The festival as the notice names it: 春节, 国庆节、中秋节.
    public var name: String
    /// The day, in the notice's year or in December before.
    public var date: CivilDate
    /// False for a make-up day.
    public var isOff: Bool
  }

  /// The year of the notice; its days may lie in December before.
  public var year: Int
  /// Ascending.
  public var days: [Day]

  /// Reads a notice's text.
  ///
  /// Nothing is taken for granted: each festival must be named and lie in its own holiday, the days must be as many as
  /// the notice says, the days of the week must fit, and make-up days must be Saturdays and Sundays. A notice that
  /// contradicts itself, or a sentence with a date that isn't understood, gives no days at all.
  public static func read(_ text: String, file: String) -> (notice: HolidayNotice?, diagnostics: [Diagnostic])
  {
    var reader = HolidayNoticeReader(text: text, file: file)
    let notice = reader.read()
    return (reader.diagnostics.isEmpty ? notice : nil, reader.diagnostics)
  }

  /// The notice as a holiday-cn file, which ``HolidayReader`` reads.
  public var json: String {
    let lines = days.map { day in
      "    {\"name\": \"\(day.name)\", \"date\": \"\(day.date)\", \"isOffDay\": \(day.isOff)}"
    }
    return """
      {
        "$schema": "https://raw.githubusercontent.com/NateScarlet/holiday-cn/master/schema.json",
        "year": \(year),
        "papers": [],
        "days": [
      \(lines.joined(separator: ",\n"))
        ]
      }

      """
  }
}
