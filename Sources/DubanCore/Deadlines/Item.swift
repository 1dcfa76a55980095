/// One thing that a phrase names, before it is judged in its context.
struct Item {
  /// What is named.
  enum Content {
    case period(Period)
    /// Rare, and twice as large as the rest: an item is moved about a dozen times.
    indirect case span(Period, Period)
    case recurring([Recurrence])
    case relative(count: Int, unit: Reading.Unit, isEvent: Bool)
    case standing
    case immediate
    /// Something that can't be read, and forbids relying on the rest of the phrase.
    case unclear(Note)
    /// Something that looks like a deadline and is none.
    case nothing(Note)
  }

  /// What stands directly behind it; `closing` is 止, which never means the time before a period begins.
  enum Suffix {
    case none, before, closing, within, during, around, since, after, from
  }

  var content: Content
  var suffix: Suffix = .none
  /// 12月31日前3个工作日: how much earlier than the date.
  var earlier: (count: Int, unit: Reading.Unit)?
  /// The first token, and the token after the last.
  var tokens: Range<Int>
  /// Only 、 or 和 stands between the item before and this one.
  var isJoined = false
  /// Only 或 stands between.
  var isAlternative = false
}
