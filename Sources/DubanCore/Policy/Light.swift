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
