import DubanCore
import TestSupport

/// The part of a year that a composed phrase names.
enum PhrasePart {
  case year
  case half(Int)
  case quarter(Int)
  case month(Int)
  /// 上旬 (1) to 下旬 (3) of a month.
  case tenDays(Int, Int)
  case day(Int, Int)

  static func random(using random: inout SeededGenerator) -> PhrasePart {
    let month = Int.random(in: 1...12, using: &random)
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return .year
    case 1: return .half(Int.random(in: 1...2, using: &random))
    case 2: return .quarter(Int.random(in: 1...4, using: &random))
    case 3: return .tenDays(month, Int.random(in: 1...3, using: &random))
    case 4...6: return .month(month)
    default: return .day(month, Int.random(in: 1...28, using: &random))
    }
  }

  var isDay: Bool { if case .day = self { true } else { false } }

  /// The words behind the year; 全年 stands for a year that isn't named.
  func words(_ style: WritingStyle, isYearSaid: Bool) -> String {
    switch self {
    case .year: isYearSaid ? "" : "年"
    case .half(let half): half == 1 ? "上半年" : "下半年"
    case .quarter(let quarter): "第" + style.number(quarter) + "季度"
    case .month(let month): style.number(month) + "月"
    case .tenDays(let month, let part): style.number(month) + "月" + ["上旬", "中旬", "下旬"][part - 1]
    case .day(let month, let day): style.number(month) + "月" + style.number(day) + "日"
    }
  }

  /// What may stand behind it.
  func suffix(using random: inout SeededGenerator) -> PhraseSuffix {
    switch self {
    case .year: random.pick([.end, .endBefore, .within])
    case .half: random.pick([.nothing, .within, .bareBefore])
    case .tenDays: random.pick([.nothing, .bareBefore])
    case .quarter, .month: random.pick([.nothing, .end, .endBefore, .bareBefore, .within])
    case .day: random.pick([.nothing, .bareBefore])
    }
  }

  /// The first and last day in a year.
  func days(in year: Int) -> (first: CivilDate, last: CivilDate) {
    switch self {
    case .year: Self.months(1, 12, year)
    case .half(let half): Self.months(half * 6 - 5, half * 6, year)
    case .quarter(let quarter): Self.months(quarter * 3 - 2, quarter * 3, year)
    case .month(let month): Self.months(month, month, year)
    case .tenDays(let month, let part):
      (
        Self.months(month, month, year).first.adding(days: part * 10 - 10),
        part == 3
          ? Self.months(month, month, year).last
          : Self.months(month, month, year).first.adding(days: part * 10 - 1)
      )
    case .day(let month, let day):
      (
        Self.months(month, month, year).first.adding(days: day - 1),
        Self.months(month, month, year).first.adding(days: day - 1)
      )
    }
  }

  /// Counted from New Year's Day, apart from the reader's own arithmetic of month ends.
  private static func months(_ first: Int, _ last: Int, _ year: Int) -> (first: CivilDate, last: CivilDate) {
    let lengths = [31, CivilDate.isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let newYear = CivilDate(dayNumber: Int32((year - 1970) * 365 + (year - 1969) / 4))
    return (
      newYear.adding(days: lengths[..<(first - 1)].reduce(0, +)),
      newYear.adding(days: lengths[..<last].reduce(0, +) - 1)
    )
  }
}

/// What stands behind a part of a composed phrase.
enum PhraseSuffix {
  case nothing, end, endBefore, bareBefore, within

  var words: String {
    switch self {
    case .nothing: ""
    case .end: "底"
    case .endBefore: "底前"
    case .bareBefore: "前"
    case .within: "内"
    }
  }

  /// Words that may close the phrase without changing its date.
  var endings: [String] {
    switch self {
    case .nothing, .end: ["", "完成", "完成整改"]
    default: ["", "完成", "完成整改任务", "全部整改到位", "报送区营商服务中心", "取得阶段性成效"]
    }
  }
}
