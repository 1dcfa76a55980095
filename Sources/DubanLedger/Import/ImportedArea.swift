/// A measure while a plan is being read.
struct ImportedMeasure {
  /// The number as printed, from 1; nil where it has none.
  var number: Int?
  /// The title, where it is on a line of its own.
  var heading: String?
  /// The task that a table names beside the measure.
  var task: String?
  /// Whether the task is the measure's own title, rather than that of several.
  var isTaskTitle = false
  /// The text; with the title as its first sentence where there is no ``heading``.
  var text: String
  var lines: [SourceLine]
  /// Who and by when; nil until a closing has been found.
  var closing: Closing?
  /// What 状态 says, in the ledger's own word or in one that is unknown; nil where the document says nothing.
  var status: String?
  /// Whether it may be taken without a closing: a chapter can't.
  var isNumberedBelowChapter = true

  /// How it begins, for messages.
  var opening: String { heading ?? (isTaskTitle ? task.map { "\($0)：\(text)" } : nil) ?? text }

  /// The title and what follows it: the task beside the measure where it's the measure's own, or else the first sentence.
  var titleAndText: (title: String, text: String) {
    if let heading { return (heading, text) }
    let (first, rest) = text.sentence
    guard let task else { return (first, rest) }
    return isTaskTitle ? (task.withoutEnd, text) : ("\(task.withoutEnd)：\(first)", rest)
  }
}

/// An area while a plan is being read.
struct ImportedArea {
  /// What tells one area from another.
  enum Key: Hashable {
    case node(Int)
    case cell(String)
  }

  var key: Key
  var name: String
  /// The heading's lines, where the whole heading is the name.
  var headingLines: [SourceLine] = []
  /// The heading's number as printed and the node that it is under, nil where it has none.
  var place: (ordinal: Int, parent: Int)?
  var problems: [String] = []
  var goal = ""
  var measures: [ImportedMeasure] = []
  /// Whether its measures are counted, since the numbers of its rows are fewer.
  var countsAnew = false
  /// A closing that is before the area's first measure.
  var leading: Closing?
  /// A closing in the area's heading, for all its measures.
  var overall: Closing?
  /// What labels below its heading, and below those that it is under, say for all its measures.
  var labels: Closing?
  /// Whether the area is in a chapter that holds no measures by its title (保障措施, 工作要求).
  var isAside = false

  /// Whether there is nothing to keep: headings of chapters, and sections without measures.
  var isEmpty: Bool { measures.isEmpty && problems.isEmpty && goal.isEmpty }

  /// So many of the first measures have their closing.
  var closed = 0

  /// The indices of the measures that no closing belongs to yet.
  var open: [Int] { measures.indices[closed...].filter { measures[$0].closing == nil } }
}

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
    // Before the first 一是 is nothing, or the list isn't one.
    return parts.count > 1 && parts[0].trimmedWhitespace.isEmpty ? Array(parts.dropFirst()) : [text]
  }

  /// Where the words are at the beginning or after a clause's end.
  private static func range(of words: String, in text: Substring, isFirst: Bool) -> Range<Substring.Index>? {
    text.ranges(of: words).first { range in
      let before = text[..<range.lowerBound].last { !$0.isWhitespace }
      return before.map { "；;。，,：:".contains($0) } ?? isFirst
    }
  }
}
