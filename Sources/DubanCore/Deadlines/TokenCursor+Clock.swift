extension TokenCursor {
  /// A time of day as the words name it.
  enum Clock: Equatable {
    /// By this time.
    case at(CivilTime)
    /// By the end of the day (24时, 下班前).
    case endOfDay
    /// An hour that may be in the morning or the afternoon.
    case unsure
    /// An hour that no day has.
    case nonexistent
  }

  /// Adds the day of the week and the time that stand behind a date.
  mutating func dayWithTime(_ period: Period) -> Period {
    var period = period
    period.weekday = weekdayBehindDate()
    switch clock() {
    case .at(let time): period.time = time
    case .unsure: period.note = .clock
    case .nonexistent: period.note = .nonexistent
    case .endOfDay, nil: break
    }
    return period
  }

  private mutating func weekdayBehindDate() -> Weekday? {
    if peek() == .open, peek(1) == .weekday, peek(2) == .close {
      defer { position += 3 }
      return Weekday(rawValue: value(1))
    }
    guard peek() == .weekday else { return nil }
    defer { position += 1 }
    return Weekday(rawValue: value())
  }

  /// Reads 17时30分, 下午5点, 17:00, 中午, 下班; nil where no time stands.
  mutating func clock() -> Clock? {
    let start = position
    if skip(.endOfWork) { return .endOfDay }
    var part: DayPart?
    if peek() == .dayPart {
      part = DayPart(rawValue: Int32(value()))
      position += 1
    }
    if isNumber(), peek(1) == .hour {
      let hour = value()
      position += 2
      return Self.time(part, hour, minute: minute())
    }
    if peek() == .number, peek(1) == .colon, peek(2) == .number, digits(2) == 2 {
      let (hour, minute) = (value(), value(2))
      position += 3
      return Self.time(
        part ?? (digits(-3) == 2 ? .morning : nil), hour, minute: minute, isDigital: part == nil)
    }
    switch part {
    case .noon: return CivilTime(hour: 12, minute: 0).map(Clock.at)
    case nil: position = start
    default: return .endOfDay
    }
    return nil
  }

  /// The minutes behind an hour; 0 for none.
  private mutating func minute() -> Int {
    guard isNumber(), peek(1) == .minute else {
      return 0
    }
    defer { position += 2 }
    return value()
  }

  private static func time(_ part: DayPart?, _ hour: Int, minute: Int, isDigital: Bool = false) -> Clock {
    guard hour < 24, minute < 60 else { return hour == 24 && minute == 0 ? .endOfDay : .nonexistent }
    let resolved: Int?
    switch part {
    case .morning, .earlyMorning: resolved = hour <= 12 || isDigital ? hour : nil
    case .noon: resolved = (11...13).contains(hour) ? hour : hour == 1 ? 13 : nil
    case .afternoon: resolved = hour < 12 ? hour + 12 : hour == 12 ? nil : hour
    case .evening: resolved = (5..<12).contains(hour) ? hour + 12 : hour > 17 ? hour : nil
    case nil: resolved = hour >= 7 || hour == 0 ? hour : nil
    }
    return resolved.flatMap { CivilTime(hour: $0, minute: minute) }.map(Clock.at) ?? .unsure
  }
}

/// The time of day of a recurrence.
enum HourOfRule: Equatable {
  case none
  case at(CivilTime)

  /// Puts the time into a rule.
  func set(in rule: inout Recurrence) {
    guard case .at(let time) = self else { return }
    rule.hour = time.hour
    rule.minute = time.minute == 0 ? nil : time.minute
  }
}
