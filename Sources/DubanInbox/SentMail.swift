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
  /// Its subject.
  public let subject: String
  /// The day it was sent, in its own zone.
  public let day: CivilDate?
  /// The measures it speaks of, in order, with the day each is due.
  public let items: [Item]
  /// Its lines, squeezed; and the whole of each of its texts, squeezed.
  let lines: Set<String>
  let wholes: [String]

  /// A measure that it speaks of.
  public struct Item: Sendable, Hashable {
    /// Its number then.
    public var id: String
    /// Its title, without white space.
    public var title: String
    /// The day it is due.
    public var due: CivilDate?
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
  }

  /// Whether this mail is a digest: it goes to the one that answers go to, or says so.
  var isForContact: Bool {
    replyTo.contains(recipient) || subject.contains("督办日报") || subject.contains("督办周报")
  }

  /// Titles of measures begin with their number, in a form behind （1）; the deadline stands in the line above or below.
  private static func items(_ lines: [String], sent: CivilDate?) -> [Item] {
    var result: [Item] = []
    var due: CivilDate?
    for line in lines {
      let text = trimmed(line)
      if let id = ItemNumber.title(text) {
        if !result.contains(where: { $0.id == id }) {
          let title = squeezed(text.split(separator: id, maxSplits: 1).last ?? "")
          result.append(Item(id: id, title: title, due: due))
        }
      } else if text.hasPrefix("完成时限："), let last = result.indices.last {
        let reading = DeadlineReader(issued: sent).read(String(text.dropFirst(5)))
        if reading.status == .read { result[last].due = reading.dueDates.last }
      } else if text.contains("到期") || text.contains("逾期") {
        due = Dates.found(in: text, from: sent?.adding(days: -180)).first?.day
      }
    }
    return result
  }
}

/// The numbers of measures in texts.
enum ItemNumber {
  /// The number that a line begins with as the title of a measure.
  static func title(_ line: String) -> String? {
    guard let match = line.prefixMatch(of: /(?:[（(]\d+[）)]\s*)?(\d+(?:\.\d+)+)\s+\S/) else { return nil }
    return String(match.1)
  }
}

/// Message-IDs in header fields.
enum MailID {
  static func ids(in text: String) -> [String] {
    text.prefix(100_000).matches(of: /<\s*([^<>\s]+@[^<>\s]+)\s*>/).map { String($0.1) }
  }
}

/// Mail addresses in header fields and texts.
enum Address {
  static func all(in text: String) -> [String] {
    text.prefix(20_000).matches(
      of: /[A-Za-z0-9.!#$%&'*+\/=?^_`{|}~\-]+@[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9\-]+)+/
    )
    .map { String($0.0).lowercased() }
  }

  static func first(in text: String?) -> String? {
    guard let text else { return nil }
    return text.firstMatch(of: /<([^<>\s]+@[^<>\s]+)>/).map { String($0.1).lowercased() }
      ?? all(in: text).last
  }
}

/// The day of a Date field (RFC 5322), in the sender's own zone.
enum MailDay {
  static func day(_ text: String) -> CivilDate? {
    guard let match = text.firstMatch(of: /(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{4})/),
      let month = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        .firstIndex(of: match.2.lowercased()), let day = Int(match.1), let year = Int(match.3)
    else { return nil }
    return CivilDate(year: year, month: month + 1, day: day)
  }
}

/// Days named in an answer.
enum Dates {
  /// The days in a text, in order; without a year, the next such day from `start`.
  static func found(in text: String, from start: CivilDate?) -> [(day: CivilDate, range: Range<String.Index>)]
  {
    var result: [(CivilDate, Range<String.Index>)] = []
    for match in text.matches(of: /(?:(\d{4})\s*[年\-\/.]\s*)?(\d{1,2})\s*[月\-\/]\s*(\d{1,2})\s*[日号]?/) {
      guard let month = Int(match.2), let day = Int(match.3) else { continue }
      if let year = match.1.flatMap({ Int($0) }) {
        if let date = CivilDate(year: year, month: month, day: day) { result.append((date, match.range)) }
      } else if let start {
        let dates = [start.year, start.year + 1].compactMap { CivilDate(year: $0, month: month, day: day) }
        if let date = dates.first(where: { $0 >= start }) { result.append((date, match.range)) }
      }
    }
    for match in text.matches(of: /(?:(\d{4})年|(明年|今年|本年))?(\d{1,2})?月?(底|末)/) {
      guard let month = match.3.flatMap({ Int($0) }), text[match.range].contains("月"), let start else {
        continue
      }
      let year = match.1.flatMap { Int($0) } ?? (match.2 == "明年" ? start.year + 1 : start.year)
      guard let end = CivilDate.endOf(month: month, year: year) else { continue }
      let isPast = match.1 == nil && match.2 == nil && end < start
      result.append((isPast ? CivilDate.endOf(month: month, year: year + 1) ?? end : end, match.range))
    }
    return result
  }
}
