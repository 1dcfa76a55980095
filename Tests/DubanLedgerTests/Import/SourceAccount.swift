import DubanCore
import DubanLedger

/// Checks, without a look at how the importer works, that no line of a plan is lost: its words are in the ledger, or
/// the line is in the list of what was left out.
struct SourceAccount {
  /// All words of the ledger, without white space.
  private let words: String
  private let ledger: Ledger
  /// The lines that are listed as left out.
  private let listed: Set<Int>

  init(_ imported: ImportedPlan) {
    ledger = imported.ledger
    let plan = ledger.plan
    var texts = [plan.title, plan.number, plan.contact.unit, plan.contact.person, plan.contact.phone]
    texts += [plan.contact.email]
    for area in ledger.areas {
      texts += [area.name, area.goal] + area.problems
      for measure in area.measures {
        texts += [measure.title, measure.text, measure.deadline.text] + measure.units + measure.persons
      }
    }
    words = texts.map { text in String(text.filter { !$0.isWhitespace }) }.joined(separator: "\n")
    listed = Set(imported.findings.filter { $0.kind != .doubt }.flatMap { $0.line...$0.lastLine })
  }

  /// The lines of `text` that are in neither, each with the words that weren't found.
  func lost(of text: String) -> [String] {
    var lost: [String] = []
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    for (offset, line) in lines.enumerated() where !listed.contains(offset + 1) {
      // A name may be spaced out, and columns are set apart by spaces: either reading will do.
      let missing = Self.tokens(of: String(line.filter { !$0.isWhitespace })).filter { !isFound($0) }
      if missing.isEmpty { continue }
      for token in Self.tokens(of: String(line)) where !isFound(token) {
        lost.append("line \(offset + 1): “\(token)” of “\(line)”")
      }
    }
    return lost
  }

  /// Runs of ideographs, letters and digits.
  private static func tokens(of line: String) -> [String] {
    line.split { !$0.isLetter && !$0.isNumber || "①②③④⑤".contains($0) }.map(String.init)
  }

  private func isFound(_ token: String) -> Bool {
    if words.contains(token) || Self.structure.contains(token) || Self.isNumber(token) || isDate(token) {
      return true
    }
    var rest = token
    if let range = rest.firstRange(of: /^[一二三四五六七八九]是/) { rest.removeSubrange(range) }
    for role in Self.roles where rest.hasSuffix(role) { rest.removeLast(role.count) }
    for label in ["联系电话", "电子邮箱", "邮箱", "电话"] { rest = rest.replacing(label, with: "") }
    return words.contains(rest) || Self.isNumber(rest)
  }

  private func isDate(_ token: String) -> Bool {
    guard let issued = ledger.plan.issued else { return false }
    let chinese = "二〇二二年七月十五日"
    return token == "\(issued.year)年\(issued.month)月\(issued.day)日" || (token == chinese && issued.month == 7)
  }

  /// Markers and the numbers of a table's rows.
  private static func isNumber(_ token: String) -> Bool {
    token.count <= 3 && token.allSatisfy { $0.isNumber || "一二三四五六七八九十".contains($0) }
  }

  private static let roles = ["按职责分工负责", "牵头负责", "牵头", "配合", "负责"]
  private static let structure: Set<String> = [
    "主要问题", "存在问题", "整改目标", "工作目标", "整改措施", "工作措施", "措施", "责任单位", "责任部门", "责任人", "责任人员", "完成时限", "完成时间",
    "完成期限", "整改时限", "整改期限", "时限", "牵头单位", "配合单位", "联系人", "联系电话", "邮箱", "电子邮箱", "mailto", "序号", "领域", "通知",
    "关于印发", "的",
  ]
}
