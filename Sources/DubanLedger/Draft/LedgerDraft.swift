public import DubanCore

/// What a file says, before it is checked: every field is the file's own text and where it stands.
///
/// The seam between the file formats and ``LedgerChecker``. A format's reader only maps its keys or headings to
/// these fields; what a value must look like is decided once, by the checker. A field that the file doesn't have
/// is nil (or an empty list), and an empty cell counts as not there.
public struct LedgerDraft: Sendable, Equatable {
  /// The plan's header.
  public struct Plan: Sendable, Equatable {
    /// Where the header begins; where a missing field is reported.
    public var location: Diagnostic.Location
    /// The document's title.
    public var title: LocatedText?
    /// 洛开〔2022〕19号 and the like.
    public var number: LocatedText?
    /// The date of issue, `YYYY-MM-DD`.
    public var issued: LocatedText?
    /// Where reports go; nil when the file names none.
    public var contact: Contact?
    /// Further people who answer questions.
    public var contacts: [Contact] = []

    /// A header that stands at `location`, with nothing in it yet.
    public init(at location: Diagnostic.Location) { self.location = location }
  }

  /// The office and mailbox that reports go to.
  public struct Contact: Sendable, Equatable {
    /// Where it begins.
    public var location: Diagnostic.Location
    /// The office.
    public var unit: LocatedText?
    /// The person who answers.
    public var person: LocatedText?
    /// The telephone number as printed.
    public var phone: LocatedText?
    /// The mailbox.
    public var email: LocatedText?

    /// A contact that stands at `location`, with nothing in it yet.
    public init(at location: Diagnostic.Location) { self.location = location }
  }

  /// A person, the unit the person answers for, and an address.
  public struct Owner: Sendable, Equatable {
    /// Where the entry or row begins.
    public var location: Diagnostic.Location
    /// The name.
    public var person: LocatedText?
    /// The unit that the person answers for.
    public var unit: LocatedText?
    /// The mailbox; nil where nobody knows it yet.
    public var email: LocatedText?
    /// The mailboxes that get a copy of every mail.
    public var copies: [LocatedText] = []
    /// `true` or 是 where this is the unit's head (第一责任人).
    public var head: LocatedText?
    /// The telephone number.
    public var phone: LocatedText?
    /// 分管领导.
    public var supervisor: LocatedText?

    /// An owner that stands at `location`, with nothing in it yet.
    public init(at location: Diagnostic.Location) { self.location = location }
  }

  /// A chapter with its measures.
  public struct Area: Sendable, Equatable {
    /// Where the entry or its first row begins.
    public var location: Diagnostic.Location
    /// The chapter's name.
    public var name: LocatedText?
    /// 主要问题, one each.
    public var problems: [LocatedText] = []
    /// 整改目标.
    public var goal: LocatedText?
    /// 整改措施, in order.
    public var measures: [Measure] = []
    /// 分管领导 of the area.
    public var supervisor: LocatedText?
    /// The words for the area's reports that come again and again.
    public var recurringReports: [LocatedText] = []
    /// The day of the assignment, `YYYY-MM-DD`.
    public var assigned: LocatedText?
    /// The name of a rhythm of feedback: `13710`.
    public var rhythm: LocatedText?
    /// What is reported once, so long after the assignment.
    public var feedback: [Feedback] = []

    /// An area that stands at `location`, with nothing in it yet.
    public init(at location: Diagnostic.Location) { self.location = location }
  }

  /// What is reported once.
  public struct Feedback: Sendable, Equatable {
    /// Where the entry begins.
    public var location: Diagnostic.Location
    /// What is reported.
    public var what: LocatedText?
    /// So long after the assignment, `3wd` or `7`.
    public var after: LocatedText?

    /// Feedback at `location`, with nothing said yet.
    public init(at location: Diagnostic.Location) { self.location = location }
  }

  /// One numbered thing to do.
  public struct Measure: Sendable, Equatable {
    /// Where the entry or row begins.
    public var location: Diagnostic.Location
    /// `area.measure`, as numbered in the plan.
    public var id: LocatedText?
    /// The first sentence.
    public var title: LocatedText?
    /// The text after the title.
    public var text: LocatedText?
    /// 责任单位, one each.
    public var units: [LocatedText] = []
    /// 牵头单位: one of the units.
    public var lead: LocatedText?
    /// 配合单位: some of the units.
    public var supporting: [LocatedText] = []
    /// 责任人, one each.
    public var persons: [LocatedText] = []
    /// 完成时限 in the document's own words.
    public var deadline: LocatedText?
    /// The year in the title or name of its sheet, which the deadline may mean.
    var yearOfTitle: Int?
    /// A person's decision, `YYYY-MM-DD`, which wins over the words.
    public var due: LocatedText?
    /// Recurring obligations.
    public var duties: [Duty] = []
    /// 状态, in one of ``StatusWords``.
    public var status: LocatedText?
    /// 进展情况.
    public var progress: LocatedText?

    /// A measure that stands at `location`, with nothing in it yet.
    public init(at location: Diagnostic.Location) { self.location = location }
  }

  /// A recurring obligation inside a measure: `every` or `rule` says how often.
  public struct Duty: Sendable, Equatable {
    /// Where the entry begins.
    public var location: Diagnostic.Location
    /// What is to be done each time.
    public var what: LocatedText?
    /// `half-year`, `quarter`, `month`, `year`, `week`, or Chinese words such as 每半年.
    public var every: LocatedText?
    /// An RRULE (RFC 5545, section 3.3.10).
    public var rule: LocatedText?

    /// A duty that stands at `location`, with nothing in it yet.
    public init(at location: Diagnostic.Location) { self.location = location }
  }

  /// A report that came in.
  public struct Received: Sendable, Equatable {
    /// Where it stands.
    public var location: Diagnostic.Location
    /// The unit that reported.
    public var unit: LocatedText?
    /// The report date, `YYYY-MM-DD`.
    public var report: LocatedText?

    /// A report at `location`, with nothing said yet.
    public init(at location: Diagnostic.Location) { self.location = location }
  }

  /// A part of a ledger that may stand in a table of its own.
  public enum Part: Sendable, Hashable {
    case plan
    /// Those whom a measure may name.
    case owners
    case areas
  }

  /// The plan's header; nil when the file has none.
  public var plan: Plan?
  /// The days of the reports, `YYYY-MM-DD`.
  public var reports: [LocatedText] = []
  /// The words for reports that come again and again.
  public var recurringReports: [LocatedText] = []
  /// The reports that came in.
  public var received: [Received] = []
  /// Everyone a measure may name.
  public var owners: [Owner] = []
  /// The plan's chapters.
  public var areas: [Area] = []
  /// Parts that could not be read, for a reason that has been reported: that they are missing is no second mistake.
  public var unread: Set<Part> = []

  /// A draft with nothing in it yet.
  public init() {}
}
