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
