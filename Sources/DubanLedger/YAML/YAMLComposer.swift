import DubanCore
import Yams

/// Composes one document and turns its nodes into located values.
struct YAMLComposer {
  private let file: String
  private let start: Diagnostic.Location
  private var text: String
  private var nodes = 0
  /// The keys that are there twice, by the place of the earlier one; see ``maskDuplicate(at:)``.
  private var masked: [Place: String] = [:]
  /// Everything found wrong.
  var diagnostics: [Diagnostic] = []

  /// A file with more keys that are there twice is no ledger; each costs another run of the parser.
  private static let repeatLimit = 20

  private struct Place: Hashable {
    var line: Int
    var column: Int
  }

  /// By line, where a “#” begins a comment that its writer may have meant as text: behind a blank, with no blank after
  /// it.
  private let numberSigns: [Int: Int]

  init(text: String, file: String) {
    (self.text, self.file) = (text, file)
    start = Diagnostic.Location(file: file)
    numberSigns = Self.numberSigns(in: text)
  }

  private static func numberSigns(in text: String) -> [Int: Int] {
    guard text.contains(" #") else { return [:] }
    var found: [Int: Int] = [:]
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() where line.contains(" #") {
      let scalars = Array(line.unicodeScalars)
      let place = scalars.indices.dropFirst().dropLast().first { column in
        scalars[column] == "#" && scalars[column - 1] == " "
          && !["#", " ", "\t", "!"].contains(scalars[column + 1])
      }
      if let place { found[index + 1] = place + 1 }
    }
    return found
  }

  /// Warns of a text that a comment cuts short: “改造 #3” is “改造” to YAML.
  private mutating func warnOfComment(behind scalar: Node.Scalar, at location: Diagnostic.Location) {
    guard let line = location.line, let column = location.column, let sign = numberSigns[line], column < sign,
      column + scalar.string.unicodeScalars.count == sign - 1
    else { return }
    diagnostics.append(
      .warning, at: Diagnostic.Location(file: file, line: line, column: sign),
      "the rest of the line behind “\(scalar.string.excerpt)” is a comment",
      help: "put the text into quotes if “#” belongs to it, or write a blank behind “#”")
  }

  /// The root; nil for an empty document, or with an error in ``diagnostics``.
  mutating func compose() -> YAMLValue? {
    // Each round masks one key that is there twice.
    for _ in 0..<Self.repeatLimit {
      do {
        // No rules: every scalar stays the text that was written (`1.10`, `2022-12-31`, `no`). What Yams would choose by
        // default costs a table of makers of values, and a look at the environment, for each file.
        guard let node = try Yams.compose(yaml: text, .basic, Constructor([:], [:], [:]), .utf8) else {
          return nil
        }
        let root = value(node)
        return diagnostics.hasErrors && nodes > YAMLDocument.nodeLimit ? nil : root
      } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
        if maskDuplicate(at: context.mark) { continue }
        diagnostics.append(
          .error, at: location(context.mark), "the key “\(keys.first ?? "")” stands twice", help: "keep one")
        return nil
      } catch let problem as YamlError {
        diagnostics.append(YAMLSyntax.diagnostic(problem, text: text, file: file))
        return nil
      } catch {
        diagnostics.append(
          .error, at: Diagnostic.Location(file: file, line: 1, column: 1), "no YAML: \(error)")
        return nil
      }
    }
    diagnostics.append(
      .error, at: Diagnostic.Location(file: file, line: 1, column: 1),
      "more than \(Self.repeatLimit) keys stand twice",
      help: "is it the right file?")
    return nil
  }

  /// Replaces the first character of the earlier of two equal keys by a private one and says whether it could.
  ///
  /// The parser gives up at such a pair, and everything after it would go unread. Masked, the key differs,
  /// every other character keeps its line and column, and the rest is checked in the same run.
  private mutating func maskDuplicate(at mark: Mark) -> Bool {
    var (line, column) = (1, 1)
    var scalars = Array(text.unicodeScalars)
    var index = 0
    while index < scalars.count, (line, column) != (mark.line, mark.column) {
      let isPair = scalars[index] == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n"
      if isPair { index += 1 }
      if ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalars[index]) {
        (line, column) = (line + 1, 1)
      } else {
        column += 1
      }
      index += 1
    }
    if index < scalars.count, ["\"", "'"].contains(scalars[index]) { index += 1 }
    guard index < scalars.count, let mask = Unicode.Scalar(0xE000 + UInt32(masked.count)),
      scalars[index] != "\"", scalars[index] != "'", scalars[index] != "[", scalars[index] != "{"
    else { return false }
    masked[Place(line: mark.line, column: mark.column)] = String(scalars[index])
    scalars[index] = mask
    text = String(String.UnicodeScalarView(scalars))
    return true
  }

  /// Calls itself as deep as the file nests, which libyaml limits to 1000.
  private mutating func value(_ node: Node) -> YAMLValue {
    nodes += 1
    let location = location(node.mark)
    guard nodes <= YAMLDocument.nodeLimit else {
      if nodes == YAMLDocument.nodeLimit + 1 {
        diagnostics.append(.error, at: location, "the file holds more than \(nodes - 1) values")
      }
      return YAMLValue(content: .empty, location: location)
    }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      let isEmpty = isPlain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
      if isPlain, !isEmpty { warnOfComment(behind: scalar, at: location) }
      return YAMLValue(content: isEmpty ? .empty : .text(scalar.string), location: location)
    case .sequence(let sequence):
      return YAMLValue(content: .list(sequence.map { value($0) }), location: location)
    case .mapping(let mapping):
      return YAMLValue(content: .mapping(entries(mapping)), location: location)
    case .alias:
      // The parser resolves aliases itself and never returns one.
      return YAMLValue(content: .empty, location: location)
    }
  }

  private mutating func entries(_ mapping: Node.Mapping) -> [YAMLValue.Pair] {
    var entries: [YAMLValue.Pair] = []
    var hidden: [(key: String, location: Diagnostic.Location)] = []
    for (key, node) in mapping {
      let place = location(key.mark)
      guard case .scalar(let scalar) = key else {
        diagnostics.append(.error, at: place, "a key is no plain word", help: "expected key: value")
        continue
      }
      if let mark = key.mark, let first = masked[Place(line: mark.line, column: mark.column)] {
        hidden.append((first + String(scalar.string.unicodeScalars.dropFirst()), place))
        continue
      }
      let located = LocatedText(scalar.string, at: place)
      entries.append(YAMLValue.Pair(key: located, value: value(node)))
    }
    for key in Set(hidden.map(\.key)) {
      let places =
        hidden.filter { $0.key == key }.map(\.location)
        + entries.filter { $0.key.text == key }.map(\.key.location)
      reportRepeats(
        of: key, at: places.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) })
    }
    return entries
  }

  private mutating func reportRepeats(of key: String, at places: [Diagnostic.Location]) {
    guard let first = places.first else { return }
    for place in places.dropFirst() {
      diagnostics.append(
        .error, at: place, "the key “\(key)” stands twice",
        help: "it is already in line \(first.line ?? 1); keep one")
    }
  }

  private func location(_ mark: Mark?) -> Diagnostic.Location {
    start.at(line: mark?.line, column: mark?.column)
  }
}

/// Keeps out “billion laughs” files before the parser sees them.
///
/// The parser copies an anchored node wherever an alias names it, and hashes mapping keys whole, so a few lines
/// can stand for billions of nodes. Fewer than ``limit`` aliases can't: nested threefold they make 3^5 copies.
enum AliasGuard {
  /// More aliases than a ledger or configuration has use for.
  static let limit = 15

  /// Whether the text has an anchor and more than ``limit`` aliases.
  ///
  /// Counts what could be one, wherever it is (a quoted text too): an asterisk or ampersand at the beginning
  /// of a word. Prose with more than 15 starred words is let through as long as no word begins with `&`.
  static func isBomb(_ text: String) -> Bool {
    // Nearly every text ends here, so this is counted in a row of bytes, where there is one.
    let star = UInt8(ascii: "*")
    let stars = text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.reduce(0) { $1 == star ? $0 &+ 1 : $0 }
    }
    guard stars ?? text.utf8.count(where: { $0 == star }) > limit else { return false }
    var (anchors, aliases) = (0, 0)
    var previous: UInt8 = 0x20
    var marker: UInt8 = 0
    for byte in text.utf8 {
      let isWord = byte > 0x20 && byte != UInt8(ascii: "*") && byte != UInt8(ascii: ",")
      if isWord, marker == UInt8(ascii: "&") { anchors += 1 }
      if isWord, marker == UInt8(ascii: "*") { aliases += 1 }
      let isBoundary = previous <= 0x20 || ",[]{}:?-".utf8.contains(previous)
      marker = isBoundary && (byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*")) ? byte : 0
      previous = byte
    }
    return anchors > 0 && aliases > limit
  }
}

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
  /// Where it is, from 1.
  let column: Int
  private let sign: Character

  private static let signs: [Character: String] = [
    "：": "“: ”, with a space behind it", "，": "“, ”, with a space behind it", "｛": "“{”", "｝": "“}”",
    "［": "“[”",
    "］": "“]”", "【": "“[”", "】": "“]”", "－": "“- ”, with a space behind it",
  ]

  /// The first one that is where only YAML's own can: a colon behind a key, a comma before the next one, a bracket or
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
