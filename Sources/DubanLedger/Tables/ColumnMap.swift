import DubanCore

/// Which column of a table each field is read from, and what is wrong with its headings.
struct ColumnMap {
  /// By heading: asked for each cell of each row.
  private var places = [[TableHeader.Column]](repeating: [], count: Heading.allCases.count)
  /// Unknown headings and columns without one, doubles and what is missing.
  private(set) var diagnostics: [Diagnostic] = []
  /// By column, what there is to say of one that isn't read and has something in its rows.
  private(set) var unread: [Int: Diagnostic] = [:]
  /// Columns that are ticked where the status is so: 已完成 | 推进中 | 未启动.
  private(set) var ticks: [(column: Int, status: String)] = []
  /// Whether each unit has its person in brackets behind it: 责任单位（责任人）.
  private(set) var unitsHoldPersons = false
  /// Whether the measure's cell holds number, title and text together, rather than the title alone.
  private(set) var splitsMeasures = true

  /// Sorts the header's columns; `needed` must be there.
  init(_ table: Table, _ header: TableHeader, needed: [Heading]) {
    let firstRow = header.rows.upperBound
    var unread = header.unknown.map { (column: $0.index, words: $0.words, location: $0.location) }
    let supervisor = Self.supervisor(header)
    places[Heading.supervisor.rawValue] = supervisor.map { [$0] } ?? []
    for heading in Heading.allCases where heading != .derived && heading != .supervisor {
      var columns = header.columns.filter { $0.heading == heading && $0.index != supervisor?.index }
      reportDoubles(columns)
      if heading == .text { splitsMeasures = columns.isEmpty }
      if heading == .measure, columns.count > 1 {
        // 工作任务 beside 具体措施: the left one is the title, the right one says how.
        if !header.has(.text) { places[Heading.text.rawValue] = [columns[1]] }
        unread += columns.dropFirst(header.has(.text) ? 1 : 2).map { ($0.index, $0.words, $0.location) }
        columns = [columns[0]]
      } else if heading == .deadline, columns.count > 1 {
        let chosen = chooseDeadline(columns, table, firstRow: firstRow)
        unread += columns.filter { $0.index != chosen?.index }.map { ($0.index, $0.words, $0.location) }
        columns = chosen.map { [$0] } ?? []
      } else if heading == .due, columns.count > 1 {
        // 第二次延期 before 第一次延期; a day that a person decided before either.
        let ranked = columns.sorted { $0.rank < $1.rank }
        let isCounted = { (column: TableHeader.Column) in column.rank >= DeadlineHeading.counted }
        let others = ranked.filter { !isCounted($0) }
        unread += others.dropFirst().map { ($0.index, $0.words, $0.location) }
        let isDecided = others.first?.isDecided ?? false
        columns =
          isDecided ? [others[0]] + ranked.filter(isCounted) : ranked.filter(isCounted) + others.prefix(1)
      } else if heading == .progress, columns.count > 1,
        columns.allSatisfy({ HeadingParts.isMonthly($0.rank) })
      {
        // 3月进展 | 4月进展: the latest that is filled in counts. From December on the months begin anew.
        let falls = zip(columns, columns.dropFirst()).filter { $0.rank >= $1.rank }
        if falls.allSatisfy({ $0.rank - $1.rank == 11 }) && falls.count < 2 {
          columns.reverse()
        } else if falls.count < columns.count - 1 {
          unread += columns.map { ($0.index, $0.words, $0.location) }
          columns = []
        }
      } else if heading == .persons, !columns.isEmpty, !header.holdsMeasures {
        if let chosen = chooseAddressee(columns, header) {
          unread += columns.filter { $0.index != chosen.index }.map { ($0.index, $0.words, $0.location) }
          columns = [chosen]
        }
      } else if heading == .persons, let doing = doing(columns, header, table, firstRow: firstRow) {
        unread += columns.filter { $0.rank != doing.rank }.map { ($0.index, $0.words, $0.location) }
        columns = [doing]
      } else if !heading.isCumulative, let best = columns.min(by: { $0.rank < $1.rank }) {
        unread += columns.filter { $0.rank != best.rank }.map { ($0.index, $0.words, $0.location) }
        columns = [best]
      }
      if !columns.isEmpty { places[heading.rawValue] = columns }
    }
    if !header.holdsMeasures {
      // 类别 of a 通讯录 may say who only leads.
      let read: Set<Heading> = [.id, .persons, .units, .email, .copies, .head, .phone, .supervisor, .derived]
      unread += header.columns.filter { !read.contains($0.heading) }.map { ($0.index, $0.words, $0.location) }
    }
    if !header.holdsMeasures,
      let place = unread.firstIndex(where: { Heading.phones.contains(Heading.plain($0.words)) })
    {
      let phone = unread.remove(at: place)
      places[Heading.phone.rawValue] = [
        .init(index: phone.column, heading: .phone, rank: 0, location: phone.location, words: phone.words)
      ]
    }
    if header.holdsMeasures, columns(.status).isEmpty { takeTicks(from: &unread, table, firstRow: firstRow) }
    if columns(.persons).isEmpty, columns(.units).count == 1 {
      let aside = columns(.units)[0].words.split { "（）()".contains($0) }.dropFirst().first
      unitsHoldPersons = aside.flatMap { Heading.named(String($0)) }?.heading == .persons
    }
    reportUnread(unread, table, firstRow: firstRow)
    reportGuess()
    reportNameless(table, header)
    reportMissing(needed, header, at: table.location(row: header.rows.lowerBound))
  }

  /// Takes the columns that name a status and in which ticks are beside the measures; ``RowFields`` asks about other words.
  private mutating func takeTicks(
    from unread: inout [(column: Int, words: String, location: Diagnostic.Location)], _ table: Table,
    firstRow: Int
  ) {
    let measures = (firstRow..<max(firstRow, table.rows.count)).filter { row in
      column(.measure).map { !table.text(row, $0.index).isEmpty } ?? false
    }
    let found = unread.filter { StatusCell.isStatus(heading: $0.words) }
    let hasTick = found.contains { column in
      measures.contains { StatusCell.isTick(table.text($0, column.column)) }
    }
    guard found.count > 1, hasTick else { return }
    ticks = found.map { ($0.column, String($0.words.split(separator: "／").last ?? "")) }
    unread.removeAll { column in found.contains { $0.column == column.column } }
  }

  /// Of several columns that could be the deadline, the one whose heading says that it is what was required: never by the
  /// order of a list. Where the words don't decide and both are filled, an error names both.
  private mutating func chooseDeadline(
    _ columns: [TableHeader.Column], _ table: Table, firstRow: Int
  ) -> TableHeader.Column? {
    let required = DeadlineHeading.required(columns.map { ($0.words, $0.rank) }).map { columns[$0] }
    if required.count == 1 { return required[0] }
    let candidates = required.isEmpty ? columns : required
    let filled = candidates.filter { column in
      (firstRow..<max(firstRow, table.rows.count)).contains { !table.isEmpty($0, column.index) }
    }
    if filled.count == 2, filled[0].rank != filled[1].rank {
      diagnostics.append(
        Diagnostic(
          .error, at: filled[1].location,
          "“\(filled[0].words.onOneLine)” and “\(filled[1].words.onOneLine)” could both be the deadline",
          help: "rename the one that is no deadline, such as to 实际完成时间, or take it out"))
    }
    return filled.first ?? candidates.first
  }

  /// The column of the supervisors: beside others of persons, and in a list of addresses behind those, where nobody takes
  /// the addresses for theirs.
  private static func supervisor(_ header: TableHeader) -> TableHeader.Column? {
    let persons = header.columns.filter { $0.heading == .persons }
    guard let found = persons.first(where: { Heading.supervisors.contains(Heading.plain($0.words)) }),
      persons.contains(where: {
        $0.index != found.index && !Heading.supervisors.contains(Heading.plain($0.words))
      })
    else { return nil }
    if header.holdsMeasures { return found }
    let address = header.columns.first { $0.heading == .email }?.index ?? 0
    return found.index > address && persons.contains { $0.index < address } ? found : nil
  }

  /// Of several columns of persons in a list of addresses, the one whose addresses they are: 联系人 where it is next to
  /// them. Anything else could send a leader's mail to another person, and is an error that names the columns.
  private mutating func chooseAddressee(
    _ columns: [TableHeader.Column], _ header: TableHeader
  ) -> TableHeader.Column? {
    let strangers = header.unknown.filter { column in
      ["人", "员", "领导", "同志", "姓名"].contains(where: Heading.plain(column.words).hasSuffix)
    }
    if columns.count == 1, strangers.isEmpty { return columns[0] }
    let address = header.columns.first { $0.heading == .email }?.index ?? 0
    let nearest = columns.last { $0.index < address } ?? columns[0]
    let contacts = columns.filter { column in
      ["联系", "联络", "经办", "承办"].contains(where: column.words.contains)
    }
    if strangers.isEmpty, contacts.count == 1, contacts[0].index == nearest.index { return nearest }
    let names = (columns.map(\.words) + strangers.map(\.words)).map { "“\($0.onOneLine)”" }
    diagnostics.append(
      Diagnostic(
        .error, at: columns.count > 1 ? columns[1].location : strangers[0].location,
        "\(names.joined(separator: " and ")) could both be whose address stands beside them",
        help: "keep one column of persons, and a row for each person with an address"))
    return nil
  }

  /// Of the columns of persons beside measures, the one of those who do the work: never their leaders', where another has
  /// names. Where that other one's heading isn't known, a warning names both.
  private mutating func doing(
    _ columns: [TableHeader.Column], _ header: TableHeader, _ table: Table, firstRow: Int
  ) -> TableHeader.Column? {
    func isOfLeaders(_ column: TableHeader.Column) -> Bool {
      ["领导", "第一责任人"].contains(where: column.words.contains)
    }
    let rows = firstRow..<max(firstRow, table.rows.count)
    let named = columns.filter { column in rows.contains { !table.isEmpty($0, column.index) } }
    let others = named.filter { !isOfLeaders($0) }
    let best = (others.isEmpty ? named.isEmpty ? columns : named : others).min { $0.rank < $1.rank }
    guard let best, others.isEmpty, isOfLeaders(best) else { return best }
    let stranger = header.unknown.first { column in
      let words = Heading.plain(column.words)
      return ["人", "员", "同志", "姓名"].contains(where: words.hasSuffix)
        && !Self.lookOn.contains(where: words.contains)
        && rows.contains { NameList.looksLikeName(table.text($0, column.index)) }
    }
    if let stranger {
      diagnostics.append(
        Diagnostic(
          .warning, at: stranger.location,
          "those of “\(best.words.onOneLine)” are reminded, and “\(stranger.words.onOneLine)” could be those who answer",
          help: "call the column of those who are to be reminded 责任人"))
    }
    return best
  }

  /// What persons do who never answer for a measure.
  private static let lookOn = [
    "填报", "填表", "审核", "审批", "验收", "监督", "督办", "复核", "制表", "确认", "签发", "校对", "报送",
  ]

  /// The column of a field; nil where the table has none.
  func column(_ heading: Heading) -> TableHeader.Column? { places[heading.rawValue].first }

  /// The columns that say a measure's status.
  var ofStatus: [Int] { columns(.status).map(\.index) + ticks.map(\.column) }

  /// The columns of a field, from left to right.
  func columns(_ heading: Heading) -> [TableHeader.Column] { places[heading.rawValue] }

  private mutating func reportDoubles(_ columns: [TableHeader.Column]) {
    for (position, column) in columns.enumerated() {
      guard let first = columns[..<position].first(where: { $0.rank == column.rank }) else { continue }
      diagnostics.append(
        Diagnostic(
          .error, at: column.location, "the heading “\(column.words.onOneLine)” stands twice",
          help: "the first is at \(first.location); keep one, or give the other its own name"))
    }
  }

  private mutating func reportUnread(
    _ columns: [(column: Int, words: String, location: Diagnostic.Location)], _ table: Table, firstRow: Int
  ) {
    for (column, words, location) in columns.sorted(by: { $0.column < $1.column }) {
      let mayTellStatus =
        self.columns(.status).isEmpty && self.columns(.progress).isEmpty && ticks.isEmpty
        && ["完成", "办结", "销号"].contains(where: words.contains)
        // 原完成时限, 完成时间
        && !DeadlineHeading.ends.contains(where: Heading.plain(words).hasSuffix)
      let warning = Diagnostic(
        .warning, at: location, "the column “\(words.onOneLine)” is not read",
        help: mayTellStatus
          ? "write 已完成 or 已销号 into a column 状态: without one every measure counts as open"
          : "rename it if it belongs to the ledger: \(Self.examples)")
      unread[column] = warning
      let isUsed = (firstRow..<max(firstRow, table.rows.count)).contains { !table.isEmpty($0, column) }
      if isUsed { diagnostics.append(warning) }
    }
  }

  /// Says which column was taken for the measures where no heading is one of theirs.
  private mutating func reportGuess() {
    guard let column = column(.measure), column.rank == TableHeader.guessed else { return }
    diagnostics.append(
      Diagnostic(
        .warning, at: column.location,
        "the column “\(column.words.onOneLine)” is taken for the measures, since no heading names them",
        help: "call the column that holds the measures 整改措施"))
  }

  private mutating func reportNameless(_ table: Table, _ header: TableHeader) {
    let width = table.rows.indices.map(table.width).max() ?? 0
    var isKnown = [Bool](repeating: false, count: width)
    for column in header.columns.map(\.index) + header.unknown.map(\.index) { isKnown[column] = true }
    for row in header.rows.upperBound..<max(header.rows.upperBound, table.rows.count) {
      for column in 0..<table.width(row) where !isKnown[column] && !table.isEmpty(row, column) {
        let text = table.text(row, column)
        isKnown[column] = true
        if let beside = headed(column, header, table, row) {
          diagnostics.append(
            Diagnostic(
              .error, at: table.location(row, column),
              "“\(text.excerpt)” stands beside the column “\(beside.words.onOneLine)”, under the same heading",
              help: "give each of the two columns a heading of its own, such as 开始时间 and 完成时限"))
          continue
        }
        diagnostics.append(
          Diagnostic(
            .warning, at: table.location(row, column),
            "“\(text.excerpt)” stands in a column without a heading",
            help: "give the column a heading: \(Self.examples)"))
      }
    }
  }

  /// The column that shares its heading with one to its right: merged over both, or a deadline's with a day beside it.
  private func headed(
    _ column: Int, _ header: TableHeader, _ table: Table, _ row: Int
  ) -> TableHeader.Column? {
    let needed: Set<Heading> = [.id, .measure, .units, .persons, .deadline, .due, .status]
    return header.columns.last { $0.index < column && needed.contains($0.heading) }.flatMap { beside in
      let isMerged = header.rows.contains { row in
        beside.index + Int(table.cell(row, beside.index).furtherColumns) >= column
      }
      let isDay =
        beside.heading == .deadline && beside.index == column - 1
        && (table.cell(row, column).kind == .date
          || table.text(row, column).prefixMatch(of: /(20\d\d)?\D?\d{1,2}[月.\/-]/) != nil)
      return isMerged || isDay ? beside : nil
    }
  }

  private mutating func reportMissing(
    _ needed: [Heading], _ header: TableHeader, at location: Diagnostic.Location
  ) {
    let both = header.unknown.first { $0.words.contains("责任单位") && $0.words.contains("责任人") }
    for heading in needed where places[heading.rawValue].isEmpty {
      if heading == .units, let both {
        diagnostics.append(
          Diagnostic(
            .error, at: both.location, "“\(both.words.onOneLine)” holds units and persons in one column",
            help: "part it into two columns, 责任单位 and 责任人"))
        continue
      }
      let likely = header.unknown.filter { column in
        heading == .deadline && ["时限", "期限", "时间", "日期", "周期", "节点"].contains(where: column.words.contains)
      }
      if let last = likely.last {
        let names = likely.map { "“\($0.words.onOneLine)”" }.joined(separator: ", ")
        diagnostics.append(
          Diagnostic(
            .error, at: last.location,
            "the table has no column “\(heading.wordings[0])” that is known: \(names) may be it",
            help: "call it 完成时限 if it says when a measure is due"))
        continue
      }
      let names = heading.wordings.prefix(3).map { "“\($0)”" }.joined(separator: ", ")
      diagnostics.append(
        Diagnostic(
          .error, at: location, "the table has no column “\(heading.wordings.first ?? "")”",
          help: "add one with a heading such as \(names)"))
    }
  }

  private static let examples = "序号, 领域, 主要问题, 整改目标, 整改措施, 责任单位, 责任人, 完成时限, 进展情况, 状态, 邮箱"
}

extension TableHeader.Column {
  /// Whether its days are a person's decision, rather than another term: 明确日期.
  var isDecided: Bool {
    ["明确", "确定", "认定"].contains(where: words.contains)
  }
}
