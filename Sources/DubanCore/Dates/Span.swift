/// A number of calendar days or working days, as the configuration writes it: `7` or `5wd`.
public struct Span: Sendable, Hashable {
  /// What is counted.
  public enum Unit: Sendable, Hashable {
    case day
    case workday
  }

  /// How many, never negative.
  public let count: Int
  /// Calendar days or working days.
  public let unit: Unit

  /// A span of `count` units.
  public init(_ count: Int, _ unit: Unit = .day) {
    self.count = count
    self.unit = unit
  }

  /// Reads `7` or `5wd`; nil for anything else and past 3650.
  public init?(_ text: some StringProtocol) {
    let isWorkdays = text.hasSuffix("wd")
    let digits = isWorkdays ? text.dropLast(2) : text[...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let count = Int(digits), count <= 3650
    else { return nil }
    self.init(count, isWorkdays ? .workday : .day)
  }

  /// The day that lies this span before `day`.
  public func before(_ day: CivilDate, in calendar: WorkdayCalendar) -> CivilDate {
    switch unit {
    case .day: day.adding(days: -count)
    case .workday: calendar.adding(workdays: -count, to: day)
    }
  }

  /// The day that lies this span after `day`.
  public func after(_ day: CivilDate, in calendar: WorkdayCalendar) -> CivilDate {
    switch unit {
    case .day: day.adding(days: count)
    case .workday: calendar.adding(workdays: count, to: day)
    }
  }
}

extension Span: CustomStringConvertible {
  /// The form that ``init(_:)-(StringProtocol)`` reads.
  public var description: String { unit == .day ? "\(count)" : "\(count)wd" }

  /// As a Chinese reader says it: `7天` or `5个工作日`.
  public var chinese: String { unit == .day ? "\(count)天" : "\(count)个工作日" }
}
