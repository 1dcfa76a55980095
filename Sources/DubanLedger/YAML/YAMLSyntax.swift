import DubanCore
import Yams

/// Says what the YAML parser stumbled over, in words for people who keep ledgers.
enum YAMLSyntax {
  /// The parser's error as a located diagnostic.
  static func diagnostic(_ problem: YamlError, text: String, file: String) -> Diagnostic {
    switch problem {
    case .scanner(let context, let words, let mark, _), .parser(let context, let words, let mark, _),
      .composer(let context, let words, let mark, _):
      return stumble(words, context, mark, text: text, file: file)
    default:
      return Diagnostic(
        .error, at: Diagnostic.Location(file: file, line: 1, column: 1), "this is no YAML: \(problem)")
    }
  }

  private static func stumble(
    _ words: String, _ context: YamlError.Context?, _ mark: Mark, text: String, file: String
  ) -> Diagnostic {
    let location = Diagnostic.Location(file: file, line: mark.line, column: mark.column)
    let line =
      text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .dropFirst(mark.line - 1).first ?? ""
    if let tab = line.prefix(while: { $0 == " " || $0 == "\t" }).firstIndex(of: "\t") {
      let column = line.distance(from: line.startIndex, to: tab) + 1
      return Diagnostic(
        .error, at: Diagnostic.Location(file: file, line: mark.line, column: column),
        "a tab in the indentation", help: "indent with spaces")
    }
    // The parser stumbles behind the place, often a line later.
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for number in Set([mark.line, mark.line - 1, context?.mark.line ?? 0]).sorted()
    where lines.indices.contains(number - 1) {
      guard let found = FullWidth(lines[number - 1]) else { continue }
      return Diagnostic(
        .error, at: Diagnostic.Location(file: file, line: number, column: found.column), found.message,
        help: found.help)
    }
    let since = context.flatMap { context in
      context.mark.line > 0 && context.mark.line < mark.line && context.text.hasPrefix("while")
        ? " (\(context.text) that begins in line \(context.mark.line))" : nil
    }
    if words.contains("another document") {
      return Diagnostic(
        .error, at: location, "a second document begins here", help: "take out the line --- above it")
    }
    return Diagnostic(.error, at: location, "this is no YAML: \(words)\(since ?? "")", help: help(words))
  }

  private static func help(_ words: String) -> String {
    if words.hasPrefix("mapping values are not allowed") {
      return
        "put a text that holds “: ” into quotes, and see whether the line is indented like its neighbours"
    }
    if words.hasPrefix("found character that cannot start any token") {
      return "put a text that begins with @, `, % or a tab into quotes"
    }
    if words.contains("end of stream") { return "a quote or bracket isn't closed" }
    if words.contains("alias") || words.hasPrefix("did not find expected alphabetic") {
      return "put a text that begins with * or & into quotes"
    }
    return "see whether the line is indented like its neighbours and its quotes and brackets are closed"
  }
}

/// A sign of YAML's that was typed as wide as a Chinese character.
struct FullWidth {
  /// Where it stands, from 1.
  let column: Int
  private let sign: Character

  private static let signs: [Character: String] = [
    "：": "“: ”, with a space behind it", "，": "“, ”, with a space behind it", "｛": "“{”", "｝": "“}”",
    "［": "“[”",
    "］": "“]”", "【": "“[”", "】": "“]”", "－": "“- ”, with a space behind it",
  ]

  /// The first one that stands where only YAML's own can: a colon behind a key, a comma before the next one, a bracket or
  /// dash where a value begins. In a text it is a text's.
  init?(_ line: some StringProtocol) {
    let characters = Array(line)
    func isLetter(_ place: Int) -> Bool {
      characters.indices.contains(place) && characters[place].isASCII && characters[place].isLetter
    }
    for (place, character) in characters.enumerated() where Self.signs[character] != nil {
      let before = characters[..<place].last { $0 != " " }
      let after = characters[(place + 1)...].firstIndex { $0 != " " } ?? characters.endIndex
      let isSign =
        switch character {
        case "：": isLetter(place - 1)
        case "，":
          isLetter(after)
            && characters[after...].drop { $0.isLetter && $0.isASCII }.first.map { ":：".contains($0) }
              ?? false
        default: before == nil || ":-：[{".contains(before ?? " ")
        }
      if isSign {
        (column, sign) = (place + 1, character)
        return
      }
    }
    return nil
  }

  var message: String { "“\(sign)” is as wide as a Chinese character, which is no sign of YAML's" }
  var help: String { "write \(Self.signs[sign] ?? "")" }
}
