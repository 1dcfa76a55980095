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
