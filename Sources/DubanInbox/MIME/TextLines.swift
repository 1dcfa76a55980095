extension MailPart {
  /// The lines of all its texts, those of enclosed mails and reports too.
  package var lines: [String] { TextLines.lines(all().filter { $0.type.hasPrefix("text/") }) }
}

/// The lines of a text part as a person reads them.
enum TextLines {
  /// Beyond so many bytes a text is cut: nobody writes an answer of that length.
  static let most = 1_000_000
  private static let mostLines = 50_000

  /// The lines of these parts, one behind the other; cut where they are longer than a text may be.
  static func lines(_ parts: [MailPart]) -> [String] {
    var (result, room): ([String], Int) = ([], most)
    for part in parts where room > 0 {
      let text = part.text(atMost: room)
      room -= text.utf8.count
      result += lines(text, part)
    }
    return result
  }

  /// The lines of text/plain (format=flowed undone, RFC 3676) or text/html.
  static func lines(_ part: MailPart) -> [String] { lines(part.text, part) }

  private static func lines(_ text: String, _ part: MailPart) -> [String] {
    if part.type == "text/html" { return html(text) }
    let lines = text.split(separator: "\n", maxSplits: mostLines, omittingEmptySubsequences: false).prefix(
      mostLines
    ).map { line in line.scalars { $0 != "\0" && $0 != "\u{FEFF}" && $0 != "\u{200B}" } }
    guard part.parameters["format"]?.lowercased() == "flowed" else { return lines }
    return unflowed(lines, deletesSpace: part.parameters["delsp"]?.lowercased() == "yes")
  }

  private static func unflowed(_ lines: [String], deletesSpace: Bool) -> [String] {
    var result: [String] = []
    var isOpen = false
    for line in lines {
      let isQuoted = line.hasPrefix(">")
      var shown = line
      if !isQuoted, line.hasPrefix(" ") { shown.removeFirst() }
      let flows = shown.hasSuffix(" ") && shown != "-- "
      if isOpen, !isQuoted, shown != "-- ", let last = result.popLast() {
        result.append((deletesSpace ? String(last.dropLast()) : last) + shown)
      } else {
        result.append(shown)
      }
      isOpen = flows && !isQuoted
    }
    return result
  }

  /// Each block, cell and line break begins a line; styles, scripts, what is hidden and what was struck out isn't shown.
  static func html(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    var lines: [String] = []
    var line: [UInt8] = []
    // The tag that hides what is in it, and how many of its kind are open in it.
    var hidden: (tag: String, depth: Int)?
    var tables: [FormTable] = []
    func end() {
      lines.append(String(decoding: line, as: UTF8.self).replacing("\u{FEFF}", with: ""))
      line = []
    }
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case 0x3C:
        if bytes[index...].starts(with: Array("<!--".utf8)) {
          index = after("-->", bytes, index) ?? bytes.count
          continue
        }
        let close = bytes[index...].firstIndex(of: 0x3E) ?? bytes.count
        var name = bytes[(index + 1)..<close].prefix { $0 > 0x20 && $0 != 0x2F || $0 == 0x2F }.prefix(12)
        let isEnd = name.first == 0x2F
        if isEnd { name.removeFirst() }
        let tag = String(decoding: name, as: UTF8.self).lowercased().replacing("/", with: "")
        if let outer = hidden {
          let depth = outer.depth + (tag != outer.tag ? 0 : isEnd ? -1 : 1)
          hidden = depth == 0 ? nil : (outer.tag, depth)
        } else if !isEnd, isHidden(tag, bytes[index..<close]) {
          hidden = (tag, 1)
        } else if [
          "br", "p", "div", "tr", "td", "th", "table", "li", "ul", "ol", "hr", "blockquote", "h1", "h2", "h3",
          "h4", "body", "pre",
        ].contains(tag) {
          if !line.isEmpty || tag == "br" { end() }
          FormTable.take(tag, isEnd: isEnd, &tables, &lines)
        }
        index = close + 1
      case 0x26 where hidden == nil:
        let (shown, length) = entity(bytes, index)
        line += Array(shown.utf8)
        index += length
      case 0x0A, 0x0D:
        if hidden == nil, !line.isEmpty, line.last != 0x20 { line.append(0x20) }
        index += 1
      case 0: index += 1
      default:
        if hidden == nil { line.append(bytes[index]) }
        index += 1
      }
    }
    end()
    return lines
  }

  /// Whether nobody sees what is in this tag, or sees it struck out.
  private static func isHidden(_ tag: String, _ bytes: ArraySlice<UInt8>) -> Bool {
    if ["style", "script", "head", "title", "s", "del", "strike"].contains(tag) { return true }
    guard bytes.contains(0x20), !["br", "img", "hr", "input", "meta", "link", "col", "body"].contains(tag),
      bytes.last != 0x2F
    else { return false }
    let written = String(decoding: bytes.prefix(2_000), as: UTF8.self).lowercased()
    if written.hasSuffix(" hidden") || written.holds(" hidden ") || written.holds(" hidden=") { return true }
    let style = squeezed(written)
    return style.holds(anyOf: [
      "line-through", "display:none", "visibility:hidden", "font-size:0;", "font-size:0px", "font-size:0\"",
    ])
  }

  private static func after(_ mark: String, _ bytes: [UInt8], _ start: Int) -> Int? {
    let mark = Array(mark.utf8)
    var index = start
    while index + mark.count <= bytes.count {
      if bytes[index] == mark[0], bytes[index...].starts(with: mark) { return index + mark.count }
      index += 1
    }
    return nil
  }

  private static func entity(_ bytes: [UInt8], _ start: Int) -> (String, Int) {
    guard let end = bytes[start...].prefix(12).firstIndex(of: 0x3B) else { return ("&", 1) }
    let name = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
    let named = [
      "nbsp": " ", "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'", "ldquo": "“", "rdquo": "”",
      "mdash": "—", "hellip": "…", "middot": "·", "ensp": " ", "emsp": " ",
    ]
    if let shown = named[name] { return (shown, end - start + 1) }
    if name.hasPrefix("#") {
      let digits = name.dropFirst()
      let isHex = digits.first == "x" || digits.first == "X"
      let value = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      if let scalar = value.flatMap(Unicode.Scalar.init), scalar.value > 0 {
        return (String(Character(scalar)), end - start + 1)
      }
    }
    return ("&", 1)
  }
}

/// A table of HTML while it is read: what is in a cell below the headings of our form is known by its heading, as in
/// the plain text (进展情况：…).
private struct FormTable {
  /// The heading by which a row of headings is known, and where tables end to be looked into.
  private static let progress = "进展情况"
  private static let deepest = 50

  private var headings: [String] = []
  private var row: [String] = []
  /// The lines that the row and its open cell begin with.
  private var start: Int?
  private var cell: Int?
  /// The row before, where it has a line for each cell, and the lines it takes.
  private var above: (range: Range<Int>, cells: [String])?

  /// Takes a tag of the table in, after the lines before it.
  static func take(_ tag: String, isEnd: Bool, _ tables: inout [FormTable], _ lines: inout [String]) {
    if tag == "table" {
      if isEnd { _ = tables.popLast() } else if tables.count < deepest { tables.append(FormTable()) }
      return
    }
    guard ["tr", "td", "th"].contains(tag), let last = tables.indices.last else { return }
    tables[last].endCell(&lines)
    if tag == "tr" {
      tables[last].endRow(&lines)
    } else if !isEnd {
      tables[last].cell = lines.count
      tables[last].start = tables[last].start ?? lines.count
    }
  }

  private mutating func endCell(_ lines: inout [String]) {
    guard let start = cell else { return }
    cell = nil
    row.append(lines[start...].map { squeezed($0) }.joined())
    guard row.count <= headings.count else { return }
    let heading = headings[row.count - 1]
    guard headings.firstIndex(of: Self.progress).map({ $0 < row.count }) ?? false else { return }
    for index in start..<lines.count where !squeezed(lines[index]).isEmpty {
      lines[index] = "\(heading)：\(lines[index])"
    }
  }

  private mutating func endRow(_ lines: inout [String]) {
    if row.contains(Self.progress) { headings = row }
    // A table of the owner's own stays a row a line.
    guard let start else { return }
    if headings.isEmpty, row.count > 1, Self.number.isIn(row[0]) {
      lines[start...] = [row.joined(separator: "\t")]
      // Its headings may be called anything: 科室, 初稿, 定稿.
      if let above, above.cells.count == row.count {
        lines[above.range] = [above.cells.joined(separator: "\t")]
      }
      above = nil
    } else {
      above = (start..<lines.count, row)
    }
    (row, self.start) = ([], nil)
  }

  private static let number = Pattern(/^(?:\d{1,2}(?:\.\d{1,2})*|序号|(?:措施|事项)?编号|措施|事项)$/)
}
