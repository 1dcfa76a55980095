/// A day of the week, Monday first as in ISO 8601.
public enum Weekday: Int, Sendable, Hashable, CaseIterable, Codable {
  case monday = 1
  case tuesday, wednesday, thursday, friday, saturday, sunday

  /// The two-letter code of RFC 5545, section 3.3.10 (`MO` … `SU`).
  public var code: String { ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][rawValue - 1] }

  /// The Chinese name: 周一 … 周日.
  public var chinese: String { ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][rawValue - 1] }

  /// The English name in lower case, as the configuration writes it.
  public var name: String {
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"][rawValue - 1]
  }

  /// The day with this RFC 5545 code.
  public init?(code: some StringProtocol) {
    guard let day = Weekday.allCases.first(where: { $0.code == code }) else { return nil }
    self = day
  }

  /// The day with this English name, in any case.
  public init?(name: some StringProtocol) {
    let lowered = name.lowercased()
    guard let day = Weekday.allCases.first(where: { $0.name == lowered }) else { return nil }
    self = day
  }

  /// Saturday or Sunday.
  public var isWeekend: Bool { self == .saturday || self == .sunday }
}
