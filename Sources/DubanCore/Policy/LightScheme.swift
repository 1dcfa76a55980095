/// What the lights are called, which colours they have and when they change; places differ.
public struct LightScheme: Sendable, Equatable {
  /// How one light looks.
  public struct Look: Sendable, Equatable {
    /// The name, as mails print it.
    public var name: String
    /// The colour, as `#rrggbb`.
    public var color: String

    /// A look of these parts.
    public init(name: String, color: String) {
      self.name = name
      self.color = color
    }
  }

  /// From so long before the date on, the light is yellow.
  public var soon: Span
  /// How each light looks.
  public var looks: [Light: Look]

  /// A scheme; what `looks` leaves out keeps its usual look.
  public init(soon: Span = Span(14), looks: [Light: Look] = [:]) {
    self.soon = soon
    self.looks = Self.usual.merging(looks) { $1 }
  }

  /// Names as rectification ledgers use them; colours with enough contrast on white.
  private static let usual: [Light: Look] = [
    .green: Look(name: "已销号", color: "#2e7d32"), .blue: Look(name: "推进中", color: "#1565c0"),
    .yellow: Look(name: "临期", color: "#b26a00"), .red: Look(name: "逾期", color: "#c62828"),
  ]

  /// How a light looks.
  public func look(_ light: Light) -> Look { looks[light] ?? Look(name: light.rawValue, color: "#555555") }

  /// The light of an item that is due on `due` (nil: no date), seen on `day`.
  public func light(
    due: CivilDate?, isClosed: Bool, on day: CivilDate, calendar: WorkdayCalendar
  ) -> Light {
    if isClosed { return .green }
    guard let due else { return .blue }
    if day > due { return .red }
    return day >= soon.before(due, in: calendar) ? .yellow : .blue
  }
}

/// 亮灯: where an item stands.
public enum Light: String, Sendable, Hashable, CaseIterable, Comparable {
  /// 销号: done and confirmed.
  case green
  /// Under way, or without an end date.
  case blue
  /// Due soon.
  case yellow
  /// Overdue.
  case red

  /// The more urgent light is the greater one.
  public static func < (left: Light, right: Light) -> Bool { left.urgency < right.urgency }

  private var urgency: Int {
    switch self {
    case .green: 0
    case .blue: 1
    case .yellow: 2
    case .red: 3
    }
  }
}
