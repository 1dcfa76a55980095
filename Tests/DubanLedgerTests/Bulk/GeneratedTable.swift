import Foundation
import TestSupport

@testable import DubanLedger

/// A CSV table of measures made up from a seed, with everything in it that people and programs write: most of it sound.
struct GeneratedTable {
  private var random: SeededGenerator
  private let separator: String
  private let lineBreak: String
  private let isNumbered: Bool
  private let oddness: Int

  /// People and units, as the owners have them.
  static let owners = [
    ("徐娟", "市场监督管理局"), ("李晓光", "规划建设部"), ("郭兰", "财政金融部"), ("任园园", "经济运行部"), ("常鸣", "科技创新部（双创办、孵化中心）"),
    ("金明", "Café管理局"), ("José", "规划建设部"),
  ]

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    separator = [",", ",", "\t", ";"][Int(random.next() % 4)]
    lineBreak = ["\n", "\n", "\r\n", "\r"][Int(random.next() % 4)]
    isNumbered = random.next() % 3 > 0
    oddness = [0, 0, 1, 5, 25][Int(random.next() % 5)]
  }

  /// The file's bytes.
  mutating func bytes() -> [UInt8] {
    var lines: [String] = []
    if chance(20) { lines.append("整改台账") }
    let headings = [
      "序号", "领域", "主要问题", "整改目标", "整改措施", chance(50) ? "责任单位" : "牵头单位", "配合单位", "责任人", "完成时限", "明确日期", "定期任务",
      "进展情况", "状态", "备注",
    ]
    lines.append(headings.joined(separator: separator))
    let count = below(40)
    for row in 0..<count { lines.append(self.row(row)) }
    let end = chance(70) ? lineBreak : ""
    return (chance(30) ? [0xEF, 0xBB, 0xBF] : []) + Array((lines.joined(separator: lineBreak) + end).utf8)
  }

  private mutating func row(_ row: Int) -> String {
    if odd() {
      return pick([
        "", separator, "注：本表一式两份", "一、商事登记", "合计\(separator)3",
        "序号\(separator)领域\(separator)\(separator)\(separator)整改措施",
        "姓名\(separator)邮箱", "\(separator)\(separator)\(separator)\(separator)只有措施",
      ])
    }
    let area = isNumbered ? row / 5 + 1 : below(3) + 1
    let (person, unit) = Self.owners[below(Self.owners.count)]
    var cells = [
      odd()
        ? pick(["", "1.1", "A-1", "７", " 3.3 ", "1 2", "三"])
        : isNumbered ? "\(area).\(row % 5 + 1)" : "\(row + 1)",
      chance(60) ? "领域\(area)" : "",
      chance(20) ? "一是流程不优；二是窗口不足" : "", chance(20) ? "优化\(area)" : "",
      measure(), unit, "", person,
      odd()
        ? pick(["", "尽快", "2022年2月30日前", "6月中旬前", "45000"])
        : pick(["长期", "2022年12月底前", "2022年 12月底前", "每季度末月25日前", "2022年10月31日前完成，长期坚持"]),
      odd() ? pick(["2022-12-20", "2022/12/20", "明天"]) : "",
      chance(10) ? pick(["每半年：召开座谈会", "FREQ=MONTHLY;BYMONTHDAY=5：报数", odd() ? "有时：看看" : "每月：自查"]) : "",
      chance(20) ? "已完成一半。\n\n下一步继续" : "", pick(["", "进行中", "已销号", "未启动", "已完成", odd() ? "不知道" : "open"]),
      chance(10) ? "无" : "",
    ]
    if chance(10) { cells[6] = pick(Self.owners.map(\.1)) }
    if odd() { cells[7] = pick(["", "徐娟、李晓光", "徐 娟", "徐某", "李晓光（代）", "\"徐娟\""]) }
    if odd() { cells[5] = pick(["", "规划建设部、财政金融部", "规划建设部；", "　规划建设部", "配合：规划建设部"]) }
    // The same names in other codes of Unicode.
    if chance(10) { cells[5] = cells[5].decomposedStringWithCanonicalMapping }
    if chance(10) {
      cells[7] = cells[7].decomposedStringWithCanonicalMapping.replacing("金", with: "\u{F90A}")
    }
    if odd() { cells.append(pick(["", "多出来的"])) }
    if odd() { cells.removeLast(below(10)) }
    return cells.map { quoted($0) }.joined(separator: separator)
  }

  private mutating func measure() -> String {
    guard odd() else {
      return pick(["推进改革", "1、加快办理。落实到位。", "5G基站建设。争取项目", "加强培训\n公布流程", "“一网通办”", "12、3号线", "2022年推荐546家"])
    }
    return pick([
      "", "=1+1", "'=1+1", "'引文", "　全角空格　", "控制\u{7}符", "a\u{2028}b", "（1）先行", "1.先行", "１、先行", "1）先行", "0、零",
      "整改措施", "\"引\"号",
      "末尾\u{A0}", "。", "1、", "回车\r换行", "1", "100、满百", "1000、过千", "é\u{301}", "\u{3000}", "x\u{85}y",
    ])
  }

  private mutating func quoted(_ cell: String) -> String {
    let needs = cell.unicodeScalars.contains { "\",;\t\n\r".unicodeScalars.contains($0) }
    guard needs || chance(5) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }

  private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
  private mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  private mutating func odd() -> Bool { chance(oddness) }
  private mutating func pick(_ texts: [String]) -> String { texts[below(texts.count)] }
}
