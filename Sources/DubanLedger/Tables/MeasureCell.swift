/// The cell of a measure, as plans write it: `1、加快实现…。加强…`.
struct MeasureCell: Equatable {
  /// The number within the area; nil where the cell has none.
  var number: Int?
  /// The first sentence, without its full stop.
  var title: String
  /// What follows.
  var text: String

  /// Splits the text at its first full stop, or at the end of its first line.
  init(_ cell: String) {
    let numbered = NumberedText(cell)
    let body = numbered?.text ?? cell
    number = numbered?.number
    let end = body.firstIndex { $0 == "。" || $0.isNewline } ?? body.endIndex
    title = String(body[..<end]).trimmedWhitespace
    text = end == body.endIndex ? "" : String(body[body.index(after: end)...]).trimmedWhitespace
  }
}
