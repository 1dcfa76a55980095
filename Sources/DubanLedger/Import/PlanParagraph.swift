/// A paragraph of a plan's text, put together again from its wrapped lines.
struct PlanParagraph: Sendable, Hashable {
  /// What the paragraph begins with.
  enum Kind: Sendable, Hashable {
    /// A number.
    case numbered(PlanMarker)
    /// A label and its value; `marker` where a number stands before the label.
    case label(PlanLabel)
    /// A row of a table that was pasted as lines.
    case row(PlanTable.Row)
    /// The headings of a table that was pasted as lines.
    case headings
    /// A date alone on its line.
    case date
    /// A page's number.
    case pageNumber
    /// Neither.
    case plain
  }

  /// What it begins with.
  var kind: Kind
  /// The text after the number or label.
  var text: String
  /// The lines that it was put together from.
  var lines: [SourceLine]
}
