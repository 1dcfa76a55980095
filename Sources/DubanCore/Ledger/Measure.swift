/// 整改措施: one numbered thing to do, with units, persons and a deadline.
public struct Measure: Sendable, Equatable {
  /// A measure's status in the ledger.
  public enum Status: String, Sendable, Hashable, CaseIterable, BitwiseCopyable {
    /// Nothing reported yet.
    case open
    case inProgress = "in-progress"
    /// Reported as done, not confirmed yet.
    case submitted
    /// 销号: done and confirmed. Closed items fall silent.
    case closed
  }

  /// `area.measure`, as numbered in the ledger: for people, who may number anew at any time.
  public var id: String
  /// What tells the measure from all others of its plan for good: the number that it was first seen with, or what
  /// ``MeasureMatching`` gave it where that was taken. Keys, decisions, threads and calendar entries hang on it.
  public var identity: String {
    get { assigned ?? id }
    set { assigned = newValue == id ? nil : newValue }
  }
  private var assigned: String?
  /// The number within its area, from 1.
  public var number: Int
  /// The measure's first sentence.
  public var title: String
  /// The whole text after the title.
  public var text: String
  /// 责任单位; `units[i]` is the unit of `persons[i]` where both are as long.
  public var units: [String]
  /// 牵头单位, where the document names one; it is the first of ``units``.
  public var lead: String?
  /// 配合单位: those of ``units`` that only help, where the document tells them apart.
  public var supporting: [String] = []
  /// 责任人.
  public var persons: [String]
  /// Who answers for it by name: its units, or its persons where it names no unit.
  public var answering: [String] { units.isEmpty ? persons : units }
  /// Who had it by the ledger, where the contact agreed that others have it now.
  public var formerOwners: [String] = []
  /// When it is due.
  public var deadline: Deadline
  /// Recurring obligations inside it.
  public var duties: [Duty]
  /// What tells each of the duties from the others of the measure: its wording, not its place. Decisions and reminders
  /// hang on it, so another duty in its place is another one.
  public var dutyIdentities: [String] {
    var counts: [String: Int] = [:]
    return duties.map { duty in
      let words = String(Wording.plain(duty.what).prefix(80))
      let count = counts[words, default: 0] + 1
      counts[words] = count
      return count == 1 ? words : "\(words)~\(count)"
    }
  }
  /// Its status.
  public var status: Status { didSet { if status != oldValue { isReturned = false } } }
  /// Whether the ledger says that what was reported isn't enough: 退回整改. Its status is open then.
  public var isReturned = false
  /// 进展情况, as the ledger's keeper wrote it; empty where nothing is said.
  public var progress: String

  package init(
    id: String, number: Int, title: String, text: String, units: [String], persons: [String],
    deadline: Deadline, duties: [Duty] = [], status: Status = .open, progress: String = ""
  ) {
    self.id = id
    self.number = number
    self.title = title
    self.text = text
    self.units = units
    self.persons = persons
    self.deadline = deadline
    self.duties = duties
    self.status = status
    self.progress = progress
  }
}

extension Measure.Status {
  /// The word for it in an office's 状态.
  public var chinese: String {
    switch self {
    case .open: "未完成"
    case .inProgress: "进行中"
    case .submitted: "待销号"
    case .closed: "已销号"
    }
  }
}

extension Measure {
  /// The word for its state: 退回整改, or that of its status.
  public var statusWord: String { isReturned ? "退回整改" : status.chinese }
}

/// A recurring obligation inside a measure, such as 每半年召开1次座谈会.
public struct Duty: Sendable, Hashable {
  /// What is to be done each time.
  public var what: String
  /// When it is due.
  public var rule: Recurrence

  package init(what: String, rule: Recurrence) {
    self.what = what
    self.rule = rule
  }
}
