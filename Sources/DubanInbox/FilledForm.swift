import DubanCore

/// What was filled into the form of a report, in the quotation or typed anew above it, and the lines beside it.
struct FilledForm: Sendable {
  /// What is in the cells of one measure.
  struct Cells: Sendable, Hashable {
    var item: String
    var progress = ""
    /// 存在问题 and 下一步打算.
    var others = ""
  }

  private(set) var cells: [Cells] = []
  /// Whether our form was filled in, and not only a table of the owner's own.
  private(set) var isFilled = false
  /// The other lines; those below the number of a measure alone, with its number.
  private(set) var loose: [NewText.Line] = []
  /// Measures whose number is alone, and nobody knows which words are said of them.
  private(set) var unclear: [String] = []

  private let known: [SentMail.Item]
  /// The measure that lines without a number are about.
  private var current: String?
  /// A measure whose number was alone and of which nothing was said yet.
  private var awaited: String?
  /// The measure whose number was alone above the line before.
  private var spoken: String?
  /// The headings of a table whose rows have a line each.
  private var headings: [String] = []

  private static let progress = "进展情况"
  private static let labels = [progress, "存在问题", "下一步打算"]

  /// The form in these lines, written on that day, of the mail that has these measures.
  init(_ lines: [NewText.Line], of known: [SentMail.Item], on day: CivilDate?) {
    self.known = known
    current = known.count == 1 ? known[0].id : nil
    for line in lines {
      if let item = line.item {
        if let label = line.label { fill(item, label, line.text) } else { loose.append(line) }
      } else if !takeRow(line.text, day), !takeNumber(squeezed(line.text)), !takeLabel(squeezed(line.text)) {
        takeWords(line)
      }
    }
    if let awaited { unclear.append(awaited) }
  }

  private mutating func fill(_ item: String, _ label: String, _ text: String) {
    guard !text.isEmpty else { return }
    if cells.last?.item != item { cells.append(Cells(item: item)) }
    let last = cells.endIndex - 1
    let isProgress = label.contains("进展")
    isFilled = isFilled || isProgress
    let cell = isProgress ? \Cells.progress : \Cells.others
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
  private mutating func takeRow(_ text: String, _ day: CivilDate?) -> Bool {
    var row = text.split(omittingEmptySubsequences: false) { "\t|｜".contains($0) }.map { squeezed($0) }
    // |4.1|已完成|
    if row.count > 3, text.hasPrefix("|"), text.hasSuffix("|") { row = Array(row.dropFirst().dropLast()) }
    guard row.count > 1 else { return false }
    let place = headings.firstIndex(where: Self.states.isIn) ?? headings.firstIndex(where: Self.words.isIn)
    let isUnknown = place == nil && !headings.isEmpty
    let left = row[..<(place.map { min($0, row.count) } ?? row.count)]
    let named = known.filter { item in
      [item.id, item.id + item.title, item.title].contains(where: left.contains)
    }
    if named.isEmpty, AnswerPiece.numbers(text).isEmpty {
      return headings.isEmpty && isSigned(row, day) || takeHeadings(row)
    }
    guard named.count == 1, let item = named.first, row.count > 2 || isUnknown else { return false }
    // 编号|初稿|定稿, or a row that lacks a cell or has one too many
    if isUnknown || place != nil && left.contains(where: { Statement.read($0, due: nil, day: nil) != nil }) {
      unclear.append(item.id)
      return true
    }
    guard place.map({ $0 < row.count && row.count <= headings.count }) ?? true else { return false }
    if headings.contains(Self.progress) {
      for (heading, cell) in zip(headings, row) where Self.labels.contains(heading) {
        fill(item.id, heading, cell)
      }
      return true
    }
    let pairs = zip(headings, row)
    // 计划完成时间 may be before the state; 完成时限 there is the ledger's own.
    let ends = pairs.prefix(place ?? 0).filter { heading, cell in
      ["计划", "预计", "拟"].contains(where: heading.hasPrefix) && Self.end.isIn(heading)
        && Statement.speaksOfTime(cell, day)
    }
    let cells = place.map { Array(pairs.dropFirst($0)) } ?? row.map { ("", $0) }
    takeState(of: item, cells.filter { !isName($0.1, of: item) }, Array(ends), day)
    return true
  }

  /// Whether a row says only who writes: 林晓岚 | 市场监督管理局 | 12月28日.
  private func isSigned(_ row: [String], _ day: CivilDate?) -> Bool {
    var isPerson = false
    return !Self.first.isIn(row[0])
      && row.allSatisfy { cell in
        let value = cell.trimmingPrefix(Self.who.regex)
        let isDay = value.contains(where: \.isNumber) && Boilerplate.isHarmless(String(value), on: day)
        isPerson = isPerson || value.count < cell.count || PersonName.isName(value) || isDay
        return isDay || PersonName.isName(value) || Boilerplate.saysNothing(String(value))
      } && isPerson
  }

  /// The headings of a table: nothing is said by a row that begins as such do; 设备采购|状态|未完成 may be said.
  private mutating func takeHeadings(_ row: [String]) -> Bool {
    guard row.count(where: { !$0.isEmpty }) > 1 else { return false }
    let says = row.contains { !Self.time.isIn($0) && Statement.read($0, due: nil, day: nil) != nil }
    let isHeading = !says && (row[0].isEmpty || Self.first.isIn(row[0]))
    if isHeading || headings.isEmpty && row.count > 2 { headings = row }
    return isHeading && row.contains { Self.states.isIn($0) || Self.words.isIn($0) }
  }

  /// Whether a cell is only the measure's number, its title or a part of that.
  private func isName(_ cell: String, of item: SentMail.Item) -> Bool {
    cell == item.id
      || cell.count >= 4 && (item.id + item.title).holds(cell)
  }

  /// What a table of the owner's own says of a measure: its state, and behind it a day for the end or a remark.
  /// `ends`: the days for the end that are before it, which say nothing of what is done.
  private mutating func takeState(
    of item: SentMail.Item, _ cells: [(heading: String, cell: String)],
    _ ends: [(heading: String, cell: String)],
    _ day: CivilDate?
  ) {
    var text = cells.first?.cell ?? ""
    let says = Statement.read(text, due: nil, day: nil)?.says
    let isDone = says == .done
    // 设备采购 | 已完成, and an empty cell, of which nobody knows whether it is the one that counts.
    var isClear =
      says != nil
      || !text.isEmpty && AnswerPiece.numbers(text).isEmpty && Statement.speaksOfTime(text, nil)
    for (heading, cell) in cells.dropFirst() + (isDone || Statement.speaksOfTime(text, day) ? [] : ends)
    where !["-", "—", "——", "/", "无"].contains(cell) {
      let isEnd = Self.end.isIn(heading) && !cell.holds("完成")
      // 推进中 | 验收时间 | 1月10日
      let isOther = !isDone && !Self.end.isIn(heading) && Self.time.isIn(heading)
      isClear = isClear && !isOther && !(cell.isEmpty && headings.isEmpty)
      guard !cell.isEmpty else { continue }
      let isPast = isDone && isEnd && Dates.hasCome(cell, by: day)
      text += isPast ? "" : isEnd ? "，预计\(cell)完成" : isDone ? "（\(cell)）" : "，\(cell)"
    }
    if isClear { self.cells.append(Cells(item: item.id, progress: text)) } else { unclear.append(item.id) }
  }

  /// What the heading of a table's first column is called.
  private static let first = Pattern(/^(?:序号?|项目|.{0,4}(?:编号|措施|事项|任务|内容|名称|单位))$/)
  /// Headings of a column of states.
  private static let states = Pattern(
    /^(?:整改|工作|任务|目前|当前|最新|本[月期周])?(?:(?:进展|进度|状态)(?:情况)?|(?:整改|完成|办理|落实|推进|办结)(?:情况|状态|进展|结果))(?:说明|[（(](?:简述|简要|说明)[）)])?$/
  )
  /// Headings of a column that has the states where there is none of those.
  private static let words = Pattern(/^(?:(?:工作|目前)情况|现状|答复)$/)
  private static let who = Pattern(/^(?:姓名|单位|部门|科室|填[报表]人|填报单位|联系人|日期)[：:]/)
  /// Headings of a column of days for the end, and of any days.
  private static let end = Pattern(
    /^(?:计划|预计|拟)$|^(?:(?:计划|预计|拟)(?:于)?(?:整改|完成|办结)*|(?:整改)?(?:完成|办结))(?:时间|日期|时限|期限)(?:[（(](?:计划|预计)[）)])?$/
  )
  private static let time = Pattern(/时间|日期|时限|期限|下次|原因$/)

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

/// A report that is handed in as a file: what the file is called, and words that say no more than that it is there.
enum HandedIn {
  /// Whether a part is a file with something in it that is called as the form or the report is, and nothing in the name
  /// says that it is another, an empty or an earlier one.
  static func isReport(_ part: MailPart) -> Bool {
    guard let name = part.attachmentName, !isBlank(part) else { return false }
    return named.isIn(name) && !otherwise.isIn(name)
  }

  /// Whether nothing is in a file but white space: a CR, the mark of UTF-8.
  static func isBlank(_ part: MailPart) -> Bool {
    Transfer.decoded(part.body, part.encoding, atMost: 16).allSatisfy {
      $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0)
    }
  }

  /// Whether nobody could read anything else into these lines: politeness, a signature, and where the report is.
  static func isAll(_ lines: [NewText.Line]) -> Bool {
    lines.allSatisfy { line in
      line.item == nil && line.label == nil && !line.isBelowTitles
        && line.text.split { $0.isWhitespace || "，,；;。、！!：:".contains($0) }.allSatisfy { word in
          word.count <= 40 && phrase.isIn(word) || Boilerplate.saysNothing(String(word))
        }
    }
  }

  private static let named = Pattern(/整改情况|整改进展|进展情况|报送表/)
  /// Another period, unit or use than the report that is owed: a number may be either.
  private static let otherwise = Pattern(
    /[\d一二三四五六七八九十]|上半|下半|季|去年|上[月期次]|模板|样[表例]|空[白表]|格式|范[本例]|说明|通知|要求|初稿|草稿|草案|讨论|征求|意见|未|待|旧|作废|示例|参考|测试/
  )
  /// 整改情况报送表见附件, 现将我局整改情况报送如下, 请予查收.
  private static let phrase = Pattern(
    /^(?:(?:现?将)?(?:我|本)?(?:局|委|办|部|科|处|单位|中心)?(?:本[次期月])?的?(?:整改)?(?:进展)?(?:情况)?(?:报送|汇报|报告)?表?(?:已填[写报好]|已?填好)?(?:[详请]?见附件|随附|附后|附上|报上|上报|报送|送上|报送?如下)?|(?:附件)?请(?:您|领导|予以?|您?予)?(?:查收|审阅|查阅|收阅))$/
  )
}

/// An answer that a link of our mail filled in: a new mail that names ours in its text (``AnswerForm``).
struct FormAnswer {
  /// The token of the contact's link.
  var token: String?
  /// What is left to read: without the labels, and without the reason, which says nothing of the measure.
  var lines: [NewText.Line] = []

  /// Reads the form in these lines; they stay as they are where there is none.
  init(_ all: [NewText.Line]) {
    guard all.contains(where: { $0.text.hasPrefix(AnswerForm.mailLabel) }) else {
      lines = all
      return
    }
    var successor: String?
    var isReason = false
    for line in all {
      if let token = Self.value(AnswerForm.tokenLabel, line.text) {
        self.token = String(token.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) })
      } else if let name = Self.value(AnswerForm.successorLabel, line.text) {
        // 某局 张三: the name is last.
        successor = name.split(whereSeparator: \.isWhitespace).last.map(String.init)
        isReason = false
      } else if let numbers = Self.value(AnswerForm.numbersLabel, line.text) {
        let isAll = ["全部", "所有", "都"].contains { numbers.hasPrefix($0) }
        lines.append(NewText.Line(text: "\(isAll ? "全部措施" : numbers)\(AnswerForm.notMineWords)。"))
        isReason = false
      } else if [AnswerForm.unitLabel, AnswerForm.emailLabel].contains(where: line.text.hasPrefix) {
        isReason = false
      } else if Self.value(AnswerForm.reasonLabel, line.text) != nil {
        isReason = true
      } else if line.text.hasPrefix(AnswerForm.mailLabel) {
        isReason = false
      } else if !isReason || Self.namesItem(line.text) {
        lines.append(line)
      }
    }
    for place in lines.indices {
      lines[place].text.replace("_", with: "")
      if let successor {
        lines[place].text.replace(
          AnswerForm.notMineWords, with: "已移交，\(AnswerForm.successorLabel)\(successor)")
      }
    }
  }

  /// What is new without the lines that only say which mail this answers.
  static func shown(_ lines: [NewText.Line]) -> [NewText.Line] {
    lines.filter { !$0.text.hasPrefix(AnswerForm.mailLabel) && !$0.text.hasPrefix(AnswerForm.tokenLabel) }
  }

  /// The mails of ours that a mail names in its text, without angle brackets.
  static func ids(in mail: MailPart) -> [String] {
    let texts = mail.all(entering: false).filter { ["text/plain", "text/html"].contains($0.type) }
    let named = TextLines.lines(texts).lazy.compactMap { value(AnswerForm.mailLabel, trimmed($0)) }
    return named.prefix(20).compactMap(Address.first(in:))
  }

  private static func value(_ label: String, _ line: String) -> String? {
    line.hasPrefix(label) ? trimmed(line.dropFirst(label.count)) : nil
  }

  /// Whether a number such as 4.1 is in a line of the reason: more may be said than why.
  private static func namesItem(_ line: String) -> Bool { !AnswerPiece.numbers(line).isEmpty }
}
