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
    // Line breaks lie below U+2030.
    let first =
      body.unicodeScalars.firstIndex { $0 == "。" || $0.value < 0x2030 && Character($0).isNewline }
      ?? body.endIndex
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

/// A text that begins with its number: `1、加快…`, `2.…`, `（3）…`.
struct NumberedText: Equatable {
  /// The number, from 1 to 999.
  var number: Int
  /// What follows.
  var text: String

  /// Reads the number and its sign; nil when the text begins in another way (`2022年…`, `0.5个…`).
  init?(_ text: String) {
    guard let first = text.unicodeScalars.first,
      "（(0123456789０１２３４５６７８９".unicodeScalars.contains(first)
    else { return nil }
    let isBracketed = text.hasPrefix("（") || text.hasPrefix("(")
    let body = isBracketed ? text.dropFirst() : text[...]
    let digits = body.prefix { $0.isASCII ? $0.isNumber : ("０"..."９").contains($0) }
    guard (1...3).contains(digits.count) else { return nil }
    let number = digits.reduce(0) { $0 * 10 + ($1.wholeNumberValue ?? 0) }
    let rest = body.dropFirst(digits.count)
    guard number > 0, let sign = rest.first else { return nil }
    let after = rest.dropFirst()
    if isBracketed {
      guard "）)".contains(sign) else { return nil }
    } else {
      let isPoint = ".．".contains(sign) && !(after.first.map { $0.isNumber } ?? false)
      guard isPoint || "、）)".contains(sign) else { return nil }
    }
    self.number = number
    self.text = String(after).trimmedWhitespace
  }
}

/// A cell that lists an area's problems: one a line, or numbered 一是…；二是… as plans write them.
enum ProblemCell {
  private static let ordinals = ["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是"]

  /// The problems in `text`, without their numbers and the signs that part them.
  static func problems(_ text: String) -> [String] {
    let lines = text.split(whereSeparator: \.isLineBreak).map { String($0).trimmedWhitespace }
    return lines.flatMap { line -> [String] in
      if let quoted = unquoted(line) { return [quoted] }
      return ordinalParts(line) ?? [withoutEnd(withoutNumber(line))]
    }.filter { !$0.isEmpty }
  }

  /// A text that ``problems(_:)`` reads as these problems.
  static func text(_ problems: [String]) -> String {
    let plain = problems.joined(separator: "\n")
    if Self.problems(plain) == problems { return plain }
    return problems.map { problem in
      Self.problems(problem) == [problem] && !problem.hasPrefix("\"") ? problem : quoted(problem)
    }.joined(separator: "\n")
  }

  /// A problem in quotes keeps its signs; its line breaks are written as `\n`.
  private static func quoted(_ problem: String) -> String {
    let escaped = problem.map { character -> String in
      switch character {
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\r\n": "\\r\\n"
      case "\r": "\\r"
      default: String(character)
      }
    }
    return "\"" + escaped.joined() + "\""
  }

  private static func unquoted(_ line: String) -> String? {
    guard line.count > 1, line.hasPrefix("\""), line.hasSuffix("\"") else { return nil }
    var result = ""
    var rest = line.dropFirst().dropLast()
    while let character = rest.popFirst() {
      guard character == "\\", let next = rest.popFirst() else {
        result.append(character)
        continue
      }
      result.append(next == "n" ? "\n" : next == "r" ? "\r" : next)
    }
    return result
  }

  /// The parts that begin with 一是, 二是 and so on, in that order; nil unless the line begins with 一是.
  private static func ordinalParts(_ line: String) -> [String]? {
    guard line.hasPrefix(ordinals[0]) else { return nil }
    var parts: [String] = []
    var rest = line.dropFirst(2)
    for ordinal in ordinals.dropFirst() {
      guard let next = rest.firstRange(of: ordinal) else { break }
      parts.append(withoutEnd(String(rest[..<next.lowerBound])))
      rest = rest[next.upperBound...]
    }
    return parts + [withoutEnd(String(rest))]
  }

  private static func withoutNumber(_ line: String) -> String {
    if let ordinal = ordinals.first(where: { line.hasPrefix($0) }) {
      return String(line.dropFirst(ordinal.count))
    }
    return NumberedText(line)?.text ?? line
  }

  private static func withoutEnd(_ text: String) -> String {
    let trimmed = text.trimmedWhitespace
    return trimmed.last.map { "；;。".contains($0) } ?? false ? String(trimmed.dropLast()) : trimmed
  }
}
