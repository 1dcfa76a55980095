/// One answer of an IMAP server (RFC 9051, section 7), its literals in place.
enum IMAPResponse: Sendable, Hashable {
  /// The end of the command with this tag.
  case ended(tag: String, Status)
  /// A status that nobody asked for, or that belongs to the command under way.
  case status(Status)
  /// The server asks for the rest of a command.
  case goOn
  /// `* 5 EXISTS`: how many messages the mailbox has.
  case exists(Int)
  /// The numbers of `* SEARCH`.
  case search([UInt32])
  /// `* CAPABILITY`, in capitals.
  case capabilities([String])
  /// What was fetched of one message, by item in capitals.
  case fetch([String: IMAPValue])
  case other

  /// How a command ended, or what the server remarks.
  struct Status: Sendable, Hashable {
    enum Word: String, Sendable { case ok = "OK", no = "NO", bad = "BAD", bye = "BYE", preauth = "PREAUTH" }
    var word: Word
    /// What is in brackets: `UIDVALIDITY 12`.
    var code: String
    var text: String
    var words: String { "\(word.rawValue) \(text)" }
  }

  /// Whether it ends the command with this tag.
  func ends(_ tag: String) -> Bool { if case .ended(tag, _) = self { true } else { false } }
}

enum IMAPValue: Sendable, Hashable {
  case atom(String)
  case string([UInt8])
  case list([IMAPValue])

  var number: UInt32? { if case .atom(let text) = self { UInt32(text) } else { nil } }

  var bytes: [UInt8]? { if case .string(let bytes) = self { bytes } else { nil } }
}

extension IMAPResponse {
  /// A piece of an answer: text of its line, or a literal. What a literal holds is never looked at for syntax: it is a
  /// mail's own bytes.
  enum Piece: Sendable, Hashable {
    case text([UInt8])
    case literal([UInt8])
  }

  /// How many bytes the literal has that a line announces at its end; nil where it announces none. A status is for people
  /// and announces none.
  static func announcedLiteral(_ line: [UInt8], isFirst: Bool) -> Int? {
    guard line.last == 0x7D, let open = line.lastIndex(of: 0x7B) else { return nil }
    if isFirst, case .status = IMAPResponse([.text(line)]) { return nil }
    if isFirst, case .ended = IMAPResponse([.text(line)]) { return nil }
    var digits = line[(open + 1)...].dropLast()
    if digits.last == 0x2B { digits.removeLast() }
    guard (1...10).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  /// Reads an answer; one that isn't understood is ``other``.
  init(_ pieces: [Piece]) {
    guard case .text(let first)? = pieces.first else {
      self = .other
      return
    }
    if first.first == 0x2B {
      self = .goOn
      return
    }
    let line = String(decoding: first, as: UTF8.self)
    let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
    guard words.count >= 2 else {
      self = .other
      return
    }
    let rest = words.count > 2 ? words[2] : ""
    if let word = Status.Word(rawValue: words[1].uppercased()) {
      let status = Status(word: word, rest)
      self = words[0] == "*" ? .status(status) : .ended(tag: String(words[0]), status)
      return
    }
    guard words[0] == "*" else {
      self = .other
      return
    }
    switch words[1].uppercased() {
    case "SEARCH":
      self = .search(rest.split(separator: " ").prefix { $0.first != "(" }.compactMap { UInt32($0) })
    case "CAPABILITY": self = .capabilities(rest.split(separator: " ").map { $0.uppercased() })
    default:
      guard let number = Int(words[1]) else {
        self = .other
        return
      }
      switch rest.split(separator: " ").first?.uppercased() {
      case "EXISTS": self = .exists(number)
      case "FETCH":
        var reader = IMAPValueReader(pieces, afterWords: 3)
        self = reader.list().map { .fetch(Self.pairs($0)) } ?? .other
      default: self = .other
      }
    }
  }

  private static func pairs(_ values: [IMAPValue]) -> [String: IMAPValue] {
    var pairs: [String: IMAPValue] = [:]
    for (name, value) in zip(values.indices.filter { $0 % 2 == 0 }, values.indices.filter { $0 % 2 == 1 }) {
      if case .atom(let text) = values[name] { pairs[text.uppercased()] = values[value] }
    }
    return pairs
  }
}

extension IMAPResponse.Status {
  init(word: Word, _ rest: Substring) {
    self.word = word
    guard rest.hasPrefix("["), let end = rest.firstIndex(of: "]") else {
      (code, text) = ("", String(rest))
      return
    }
    code = String(rest[rest.index(after: rest.startIndex)..<end])
    text = rest[rest.index(after: end)...].trimmingPrefix(while: \.isWhitespace).description
  }

  /// The number behind this word in the brackets.
  func number(_ name: String) -> UInt32? {
    let words = code.split(separator: " ")
    return words.count == 2 && words[0].uppercased() == name ? UInt32(words[1]) : nil
  }
}

struct IMAPValueReader {
  /// Deeper lists than any that we ask for.
  private static let deepest = 20

  private var pieces: ArraySlice<IMAPResponse.Piece>
  private var text: ArraySlice<UInt8> = []

  /// Begins behind so many words of the first piece.
  init(_ pieces: [IMAPResponse.Piece], afterWords words: Int) {
    self.pieces = pieces[...]
    nextPiece()
    for _ in 0..<words {
      skipBlanks()
      text = text.drop { $0 != 0x20 }
    }
  }

  private mutating func nextPiece() {
    if case .text(let bytes)? = pieces.first {
      text = bytes[...]
      pieces.removeFirst()
    }
  }

  private mutating func skipBlanks() { text = text.drop { $0 == 0x20 } }

  /// The list that begins here; nil for anything else.
  mutating func list(depth: Int = 0) -> [IMAPValue]? {
    skipBlanks()
    guard text.first == 0x28, depth < Self.deepest else { return nil }
    text.removeFirst()
    var values: [IMAPValue] = []
    while true {
      skipBlanks()
      if text.first == 0x29 {
        text.removeFirst()
        return values
      }
      guard let value = value(depth: depth) else { return nil }
      values.append(value)
    }
  }

  private mutating func value(depth: Int) -> IMAPValue? {
    guard let first = text.first else { return nil }
    switch first {
    case 0x28: return list(depth: depth + 1).map { .list($0) }
    case 0x22: return quoted().map { .string($0) }
    case 0x7B:
      // The announcement is the end of this piece's text.
      guard case .literal(let bytes)? = pieces.first,
        text.firstIndex(of: 0x7D) == text.index(before: text.endIndex)
      else { return nil }
      pieces.removeFirst()
      text = []
      nextPiece()
      return .string(bytes)
    default:
      var depth = 0
      let end = text.firstIndex { byte in
        if byte == 0x5B { depth += 1 }
        if byte == 0x5D { depth -= 1 }
        return depth <= 0 && (byte == 0x20 || byte == 0x28 || byte == 0x29)
      }
      let atom = text[..<(end ?? text.endIndex)]
      guard !atom.isEmpty else { return nil }
      text = text[atom.endIndex...]
      return .atom(String(decoding: atom, as: UTF8.self))
    }
  }

  private mutating func quoted() -> [UInt8]? {
    var bytes: [UInt8] = []
    var isEscaped = false
    text.removeFirst()
    while let byte = text.popFirst() {
      if isEscaped {
        bytes.append(byte)
        isEscaped = false
      } else if byte == 0x5C {
        isEscaped = true
      } else if byte == 0x22 {
        return bytes
      } else {
        bytes.append(byte)
      }
    }
    return nil
  }
}
