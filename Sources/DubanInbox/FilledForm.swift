/// What was filled into the form of a report, in the quotation or typed anew above it, and the lines beside it.
struct FilledForm: Sendable {
  /// What stands in the cells of one measure.
  struct Cells: Sendable, Hashable {
    var item: String
    var progress = ""
    /// 存在问题 and 下一步打算.
    var others = ""
  }

  private(set) var cells: [Cells] = []
  /// The other lines; those that stand below the number of a measure alone, with its number.
  private(set) var loose: [NewText.Line] = []
  /// Measures whose number stands alone, and nobody knows which words are said of them.
  private(set) var unclear: [String] = []

  private let known: [SentMail.Item]
  /// The measure that lines without a number are about.
  private var current: String?
  /// A measure whose number stood alone and of which nothing was said yet.
  private var awaited: String?
  /// The measure whose number stood alone above the line before.
  private var spoken: String?
  /// The headings of a table whose rows stand in a line each.
  private var headings: [String] = []

  private static let progress = "进展情况"
  private static let labels = [progress, "存在问题", "下一步打算"]

  /// The form in these lines, of the mail that has these measures.
  init(_ lines: [NewText.Line], of known: [SentMail.Item]) {
    self.known = known
    current = known.count == 1 ? known[0].id : nil
    for line in lines {
      if let item = line.item {
        if let label = line.label { fill(item, label, line.text) } else { loose.append(line) }
      } else if !takeRow(line.text), !takeNumber(squeezed(line.text)), !takeLabel(squeezed(line.text)) {
        takeWords(line)
      }
    }
    if let awaited { unclear.append(awaited) }
  }

  private mutating func fill(_ item: String, _ label: String, _ text: String) {
    guard !text.isEmpty else { return }
    if cells.last?.item != item { cells.append(Cells(item: item)) }
    let last = cells.endIndex - 1
    let cell = label.contains("进展") ? \Cells.progress : \Cells.others
    cells[last][keyPath: cell] += (cells[last][keyPath: cell].isEmpty ? "" : "，") + text
  }

  /// 4.1, 4.1 with its title, or the title in a cell of its own behind the number.
  private mutating func takeNumber(_ key: String) -> Bool {
    // （1）4.1强化行政执法信息公示
    let bare = key.hasPrefix("（") ? key.drop { $0 != "）" }.dropFirst() : key[...]
    if let id = known.first(where: { bare == $0.id || bare == $0.id + $0.title })?.id {
      // 4.1, 4.2: 已完成 may be said of both.
      if let awaited, awaited != id { unclear += [awaited, id] }
      (current, awaited) = (id, id)
      return true
    }
    return awaited.map { id in known.contains { $0.id == id && $0.title == key } } ?? false
  }

  /// 进展情况：已完成.
  private mutating func takeLabel(_ key: String) -> Bool {
    guard let current,
      let label = Self.labels.first(where: { key.hasPrefix($0 + "：") || key.hasPrefix($0 + ":") })
    else { return false }
    awaited = nil
    fill(current, label, String(key.dropFirst(label.count + 1)))
    return true
  }

  /// A row of a table, its cells parted by tabs or bars; its headings say which cell is which.
  private mutating func takeRow(_ text: String) -> Bool {
    let row = text.split(omittingEmptySubsequences: false) { "\t|｜".contains($0) }.map { squeezed($0) }
    guard row.count > 2 else { return false }
    if row.contains(Self.progress) {
      headings = row
      return true
    }
    guard let place = headings.firstIndex(of: Self.progress), place < row.count, row.count <= headings.count,
      let item = known.first(where: {
        row[..<place].contains($0.id) || row[..<place].contains($0.id + $0.title)
      })
    else { return false }
    for (heading, cell) in zip(headings, row) where Self.labels.contains(heading) {
      fill(item.id, heading, cell)
    }
    return true
  }

  private mutating func takeWords(_ line: NewText.Line) {
    var line = line
    // The edge of a table.
    line.text = String(line.text.drop { "|｜".contains($0) })
    if !AnswerPiece.numbers(line.text).isEmpty {
      // What follows may be about these.
      if let awaited { unclear.append(awaited) }
      if known.count > 1 { current = nil }
      spoken = nil
    } else if let awaited {
      line.item = awaited
      spoken = awaited
    } else if let spoken,
      Statement.speaksOfTime(line.text, nil) || !Boilerplate.isHarmless(line.text, on: nil)
    {
      // 4.2 | 推进中 | 12月30日, a cell below the other; 但数据库尚未开放
      unclear.append(spoken)
    }
    awaited = nil
    loose.append(line)
  }
}
