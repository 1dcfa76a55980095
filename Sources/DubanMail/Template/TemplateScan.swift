/// A look at a template's tags before it is parsed: what names it uses, and what it may not do.
///
/// Refused is what could end the service or the safety of a mail: unescaped output, changed delimiters or
/// escaping, inheritance and dynamic partials.
struct TemplateScan {
  /// What is wrong with a template, and where.
  struct Fault: Error {
    var line: Int
    var column: Int
    var message: String
    var help: String
  }

  /// A variable, section or partial that is named.
  struct Mention {
    var name: String
    var line: Int
    var column: Int
    var isPartial: Bool
  }

  private(set) var mentions: [Mention] = []
  private(set) var faults: [Fault] = []

  init(_ text: String) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      scan(line, number: index + 1)
    }
  }

  private mutating func scan(_ line: Substring, number: Int) {
    var rest = line
    while let start = rest.firstRange(of: "{{") {
      let column = line.distance(from: line.startIndex, to: start.lowerBound) + 1
      guard let end = rest[start.upperBound...].firstRange(of: "}}") else {
        faults.append(
          Fault(line: number, column: column, message: "a tag that isn't closed on its line", help: "add }}"))
        return
      }
      judge(rest[start.upperBound..<end.lowerBound], line: number, column: column)
      rest = rest[end.upperBound...]
    }
  }

  private mutating func judge(_ content: Substring, line: Int, column: Int) {
    let content = content.trimmed
    let sigil = content.first.flatMap { "#^/!>".contains($0) ? $0 : nil }
    if sigil == "!" { return }
    let name = content.dropFirst(sigil == nil ? 0 : 1).trimmed
    if name.isEmpty || !name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) {
      let help =
        switch content.first {
        case "{", "&": "text is always escaped: write {{name}}"
        case "=", "%", "<", "$": "only names, sections (#, ^, /), partials (>) and comments (!) can be used"
        default: "use a name such as {{title}}; docs/templates.md lists them"
        }
      faults.append(
        Fault(
          line: line, column: column, message: "the tag “{{\(content)}}” can't be used", help: help))
    } else if sigil != "/" {
      mentions.append(
        Mention(name: String(name), line: line, column: column, isPartial: sigil == ">"))
    }
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let head = drop(while: \.isWhitespace)
    return head.lastIndex { !$0.isWhitespace }.map { head[...$0] } ?? ""
  }
}
