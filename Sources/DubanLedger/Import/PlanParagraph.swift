/// A paragraph of a plan's text, put together again from its wrapped lines.
struct PlanParagraph: Sendable {
  /// What the paragraph begins with.
  enum Kind: Sendable {
    /// A number.
    case numbered(PlanMarker)
    /// A label and its value, with the number that stands before the label.
    case label(PlanLabel, PlanMarker?)
    /// A table.
    case table(PaperTable)
    /// A text box, a footnote: what stands beside the running text.
    case aside
    /// A date alone on its line.
    case date
    /// A page's number, or what else is repeated at its edges.
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
