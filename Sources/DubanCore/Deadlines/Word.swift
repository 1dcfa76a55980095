/// What a token of a deadline phrase is. The value that goes with some kinds is ``Token/value``.
enum Word: UInt8 {
  /// Text that the vocabulary doesn't know.
  case text
  /// A number in digits; value and digit count.
  case number
  /// A number in Chinese numerals; the value, -1 for a run that is no number.
  case numeral

  // Calendar units
  case year, month, day, quarter, halfYear
  /// 上半年 (1) or 下半年 (2).
  case half
  /// 前三季度 and the like; how many quarters.
  case firstQuarters
  /// 旬: ten times the first, plus the last (中下旬 is 23).
  case tenDays
  /// “十四五”: its number.
  case fiveYears
  /// 全年.
  case wholeYear
  /// 今年, 明年, 去年: years from the document's.
  case yearFromIssue
  /// 本月, 下月: months from the document's.
  case monthFromIssue
  /// 本周五, 下周一: the day of the week, plus ten for each week from the document's.
  case weekdayFromIssue
  /// 本季度, 下季度: quarters from the document's.
  case quarterFromIssue
  /// 次年: the year after the one named before.
  case nextYear
  /// 次月: the month after a period.
  case nextMonth
  /// 当年, 当月: of something that isn't named.
  case thatPeriod
  case ordinal
  /// 底, 末.
  case end
  /// 低, 未 where 底, 末 would stand.
  case misspeltEnd
  /// 初.
  case beginning
  /// 中.
  case middle

  // What stands behind a period
  case before, within, around, since, after, closing, from
  /// （含）, （含当日） beside 前: the day itself is one of the days before it.
  case inclusive
  /// 期间, 时期.
  case during

  // Counted spans
  case months, days, workdays, weeks, hours
  /// 半个月.
  case halfMonth
  case piece

  // Recurrence: which period, as ``Cycle``'s raw value.
  case every
  /// 每 before a number.
  case each
  /// 按月, 按季度.
  case per
  case weekday
  /// 最后一个工作日.
  case lastWorkday
  /// 末月, 最后一个月 (3), 首月 (1).
  case monthOfCycle
  /// 结束, 终了.
  case cycleEnds
  /// 双月 (0), 单月 (1).
  case parityMonth
  case times

  // Time of day
  case hour, minute
  /// 上午 and the like, as ``DayPart``'s raw value.
  case dayPart
  case endOfWork

  // Signs
  case dash, to, dot, slash, colon, comma, list, stop, open, close, percent

  // Readings of their own
  case standing, immediate
  /// 即日.
  case today
  /// 印发之日.
  case issueDay

  // Context
  /// A label of a date that is no deadline.
  case otherLabel
  case lunar
  /// 1 for those that also say a state: 整改完成.
  case completion
  /// Above 0 for those that are verbs only, unlike 总结 or 考核; 2 for 启动, which only begins something.
  case start
  case publishing, label, filler, and, or
  /// 招引, 新增: what is made in some number.
  case target
  /// 阶段.
  case stage
  /// 免征, 享受, 不得: what is granted or forbidden for a time, not what is to be done; 1 for 给予 and the like, which may
  /// also be a duty.
  case right
  /// 纳入, 列入: the date is part of something's name.
  case partOf
  /// 将, 把: the object stands before its verb.
  case object
  /// 力争, 确保, 原则上.
  case qualifier
  /// 力争, 争取: an aim, next to which a firmer date may stand.
  case aim
  /// 最迟, 不晚于.
  case latest
  /// 延期至, 调整为: the date before no longer holds.
  case moved
  /// 于, 在.
  case at
  /// 自, 从.
  case outset
  case done, undone, of, compared, formerly, notBefore, asOf, deadlineAt
  /// 压缩至, 办结: words of a service level.
  case serviceLevel, settled
  case validity
  case vague
  /// 逐年, 视情况: again and again, but on no certain days.
  case irregular
  /// 近, 连续: a span behind it lies in the past or isn't one.
  case lately
  /// 假期 behind a festival.
  case holiday
  /// 汛期, 春节: a time whose days aren't known here; for a ``Festival`` its raw value.
  case season
}

/// A word or sign of a phrase, and where it stands in the phrase's own characters.
struct Token {
  var word: Word
  /// What the word means in numbers; see ``Word``.
  var value: Int32
  /// How many digits a number was written with.
  var digits: UInt8
  /// The first scalar of the original text.
  var start: Int32
  /// The scalar after the last.
  var end: Int32
  /// Whether it belongs to an item.
  var isOwned = false

  /// The value of a number in which a letter stands for a digit.
  static let damaged: Int32 = -2
  var isDamaged: Bool { word == .number && value == Self.damaged }
}

/// The period of a recurrence.
enum Cycle: Int32 {
  case day = 1, week, tenDays, month, quarter, halfYear, year
}

/// A part of the day that a clock time is said with.
enum DayPart: Int32 {
  case earlyMorning = 1, morning, noon, afternoon, evening
}
