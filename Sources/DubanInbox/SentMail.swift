public import DubanCore

/// A mail that was sent, as far as an answer to it needs it.
public struct SentMail: Sendable {
  /// The Message-ID, without angle brackets.
  public let id: String
  /// The address it was sent to, in small letters.
  public let recipient: String
  /// The addresses that answers go to, in small letters.
  public let replyTo: [String]
  /// The address it was sent from, in small letters.
  public let from: String
  /// The subject, decoded.
  public let subject: String
  /// The day it was sent, in its own zone.
  public let day: CivilDate?
  /// The measures it speaks of, in order, with the day each is due.
  public let items: [Item]
  /// The numbers that it names as those of measures are, in their order.
  let numbers: [String]
  /// Its lines, squeezed; and the whole of each of its texts, squeezed.
  let lines: Set<String>
  let wholes: [String]
  /// What it asks the contact to decide.
  let requests: [Request]
  /// The number of the measure of each request that is about one, by the request's own number.
  public let asked: [Int: String]

  /// A measure that it speaks of.
  public struct Item: Sendable, Hashable {
    /// Its number then.
    public var id: String
    /// Its title, without white space.
    public var title: String
    /// The day it is due.
    public var due: CivilDate?
    /// What is to be done, as the lines below the title have it, without white space.
    public var text = ""
  }

  /// Reads a sent mail from its bytes; nil without a Message-ID.
  public init?(mail: [UInt8]) { self.init(MailPart(mail: mail)) }

  init?(_ part: MailPart) {
    guard let id = part.field("message-id").flatMap({ MailID.ids(in: $0).first }) else { return nil }
    self.id = id
    recipient = Address.first(in: part.field("to")) ?? ""
    replyTo = Address.all(in: part.field("reply-to") ?? "")
    from = Address.first(in: part.field("from")) ?? ""
    subject = part.field("subject") ?? ""
    day = part.field("date").flatMap(MailDay.day)
    let texts = part.all(entering: false).filter { $0.type == "text/plain" || $0.type == "text/html" }
      .map(TextLines.lines)
    wholes = texts.map { squeezed($0.joined()) }
    lines = Set(texts.joined().map { squeezed($0) }.filter { !$0.isEmpty })
    items = Self.items(texts.first ?? [], sent: day)
    requests = Self.requests(texts.first ?? [], sent: day)
    asked = Self.asked(texts.first ?? [])
    numbers = Set((texts.first ?? []).flatMap { AnswerPiece.numbers($0) }).sorted {
      $0.split(separator: ".").compactMap { Int($0) }.lexicographicallyPrecedes(
        $1.split(separator: ".").compactMap { Int($0) })
    }
  }

  /// Whether this mail is a digest, or about a ledger that came by mail: it goes to the one that answers go to, or says so.
  var isForContact: Bool {
    replyTo.contains(recipient) || ["督办日报", "督办周报", "【台账"].contains(where: subject.contains)
  }

  /// Titles of measures begin with their number, in a form behind （1）; the deadline is in the line above or below.
  private static func items(_ lines: [String], sent: CivilDate?) -> [Item] {
    var result: [Item] = []
    var due: CivilDate?
    var isBelowTitle = false
    for line in lines {
      let text = trimmed(line)
      isBelowTitle = isBelowTitle && line.first?.isWhitespace ?? false
      if let id = ItemNumber.title(text) {
        if !result.contains(where: { $0.id == id }) {
          let title = squeezed(text.split(separator: id, maxSplits: 1).last ?? "")
          result.append(Item(id: id, title: title, due: due))
          isBelowTitle = true
        }
      } else if text.hasPrefix("完成时限："), let last = result.indices.last {
        let words = text.dropFirst(5)
        let shown = words.firstRange(of: Deadline.wordsMark).map { words[..<$0.lowerBound] } ?? words
        let reading = DeadlineReader(issued: sent).read(String(shown))
        if reading.status == .read { result[last].due = reading.dueDates.last }
      } else if text.contains("到期") || text.contains("逾期") {
        due = Dates.found(in: text, from: sent?.adding(days: -180)).first?.day
      } else if isBelowTitle, !label.isIn(text) {
        result[result.count - 1].text += squeezed(text)
      }
    }
    return result
  }

  /// 领域：市场监管
  private static let label = Pattern(/^\p{sc=Han}{2,6}：/)
}

/// The numbers of measures in texts.
enum ItemNumber {
  /// The number that a line begins with as the title of a measure, perhaps behind a （1）.
  static func title(_ line: String) -> String? {
    var rest = line[...]
    if let first = rest.first, first == "（" || first == "(" {
      rest = rest.dropFirst().drop { $0.isNumber }
      guard let close = rest.popFirst(), close == "）" || close == ")" else { return nil }
      rest = rest.drop(while: \.isWhitespace)
    }
    guard let id = first(of: rest) else { return nil }
    let title = rest.dropFirst(id.count)
    guard title.first?.isWhitespace ?? false, title.contains(where: { !$0.isWhitespace }) else { return nil }
    return id
  }

  /// The number such as 4.1 that a text begins with; longer than any measure's it is none.
  static func first(of text: Substring) -> String? {
    let number = text.prefix { isDigit($0) || $0 == "." }
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    let whole = parts.last?.isEmpty ?? false ? parts.dropLast() : parts[...]
    guard number.utf8.count <= 40, whole.count >= 2, !whole.contains(where: \.isEmpty) else { return nil }
    return whole.joined(separator: ".")
  }

  static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}

extension SentMail {
  /// What a digest asks the contact to decide.
  struct Request: Sendable, Hashable {
    /// As the digest numbers it, from 1.
    var number: Int
    /// The measure; empty for none.
    var id: String
    var what: MailReading.Says
    var until: String?

    /// Whether there is a yes and a no.
    var isDecidable: Bool { [.done, .postpone, .handover, .received].contains(what) }
    /// Whether a yes has to name the day.
    var asksForDay: Bool { what == .postpone && until == nil }

    func decision(_ verdict: String, until day: CivilDate?) -> MailReading.Decision {
      MailReading.Decision(
        id: id, decision: verdict == AnswerForm.reject ? .reject : .approve, what: what,
        until: what == .postpone ? day?.description ?? until : nil, to: nil, number: number)
    }
  }

  private static let numberAndHead = Pattern(/(?:[-·•]\s*)?〔(?<number>\d{1,6})〕(?<head>[^：]*)：?/)
  private static let measure = Pattern(/措施(?<id>\d+(?:\.\d+)*)/)
  private static let askedDay = Pattern(/申请延期至(?<day>\d{4}年\d{1,2}月\d{1,2}日)/)

  private static let numberAndMeasure = Pattern(
    /(?:[-·•]\s*)?〔(?<number>\d{1,6})〕[^“]{0,40}?措施(?<id>\d+(?:\.\d+)*)/)

  /// Which measure each request in a digest's lines is about: `〔3〕请确认能否销号：措施4.1“…”`.
  static func asked(_ lines: [String]) -> [Int: String] {
    var asked: [Int: String] = [:]
    for line in lines where line.contains("〔") {
      guard let match = trimmed(line).prefixMatch(of: numberAndMeasure.regex),
        let number = Int(match.output.number)
      else { continue }
      asked[number] = asked[number] ?? String(match.output.id)
    }
    return asked
  }

  /// The requests in a digest's lines, as ``DubanMail`` prints them: `〔3〕请确认措施4.1“…”能否销号：…`.
  static func requests(_ lines: [String], sent: CivilDate?) -> [Request] {
    lines.compactMap { line -> Request? in
      guard line.utf8.count <= 10_000, let match = trimmed(line).prefixMatch(of: numberAndHead.regex),
        let number = Int(match.output.number)
      else { return nil }
      let head = String(match.output.head)
      let id = head.firstMatch(of: measure.regex).map { String($0.output.id) } ?? ""
      if head.contains("能否销号") { return Request(number: number, id: id, what: .done) }
      if head.contains("能否延期") {
        // What is quoted of the answer may name other days.
        let ours = line.firstRange(of: "：“").map { line[..<$0.lowerBound] } ?? line[...]
        let asked = ours.firstMatch(of: askedDay.regex)
        let day = asked.flatMap { Dates.found(in: String($0.output.day), from: sent).first?.day }
        // Without a day that can be meant a yes has to name one.
        let isLikely = day.map { UnlikelyDay($0, due: nil, today: sent) == nil } ?? false
        return Request(
          number: number, id: id, what: .postpone, until: isLikely ? day?.description : nil)
      }
      if head.contains("能否移交") { return Request(number: number, id: id, what: .handover) }
      if head.contains("查收") { return Request(number: number, id: id, what: .received) }
      return Request(number: number, id: id, what: .none)
    }
  }
}
