/// A recurring obligation inside a measure, such as 每半年召开1次座谈会.
public struct Duty: Sendable, Hashable {
  /// What is to be done each time.
  public var what: String
  /// When it comes round.
  public var rule: Recurrence

  /// A duty of these parts.
  public init(what: String, rule: Recurrence) {
    self.what = what
    self.rule = rule
  }
}
