/// One colour of a 督办单: when it is due to a measure, and what follows from it.
///
/// Places have rules of their own, with two to four colours.
public struct SlipLevel: Sendable, Equatable {
  /// When a measure gets it.
  public enum Condition: Sendable, Equatable {
    /// The date comes within that time.
    case near(Span)
    /// The date comes within that time, and nothing has begun: no word of progress, and no status but open.
    case behind(Span)
    /// What was reported isn't enough: 退回整改 (``Measure/isReturned``), whatever the date.
    case poor
    /// The date has passed by at least that time; 0 for any.
    case overdue(Span)
  }

  /// The colour's name, such as 红色.
  public var name: String
  /// What the paper is called: 提醒单, 催办单, 督办单.
  public var title: String
  /// Its colour, as `#rrggbb`.
  public var color: String
  /// When a measure gets it.
  public var condition: Condition
  /// So long has the unit to answer.
  public var reply: Span
  /// Points that the unit loses for each measure; 0 for none.
  public var points: Int
  /// Whether the unit's head is asked to a talk (约谈).
  public var asksToTalk: Bool

  package init(
    name: String, title: String, color: String, condition: Condition, reply: Span, points: Int = 0,
    asksToTalk: Bool = false
  ) {
    (self.name, self.title, self.color, self.condition) = (name, title, color, condition)
    (self.reply, self.points, self.asksToTalk) = (reply, points, asksToTalk)
  }

  /// Three colours as 宿迁 has published them: blue for what is nearly due, yellow for what is behind or poor, red for what
  /// is overdue. The times to answer are ours.
  public static let suqian = [
    SlipLevel(
      name: "蓝色", title: "提醒单", color: "#1f4e9e", condition: .near(Span(14)), reply: Span(5, .workday)),
    SlipLevel(
      name: "黄色", title: "催办单", color: "#9a6700", condition: .behind(Span(7)), reply: Span(3, .workday)),
    SlipLevel(name: "黄色", title: "催办单", color: "#9a6700", condition: .poor, reply: Span(3, .workday)),
    SlipLevel(
      name: "红色", title: "督办单", color: "#c00000", condition: .overdue(Span(0)), reply: Span(2, .workday)),
  ]

  /// Whether a line of the agenda gets it on a day.
  func applies(to line: AgendaItem, on day: CivilDate, _ calendar: WorkdayCalendar) -> Bool {
    guard let measure = line.measure, measure.status != .closed, line.noReminder != .done,
      line.noReminder != .submitted
    else { return false }
    guard let due = line.due else { return condition == .poor && measure.isReturned }
    switch condition {
    case .poor: return measure.isReturned
    case .near(let span): return day >= span.before(due, in: calendar)
    case .behind(let span):
      return measure.status == .open && measure.progress.isEmpty && day >= span.before(due, in: calendar)
    case .overdue(let span): return day > due && day >= span.after(due, in: calendar)
    }
  }
}

/// What a 督办单 is about: measures with the level of each, and that of the whole, which is the highest.
public struct Slip: Sendable, Equatable {
  /// A measure on it.
  public struct Line: Sendable, Equatable {
    /// The measure with its date.
    public var item: AgendaItem
    /// Its place among the levels.
    public var level: Int
  }

  /// The day it is issued.
  public var day: CivilDate
  /// The plan that its measures belong to.
  public var plan: Plan
  /// To whom it goes.
  public var unit: String
  /// The measures, the most urgent first.
  public var lines: [Line]
  /// The highest of their levels.
  public var level: SlipLevel
  /// By when the unit has to answer.
  public var replyBy: CivilDate
}

extension Planner {
  /// What is to be put before units on a day, plan by plan.
  ///
  /// - Parameters:
  ///   - plan: only that plan; nil for all.
  ///   - name: only what has the level of that name; nil for all.
  public func dueSlips(
    ofPlan plan: String? = nil, levels: [SlipLevel], named name: String? = nil, on day: CivilDate
  ) -> [DueSlips] {
    ledgers.filter { plan == nil || $0.plan.key == plan }.map { ledger in
      // What was sent back is poor however far its date is.
      let extent: Overview.Extent = ledger.measures.contains(where: \.isReturned) ? .everything : .attention
      let measures = overview(on: day, plans: [ledger.plan.key], extent: extent).measures
      let lines = measures.compactMap { item -> Slip.Line? in
        guard let level = levels.lastIndex(where: { $0.applies(to: item, on: day, calendar) }),
          name == nil || levels[level].name == name
        else { return nil }
        return Slip.Line(item: item, level: level)
      }
      return DueSlips(day: day, plan: ledger.plan, lines: lines, levels: levels, calendar: calendar)
    }
  }
}

/// The measures of a plan that any level is due to on a day, of which each unit's slip is made.
public struct DueSlips: Sendable {
  let day: CivilDate
  let plan: Plan
  let lines: [Slip.Line]
  let levels: [SlipLevel]
  let calendar: WorkdayCalendar

  /// The slip of a unit, with its measures or those with these numbers; nil where no level is due to any.
  public func slip(for unit: String, items: Set<String>? = nil) -> Slip? {
    let own = lines.filter { line in
      guard let measure = line.item.measure else { return false }
      return measure.units.contains(unit) && items?.contains(measure.id) ?? true
    }
    guard let highest = own.map(\.level).max() else { return nil }
    return Slip(
      day: day, plan: plan, unit: unit, lines: own, level: levels[highest],
      replyBy: levels[highest].reply.after(day, in: calendar))
  }
}
