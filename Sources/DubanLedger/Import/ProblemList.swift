/// Takes the problems of an area apart: 一是…；二是… or a paragraph each.
enum ProblemList {
  /// The problems in an area's paragraphs, without their numbers and without the punctuation at the end.
  static func problems(_ paragraphs: [String]) -> [String] {
    paragraphs.flatMap { paragraph -> [String] in
      let counted = counted(paragraph)
      return counted.count > 1 ? counted : [PlanMarker.read(paragraph)?.rest ?? paragraph]
    }
    .map(\.withoutEnd).filter { !$0.isEmpty }
  }

  /// The parts that 一是, 二是 and so on begin, as far as they count up; one part where there are none.
  private static func counted(_ text: String) -> [String] {
    var parts: [String] = []
    var rest = text[...]
    for ordinal in "一二三四五六七八九" {
      let words = "\(ordinal)是"
      guard let range = Self.range(of: words, in: rest, isFirst: parts.isEmpty) else { break }
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    parts.append(String(rest))
    // Before the first 一是 stands nothing, or the list isn't one.
    return parts.count > 1 && parts[0].trimmedWhitespace.isEmpty ? Array(parts.dropFirst()) : [text]
  }

  /// Where the words stand at the beginning or after a clause's end.
  private static func range(of words: String, in text: Substring, isFirst: Bool) -> Range<Substring.Index>? {
    text.ranges(of: words).first { range in
      let before = text[..<range.lowerBound].last { !$0.isWhitespace }
      return before.map { "；;。，,：:".contains($0) } ?? isFirst
    }
  }
}
