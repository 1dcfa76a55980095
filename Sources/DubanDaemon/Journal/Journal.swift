import CSystemd
import DubanCore
import Foundation

/// Where the service's events go: structured to systemd's journal, plain lines to a terminal, or JSON lines.
public struct Journal: Sendable {
  /// The forms that events can take.
  public enum Style: String, Sendable, CaseIterable {
    /// systemd's native protocol, with fields.
    case systemd
    /// One line of text each, on standard error.
    case plain
    /// One JSON object each, on standard error.
    case json
  }

  private let write: @Sendable (JournalEvent) -> Void

  /// A journal that gives events to `write`; tests collect them.
  public init(_ write: @escaping @Sendable (JournalEvent) -> Void) { self.write = write }

  /// The journal of a style; nil chooses systemd's when standard error is connected to it
  /// (`$JOURNAL_STREAM`, systemd.exec(5)), plain lines otherwise.
  public init(style: Style?, environment: [String: String]) {
    switch style ?? (environment["JOURNAL_STREAM"] == nil ? .plain : .systemd) {
    case .systemd: write = Journal.sendToSystemd
    case .plain: write = { Journal.printLine("\(Journal.word($0.priority))\($0.message)") }
    case .json:
      write = { event in
        var object = event.fields
        object["message"] = event.message
        object["kind"] = "\(event.kind)"
        object["priority"] = "\(event.priority)"
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { Journal.printLine(String(decoding: try encoder.encode(object), as: UTF8.self)) } catch {
          Journal.printLine(event.message)
        }
      }
    }
  }

  /// Notes one event; what is in files and answers can't reach a terminal as a command or turn its lines around.
  public func note(_ event: JournalEvent) {
    var event = event
    event.message = CleanText.visible(event.message)
    event.fields = event.fields.mapValues(CleanText.visible)
    write(event)
  }

  func note(
    _ kind: JournalEvent.Kind, _ priority: JournalEvent.Priority, _ message: String,
    fields: [String: String] = [:]
  ) { note(JournalEvent(kind, priority, message, fields: fields)) }

  private static func word(_ priority: JournalEvent.Priority) -> String {
    switch priority {
    case .error: "error: "
    case .warning: "warning: "
    case .notice, .info: ""
    }
  }

  /// Where standard error is closed, there is nobody to tell.
  private static func printLine(_ line: String) {
    try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
  }

  private static func sendToSystemd(_ event: JournalEvent) {
    var lines = [
      "MESSAGE=\(event.message)", "PRIORITY=\(event.priority.rawValue)",
      "MESSAGE_ID=\(event.kind.rawValue)", "SYSLOG_IDENTIFIER=duban",
    ]
    lines += event.fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let copies = lines.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    let vectors = copies.compactMap { copy in copy.map { iovec(iov_base: $0, iov_len: strlen($0)) } }
    if sd_journal_sendv(vectors, Int32(vectors.count)) < 0 {
      printLine("<\(event.priority.rawValue)>\(event.message)")
    }
  }
}

/// What the service tells its journal: one kind per thing an operator may want to find or be warned of.
public struct JournalEvent: Sendable, Hashable {
  /// The kinds of event; each has a fixed id in the journal's MESSAGE_ID field (systemd.journal-fields(7)).
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The service is up, or has ended.
    case lifecycle = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c01"
    /// Configuration, ledger and calendars were read and are in force.
    case loaded = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c02"
    /// A file doesn't read; what was in force stays.
    case refused = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c03"
    /// Mails were planned and queued.
    case queued = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c04"
    /// The relay took a mail.
    case sent = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c05"
    /// A mail goes again later.
    case deferred = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c06"
    /// A mail was given up.
    case failed = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c07"
    /// The relay wants nothing from us for now.
    case relayClosed = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c08"
    /// The outbox can't be used.
    case outbox = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c09"
    case diagnostic = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c0a"
    /// A mailbox was read, or can't be.
    case inbox = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c0b"
  }

  /// How much an operator should care (syslog's levels, sd-daemon(3)).
  public enum Priority: Int, Sendable, Hashable {
    case error = 3
    case warning = 4
    case notice = 5
    case info = 6
  }

  /// What happened, as the journal can be asked for it (`MESSAGE_ID`).
  public var kind: Kind
  /// How much it matters.
  public var priority: Priority
  /// One line for people, without secrets and without anybody's address.
  public var message: String
  /// More fields by their journal names (`DUBAN_ENTRY`), values of one line.
  public var fields: [String: String]

  package init(_ kind: Kind, _ priority: Priority, _ message: String, fields: [String: String] = [:]) {
    self.kind = kind
    self.priority = priority
    self.message = message
    self.fields = fields
  }
}

/// Keeps what concerns persons out of the journal and the status line, which more people read than the ledger:
/// addresses, quoted text, and the names of the ledgers in force. `duban check` and `duban history` have them.
struct Redactor: Sendable {
  private let names: Set<String>
  /// How long the names are that begin with a character, the longest first: it is asked for every mail, so that a text isn't searched
  /// for each name of twenty thousand.
  private let lengths: [Character: [Int]]

  /// Keeps the names of these ledgers' persons and units to itself.
  init(_ ledgers: [Ledger]) {
    var names: Set<String> = []
    for ledger in ledgers {
      names.formUnion(ledger.owners.flatMap { [$0.person, $0.unit] })
      for measure in ledger.measures { names.formUnion(measure.persons + measure.units) }
      names.formUnion([ledger.plan.contact.person, ledger.plan.contact.unit])
    }
    self.names = Set(names.map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty })
    var lengths: [Character: Set<Int>] = [:]
    for name in self.names {
      if let first = name.first { lengths[first, default: []].insert(name.count) }
    }
    self.lengths = lengths.mapValues { $0.sorted(by: >) }
  }

  /// The text of a diagnostic or an error: also quoted text goes, which is the file's own. What we quote of our own words
  /// stays: keys, signs, and the names of an editor's commands.
  func ofFile(_ text: String) -> String {
    if text.contains("unknown key “") || text.contains("the key “") { return of(text) }
    return of(
      text.replacing(/(the editor's )?“([^”]*)”/) { match in
        let isOurs = match.1 != nil || !match.2.contains { $0.isLetter || $0.isNumber }
        return isOurs ? String(match.0) : "“…”"
      })
  }

  /// A relay's answer, or any other words.
  func of(_ text: String) -> String { redacted(text, about: nil) }

  /// A relay's answer about a recipient, whose name in the address goes too, however the address is written.
  func of(_ text: String, about recipient: String) -> String { redacted(text, about: recipient) }

  private func redacted(_ text: String, about recipient: String?) -> String {
    let name = recipient?.prefix { $0 != "@" } ?? ""
    var text = Self.withoutEncodedWords(Self.narrowed(text))
    text = Self.unescaped(text) { plain in
      Self.holdsAddress(plain) || !name.isEmpty && Self.without(name, in: plain) != plain
    }
    if !name.isEmpty { text = Self.without(name, in: text) }
    let withoutCodes = Self.withoutCodes(CleanText.withoutAddresses(text)) {
      redacted($0, about: recipient) != $0
    }
    return Self.withoutPhones(withoutNames(withoutCodes))
  }

  /// Without a mailbox's name, also where a line's end or blanks part it, and without the beginning that a server took for
  /// the name: `wang.er` of `wang.er-2024`.
  private static func without(_ name: Substring, in text: String) -> String {
    let letters = name.map { NSRegularExpression.escapedPattern(for: String($0)) }
    // A short one may begin any word; Chinese words stand beside it without a gap.
    var patterns = [
      letters.joined(separator: name.count < 6 ? "" : #"\s*"#) + (name.count < 4 ? #"(?![A-Za-z0-9])"# : "")
    ]
    for place in name.indices where "._-+".contains(name[place]) && name[..<place].count >= 4 {
      patterns.insert(
        NSRegularExpression.escapedPattern(for: String(name[..<place])) + #"(?![A-Za-z0-9])"#, at: 1)
    }
    return text.replacingOccurrences(
      of: #"(?<![A-Za-z0-9])(?:"# + patterns.joined(separator: "|") + ")", with: "…",
      options: [.regularExpression, .caseInsensitive])
  }

  /// Words in which signs are written as numbers of HTML, URLs and quoted-printable (`&#46;`, `&#x40;`, `%2E`, `=40`) have
  /// the signs themselves where they are private then; `size=4096` is a figure.
  private static func unescaped(_ text: String, where isPrivate: (String) -> Bool) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      guard word.contains(where: { "&%=".contains($0) }) else { return String(word) }
      let plain = withSigns(String(word))
      return plain != word && isPrivate(plain) ? plain : String(word)
    }.joined(separator: " ")
  }

  /// Whether there is an address in it, and no figure beside an `@`.
  private static func holdsAddress(_ text: String) -> Bool {
    text.range(of: #"[^\s<]@[^\s@]*\p{L}"#, options: .regularExpression) != nil
  }

  private static func withSigns(_ text: String) -> String {
    var text = text
    for sign in "!#$&'*+-./=?@^_`{|}~" {
      guard let byte = sign.asciiValue else { continue }
      let hex = String(byte, radix: 16)
      text = text.replacingOccurrences(
        of: "&#(0*\(byte)|x0*\(hex));|[%=]\(hex)",
        with: NSRegularExpression.escapedTemplate(for: String(sign)),
        options: [.regularExpression, .caseInsensitive])
    }
    return text
  }

  /// Numbers of mobile phones and of lines with their area's code, as they are written in China.
  private static func withoutPhones(_ text: String) -> String {
    guard text.utf8.count(where: { (0x30...0x39).contains($0) }) >= 10 else { return text }
    return text.replacingOccurrences(
      of: #"(?<![A-Za-z0-9])(?:(?:\+?86[- ]?)?1[3-9]\d{9}|0\d{2,3}[- ]?[2-9]\d{6,7})(?![A-Za-z0-9])"#,
      with: "…",
      options: .regularExpression)
  }

  /// Names go also where blanks part their characters: 徐 娟.
  private func withoutNames(_ text: String) -> String {
    let places = text.indices.filter { !text[$0].isWhitespace }
    var result = ""
    var (next, copied) = (0, text.startIndex)
    while next < places.count {
      let length = lengths[text[places[next]]]?.first { length in
        next + length <= places.count && names.contains(String(places[next..<next + length].map { text[$0] }))
      }
      guard let length else {
        next += 1
        continue
      }
      result += text[copied..<places[next]] + "…"
      next += length
      copied = text.index(after: places[next - 1])
    }
    return result + text[copied...]
  }

  /// Letters of full width in their usual form.
  private static func narrowed(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.value {
          case 0xFF0D...0xFF0E, 0xFF10...0xFF19, 0xFF20...0xFF3A, 0xFF3F, 0xFF41...0xFF5A:
            Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
          default: scalar
          }
        }))
  }

  /// Encoded words (RFC 2047) go whatever they say: nothing that an operator needs is written so.
  private static func withoutEncodedWords(_ text: String) -> String {
    guard text.contains("=?") else { return text }
    return text.replacingOccurrences(
      of: #"=\?[^?\s]*\?[BbQq]\?[^?]*(\?=|$)"#, with: "…", options: .regularExpression)
  }

  /// Words that are Base64, hexadecimal or percent-encoded go where what they say `isPrivate`.
  private static func withoutCodes(_ text: String, _ isPrivate: (String) -> Bool) -> String {
    var (result, word) = ("", "")
    func end() {
      result += decoded(word).contains(where: isPrivate) ? "…" : word
      word = ""
    }
    for character in text {
      if character.isASCII, character.isLetter || character.isNumber || "+/%=".contains(character) {
        word.append(character)
      } else {
        end()
        result.append(character)
      }
    }
    end()
    return result
  }

  /// What a word may say.
  private static func decoded(_ word: String) -> [String] {
    guard word.utf8.count >= 6 else { return [] }
    // What comes before a sign of equality is a label: uid=….
    let code = word.split(separator: "=").last ?? ""
    let padding = String(repeating: "=", count: (4 - code.utf8.count % 4) % 4)
    let texts: [String?] = [
      Data(base64Encoded: String(code) + padding).flatMap { String(data: $0, encoding: .utf8) },
      String(validating: bytes(hexadecimal: code), as: UTF8.self),
      word.contains("%") ? word.removingPercentEncoding : nil,
      word.contains("=") ? word.replacing("=", with: "%").removingPercentEncoding.flatMap(privateSigns) : nil,
    ]
    return texts.compactMap(\.self).filter { $0 != word && !$0.isEmpty }
  }

  /// The text, unless its `@` is the beginning of a figure: size=4096.
  private static func privateSigns(_ text: String) -> String? {
    text.contains("@") && !holdsAddress(text) ? nil : text
  }

  private static func bytes(hexadecimal code: Substring) -> [UInt8] {
    let digits = code.compactMap(\.hexDigitValue)
    guard digits.count == code.count, digits.count.isMultiple(of: 2) else { return [] }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
  }
}
