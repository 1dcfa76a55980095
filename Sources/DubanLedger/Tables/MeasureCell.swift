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
    let end = Self.end(of: body)
    title = String(body[..<end]).onOneLine
    text = end == body.endIndex ? "" : String(body[body.index(after: end)...]).trimmedWhitespace
  }

  /// Where the title ends. A break within the first words of one sentence only fits a narrow column: 延长⏎窗口时间.
  private static func end(of body: String) -> String.Index {
    let first = body.firstIndex { $0 == "。" || $0.isNewline } ?? body.endIndex
    guard first < body.endIndex, body[first].isNewline else { return first }
    let (line, rest) = (body[..<first], body[body.index(after: first)...])
    guard line.count < 6, !rest.contains(where: { $0 == "。" || $0.isNewline }), line.allSatisfy(\.isLetter),
      let next = rest.first, next.isLetter,
      NumberedText(String(rest)) == nil, TableNote.areaTitle(String(rest)) == nil,
      !rest.dropFirst().hasPrefix("是")
    else { return first }
    return body.endIndex
  }
}
