import DubanCore

/// A remark beside a cell (批注): people write there that a day has moved or somebody else is in charge.
struct SheetComment: Sendable {
  var cell: CellReference
  var text: String

  /// How many of a sheet's are said one by one.
  private static let mostSaid = 5

  /// The remarks of a sheet, in the order of their cells; none where the part can't be read, since nothing hangs on it.
  static func all(_ archive: ZipArchive, of part: String) -> [SheetComment] {
    let handler = Handler()
    guard let comments = try? Relationships(archive, of: part).target(ofType: "comments"),
      archive.contains(comments), (try? archive.readPart(comments, with: handler)) != nil
    else { return [] }
    return handler.comments.sorted { ($0.cell.row, $0.cell.column) < ($1.cell.row, $1.cell.column) }
  }

  /// A warning for each of the first below that line: those at a header say how it is to be filled in.
  static func warnings(_ sheet: Table, below line: Int) -> [Diagnostic] {
    let comments = sheet.comments.filter { $0.cell.row >= line && !$0.text.isEmpty }
    return comments.prefix(mostSaid).enumerated().map { place, comment in
      let more = place + 1 == mostSaid ? comments.count - mostSaid : 0
      return Diagnostic(
        .warning, at: sheet.location.at(line: comment.cell.row + 1, column: comment.cell.column + 1),
        "the comment “\(comment.text.excerpt)” is not read" + (more > 0 ? ", nor are \(more) more" : ""),
        help: "write what counts into the row, and delete the comment")
    }
  }

  private final class Handler: XMLPart.Handler {
    var comments: [SheetComment] = []
    let isDone = false
    private var cell: CellReference?
    private var isText = false
    private var text = ""

    func begin(_ element: Substring, _ attributes: [String: String]) {
      if element == "comment" { (cell, text) = (CellReference(attributes["ref"] ?? ""), "") }
      isText = element == "t"
    }

    func end(_ element: Substring) {
      isText = false
      guard element == "comment", let cell else { return }
      comments.append(SheetComment(cell: cell, text: withoutAuthor(text)))
    }

    func characters(_ part: String) {
      if isText { text += part }
    }

    /// 张三:⏎延期至9月30日: spreadsheet programs begin with who wrote it.
    private func withoutAuthor(_ text: String) -> String {
      let lines = text.split(whereSeparator: \.isLineBreak)
      let isAuthor = lines.count > 1 && lines[0].last.map { ":：".contains($0) } ?? false
      return lines.dropFirst(isAuthor ? 1 : 0).joined(separator: "\n").onOneLine
    }
  }
}
