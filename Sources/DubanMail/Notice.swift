internal import DubanCore

/// What the digest says besides the items: one line.
public struct Notice: Sendable, Hashable {
  /// What it is about; the digest groups by it, in this order.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A mail that couldn't be delivered, or an address that was refused.
    case delivery
    /// A file that changed can't be read: what was in force before still is.
    case refusal
    /// The ledger, the configuration or a calendar is incomplete, or something in it is unclear.
    case diagnostic
    case change
    /// An answer asks for something: it is among the next steps.
    case request
    /// The ledger leaves something open that only a person can say: it is among the next steps.
    case question
    case answer
    /// A mail system said something: who is away, which mail is delayed.
    case noted
    /// A person put something off, or marked it as done.
    case decision
    /// Nothing has moved of a measure for long.
    case stalled
    case paper

    /// The heading, as the digest prints it.
    var heading: String {
      switch self {
      case .delivery: "投递异常"
      case .refusal: "台账未能更新"
      case .diagnostic: "台账与配置提示"
      case .change: "台账变动"
      case .request: "待处理的回复"
      case .question: "请核对"
      case .answer: "收到的回复"
      case .noted: "自动回复与延迟"
      case .decision: "人工处理记录"
      case .stalled: "长期无进展"
      case .paper: "已印发的督办单和通报"
      }
    }
  }

  /// Whether something failed that the contact has to see to: it comes first, and is in the subject.
  var isFailure: Bool { kind == .delivery || kind == .refusal }

  /// Whether it is among the next steps.
  var isStep: Bool { kind == .request || kind == .question }

  /// What it is about.
  public var kind: Kind
  /// One Chinese sentence.
  public var text: String

  /// What an answer asks the contact to decide, where it does.
  public var request: Request?

  /// What it adds to the count of what is new since the digest before; nil for nothing.
  public var news: News?

  /// What is counted as new.
  public enum News: Sendable, Hashable, CaseIterable {
    case closed
    case reported
    /// A measure has another date.
    case moved
  }

  /// A notice of this kind.
  public init(_ kind: Kind, _ text: String, request: Request? = nil, news: News? = nil) {
    self.kind = kind
    self.news = news
    self.text = text
    self.request = request
  }

  /// What the contact can decide by a link or by its number.
  public struct Request: Sendable, Hashable {
    /// The number by which people name it.
    public var number: Int64
    /// The secret of its links; nil: none are shown.
    public var token: String?
    /// What it is about, for a mail's subject.
    public var about: String
    /// Whether there is a yes and a no; otherwise it only has to be seen to.
    public var isDecidable: Bool
    /// Whether the contact has to name a day.
    public var asksForDay: Bool

    package init(number: Int64, token: String?, about: String, isDecidable: Bool, asksForDay: Bool = false) {
      (self.number, self.token, self.about) = (number, token, about)
      (self.isDecidable, self.asksForDay) = (isDecidable, asksForDay)
    }
  }
}
