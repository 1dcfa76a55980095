public import DubanCore

/// What a file says, before it is checked: every field is the file's own text and where it is.
///
/// The seam between the file formats and ``LedgerChecker``. A format's reader only maps its keys or headings to
/// these fields; what a value must look like is decided once, by the checker. A field that the file doesn't have
/// is nil (or an empty list), and an empty cell counts as not there.
struct LedgerDraft: Sendable, Equatable {
  /// The plan's header.
  struct Plan: Sendable, Equatable {
    /// Where the header begins; where a missing field is reported.
    var location: Diagnostic.Location
    /// The document's title.
    var title: LocatedText?
    /// 洛开〔2022〕19号 and the like.
    var number: LocatedText?
    /// The date of issue, `YYYY-MM-DD`.
    var issued: LocatedText?
    /// Where reports go; nil when the file names none.
    var contact: Contact?
    /// Further people who answer questions.
    var contacts: [Contact] = []
  }

  /// The office and mailbox that reports go to.
  struct Contact: Sendable, Equatable {
    /// Where it begins.
    var location: Diagnostic.Location
    /// The office.
    var unit: LocatedText?
    /// The person who answers.
    var person: LocatedText?
    /// The telephone number as printed.
    var phone: LocatedText?
    /// The mailbox.
    var email: LocatedText?
  }

  /// A person, the unit the person answers for, and an address.
  struct Owner: Sendable, Equatable {
    /// Where the entry or row begins.
    var location: Diagnostic.Location
    /// The name.
    var person: LocatedText?
    /// The unit that the person answers for.
    var unit: LocatedText?
    /// The mailbox; nil where nobody knows it yet.
    var email: LocatedText?
    /// The mailboxes that get a copy of every mail.
    var copies: [LocatedText] = []
    /// `true` or 是 where this is the unit's head (第一责任人).
    var head: LocatedText?
    /// The telephone number.
    var phone: LocatedText?
    /// 分管领导.
    var supervisor: LocatedText?
  }

  /// A chapter with its measures.
  struct Area: Sendable, Equatable {
    /// Where the entry or its first row begins.
    var location: Diagnostic.Location
    /// The chapter's name.
    var name: LocatedText?
    /// 主要问题, one each.
    var problems: [LocatedText] = []
    /// 整改目标.
    var goal: LocatedText?
    /// 整改措施, in order.
    var measures: [Measure] = []
    /// 分管领导 of the area.
    var supervisor: LocatedText?
    /// The words for the area's reports that come again and again.
    var recurringReports: [LocatedText] = []
    /// The day of the assignment, `YYYY-MM-DD`.
    var assigned: LocatedText?
    /// The name of a rhythm of feedback: `13710`.
    var rhythm: LocatedText?
    /// What is reported once, so long after the assignment.
    var feedback: [Feedback] = []
  }

  /// What is reported once.
  struct Feedback: Sendable, Equatable {
    /// Where the entry begins.
    var location: Diagnostic.Location
    /// What is reported.
    var what: LocatedText?
    /// So long after the assignment, `3wd` or `7`.
    var after: LocatedText?
  }

  /// One numbered thing to do.
  struct Measure: Sendable, Equatable {
    /// Where the entry or row begins.
    var location: Diagnostic.Location
    /// `area.measure`, as numbered in the plan.
    var id: LocatedText?
    /// The first sentence.
    var title: LocatedText?
    /// The text after the title.
    var text: LocatedText?
    /// 责任单位, one each.
    var units: [LocatedText] = []
    /// 牵头单位: one of the units.
    var lead: LocatedText?
    /// 配合单位: some of the units.
    var supporting: [LocatedText] = []
    /// 责任人, one each.
    var persons: [LocatedText] = []
    /// 完成时限 in the document's own words.
    var deadline: LocatedText?
    /// The year in the title or name of its sheet, which the deadline may mean.
    var yearOfTitle: Int?
    /// A person's decision, `YYYY-MM-DD`, which wins over the words.
    var due: LocatedText?
    /// Recurring obligations.
    var duties: [Duty] = []
    /// 状态, in one of ``StatusWords``.
    var status: LocatedText?
    /// 进展情况.
    var progress: LocatedText?
  }

  /// A recurring obligation inside a measure: `every` or `rule` says how often.
  struct Duty: Sendable, Equatable {
    /// Where the entry begins.
    var location: Diagnostic.Location
    /// What is to be done each time.
    var what: LocatedText?
    /// `half-year`, `quarter`, `month`, `year`, `week`, or Chinese words such as 每半年.
    var every: LocatedText?
    /// An RRULE (RFC 5545, section 3.3.10).
    var rule: LocatedText?
  }

  /// A report that came in.
  struct Received: Sendable, Equatable {
    /// Where it is.
    var location: Diagnostic.Location
    /// The unit that reported.
    var unit: LocatedText?
    /// The report date, `YYYY-MM-DD`.
    var report: LocatedText?
  }

  /// A part of a ledger that may be in a table of its own.
  enum Part: Sendable, Hashable {
    case plan
    /// Those whom a measure may name.
    case owners
    case areas
  }

  /// The plan's header; nil when the file has none.
  var plan: Plan?
  /// The days of the reports, `YYYY-MM-DD`.
  var reports: [LocatedText] = []
  /// The words for reports that come again and again.
  var recurringReports: [LocatedText] = []
  /// The reports that came in.
  var received: [Received] = []
  /// Everyone a measure may name.
  var owners: [Owner] = []
  /// The plan's chapters.
  var areas: [Area] = []
  /// Parts that could not be read, for a reason that has been reported: that they are missing is no second mistake.
  var unread: Set<Part> = []
}

/// A piece of a file's text and where it is.
public struct LocatedText: Sendable, Hashable {
  /// The text, without the spaces around it.
  public var text: String
  /// Where it begins.
  public var location: Diagnostic.Location

  /// The text at that place; white space around it is dropped.
  public init(_ text: String, at location: Diagnostic.Location) {
    self.text = text.trimmedWhitespace
    self.location = location
  }
}

/// A text that is the same as another only byte by byte: quicker as a key than a `String`, which equals whatever looks
/// the same.
struct ExactText: Hashable {
  private let text: String

  init(_ text: String) { self.text = text }

  static func == (left: ExactText, right: ExactText) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  func hash(into hasher: inout Hasher) {
    hasher.combine(text.utf8.count)
    // Eight bytes at a time.
    var (word, count) = (UInt64(0), 0)
    for byte in text.utf8 {
      (word, count) = (word << 8 | UInt64(byte), count + 1)
      if count % 8 == 0 { hasher.combine(word) }
    }
    hasher.combine(word)
  }
}

extension StringProtocol {
  /// Without white space (the ideographic space included) and characters that can't be seen (U+200B, U+FEFF) at either
  /// end.
  var trimmedWhitespace: String {
    // Letters, signs and Chinese characters need no look into Unicode's tables.
    let isInk = { (scalar: Unicode.Scalar) in
      (0x21...0x7E).contains(scalar.value) || (0x4E00...0x9FFF).contains(scalar.value)
        || !scalar.properties.isWhitespace && scalar.properties.generalCategory != .format
    }
    let text = String(self)
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: isInk), let last = scalars.lastIndex(where: isInk) else {
      return ""
    }
    let end = scalars.index(after: last)
    return first == text.startIndex && end == text.endIndex ? text : String(scalars[first..<end])
  }
}

extension String {
  /// With letters, digits and signs of ASCII in place of full-width ones: Chinese input writes ＠, １ and （.
  var halfWidth: String {
    // What all of them begin with in UTF-8; most texts have none.
    guard utf8.contains(0xEF) else { return self }
    return String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
        }))
  }

  /// On one line: people break a name over two lines to fit a narrow column.
  ///
  /// Between Chinese characters the break goes without a trace; elsewhere it stands for a space.
  var onOneLine: String {
    var text = self
    let isOneLine = text.withUTF8 { bytes in !bytes.contains { $0 == 0x0A || $0 == 0x0D } }
    if isOneLine { return text.trimmedWhitespace }
    let lines = split(whereSeparator: \.isLineBreak).map { String($0).trimmedWhitespace }.filter {
      !$0.isEmpty
    }
    return lines.reduce(into: "") { result, line in
      let needsSpace = result.last?.isASCII ?? false && line.first?.isASCII ?? false
      result += (needsSpace ? " " : "") + line
    }
  }
}

extension Character {
  /// LF, CR or CRLF: what breaks a line in a cell.
  var isLineBreak: Bool { self == "\n" || self == "\r" || self == "\r\n" }
}
