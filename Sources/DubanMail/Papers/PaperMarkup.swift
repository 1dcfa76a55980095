/// A paper's content, block by block: what a template of a paper prints.
///
/// One line is one paragraph; its first character says which. A backslash takes a character's meaning away, and every
/// value that a template prints has them, so that no name or text can be taken for a mark.
///
/// | line | is |
/// |---|---|
/// | `# 标题` `## 一、…` `### （一）…` | the title; headings of two levels |
/// | `^ 文字` `> 文字` `< 文字` | centred; at the right, as a signature; at the left without indentation |
/// | `\| 甲 \| 乙 \|` | a table's row; `\|=10\|=30\|` gives the columns' widths in parts, and ends the header rows |
/// | `@letterhead 文字` | the office's name on top, in the paper's colour, with a line below the next paragraph |
/// | `@landscape` `@color #c62828` `@size 10` | the sheet lies; the paper's colour; the tables' size in points |
/// | `@page` | a new page |
/// | `~ 文字` | a paragraph whose lines end where they end, for one with an address that nothing can break |
/// | anything else | a paragraph, indented by two characters |
///
/// In a line, `\t` puts what follows to the right edge.
///
/// A cell may begin with `^`, `>` or `@#c62828 `: centred, at the right, in a colour.
struct PaperMarkup: Equatable {
  /// How a paragraph is set.
  enum Style: Equatable {
    case letterhead, reference, title, heading, subheading, body, ragged, flush, centred, right
  }
  struct Cell: Equatable {
    var text: String
    var isCentred = false
    var isRight = false
    var color: String?
  }
  /// A table: its first rows are repeated on each page.
  struct Table: Equatable {
    var rows: [[Cell]] = []
    var headerRows = 0
    var widths: [Int] = []
  }
  enum Block: Equatable {
    case paragraph(Style, String)
    case table(Table)
    case pageBreak
  }

  var blocks: [Block] = []
  var isLandscape = false
  var color = "#c00000"
  /// Of tables, in points.
  var size = 12

  /// Reads what a template printed.
  init(_ text: String) {
    var table: Table?
    func finish() -> [Block] {
      defer { table = nil }
      return table.map { $0.rows.isEmpty ? [] : [.table($0)] } ?? []
    }
    for line in text.split(separator: "\n") {
      guard line.hasPrefix("|") else {
        blocks += finish()
        read(line)
        continue
      }
      let cells = Self.cells(line)
      let widths = cells.compactMap { $0.hasPrefix("=") ? Int($0.dropFirst()) : nil }
      if widths.count == cells.count {
        let rows = table?.rows ?? []
        table = Table(rows: rows, headerRows: rows.count, widths: widths)
      } else {
        if table == nil { table = Table() }
        table?.rows.append(cells.map(Self.cell))
      }
    }
    blocks += finish()
  }

  private mutating func read(_ line: Substring) {
    let word = line.prefix { $0 != " " }
    let rest = String(line.dropFirst(word.count).drop { $0 == " " })
    func add(_ style: Style) { blocks.append(.paragraph(style, Self.plain(rest[...]))) }
    switch word {
    case "#": add(.title)
    case "##": add(.heading)
    case "###": add(.subheading)
    case "^": add(.centred)
    case ">": add(.right)
    case "~": add(.ragged)
    case "<": add(isAfterLetterhead ? .reference : .flush)
    case "@letterhead": add(.letterhead)
    case "@landscape": isLandscape = true
    case "@page": blocks.append(.pageBreak)
    case "@color": if let given = Self.color(rest[...]) { color = given.text }
    case "@size": if let points = Int(rest), (5...40).contains(points) { size = points }
    default:
      let text = Self.plain(line)
      if !text.allSatisfy(\.isWhitespace) { blocks.append(.paragraph(.body, text)) }
    }
  }

  private var isAfterLetterhead: Bool {
    if case .paragraph(.letterhead, _)? = blocks.last { true } else { false }
  }

  /// The row's cells, still with their backslashes.
  private static func cells(_ line: Substring) -> [Substring] {
    var cells: [Substring] = []
    var (start, isEscaped) = (line.index(after: line.startIndex), false)
    for place in line.indices.dropFirst() {
      if isEscaped { isEscaped = false; continue }
      if line[place] == "\\" { isEscaped = true }
      if line[place] == "|" {
        cells.append(line[start..<place].trimmed)
        start = line.index(after: place)
      }
    }
    let rest = line[start...].trimmed
    return rest.isEmpty ? cells : cells + [rest]
  }

  private static func cell(_ text: Substring) -> Cell {
    var (text, cell) = (text, Cell(text: ""))
    if text.hasPrefix("@"), case let word = text.dropFirst().prefix(while: { $0 != " " }),
      let given = color(word)
    {
      cell.color = given.text
      text = text.dropFirst(word.count + 1).trimmed
    }
    if text.hasPrefix("^") { cell.isCentred = true }
    if text.hasPrefix(">") { cell.isRight = true }
    if cell.isCentred || cell.isRight { text = text.dropFirst().trimmed }
    cell.text = plain(text)
    return cell
  }

  /// A colour, also one that a value has printed.
  private static func color(_ text: Substring) -> HexColor? { HexColor(plain(text)) }

  /// Without the backslashes; `\n` is a line break, `\t` a tab.
  private static func plain(_ text: Substring) -> String {
    var (plain, isEscaped) = ("", false)
    for character in text {
      if isEscaped {
        plain.append(character == "n" ? "\n" : character == "t" ? "\t" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        plain.append(character)
      }
    }
    return plain
  }
}

extension Substring {
  /// Without blanks at its ends.
  fileprivate var trimmed: Substring {
    let start = drop { $0 == " " }
    return start.lastIndex { $0 != " " }.map { start[...$0] } ?? ""
  }
}

/// A value in a paper: nothing of it is a mark.
enum EscapedPaper {
  static func append(_ text: some Sequence<UInt8>, to output: inout [UInt8]) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "\n"): output += "\\n".utf8
      case UInt8(ascii: "\\"), UInt8(ascii: "|"), UInt8(ascii: "#"), UInt8(ascii: "^"), UInt8(ascii: ">"),
        UInt8(ascii: "<"), UInt8(ascii: "@"), UInt8(ascii: "="), UInt8(ascii: "~"):
        output += [UInt8(ascii: "\\"), byte]
      default: output.append(byte)
      }
    }
  }
}
