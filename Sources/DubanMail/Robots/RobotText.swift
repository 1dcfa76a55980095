public import DubanCore
internal import Foundation

/// A group's robot: which make, and what it takes.
public enum RobotKind: String, Sendable, Hashable, CaseIterable {
  /// 企业微信.
  case wecom
  /// 钉钉.
  case dingtalk
  /// 飞书.
  case feishu

  /// What people call it.
  public var chinese: String {
    switch self {
    case .wecom: "企业微信"
    case .dingtalk: "钉钉"
    case .feishu: "飞书"
    }
  }

  /// The moment, or three minutes later where that is in the first two minutes of an hour or half an hour: 飞书 asks for
  /// nothing then. Its hours are China's, which begin when UTC's do.
  public func uncrowded(_ moment: Timestamp) -> Timestamp {
    self == .feishu && moment.seconds % 1800 < 120 ? moment.adding(seconds: 180) : moment
  }

  /// The most that 企业微信 takes of a text, in bytes; the others take more, and nobody reads more in a group.
  public static let mostBytes = 4096

  /// The request's body for a text in their common subset of Markdown.
  public func body(title: String, markdown: String) -> [UInt8] {
    let content: [String: Any] =
      switch self {
      case .wecom: ["msgtype": "markdown", "markdown": ["content": markdown]]
      // One line break alone is a blank there.
      case .dingtalk:
        [
          "msgtype": "markdown",
          "markdown": ["title": title, "text": markdown.replacingOccurrences(of: "\n", with: "\n\n")],
        ]
      case .feishu:
        [
          "msg_type": "interactive",
          "card": [
            "header": ["title": ["tag": "plain_text", "content": title]],
            "elements": [["tag": "markdown", "content": markdown]],
          ],
        ]
      }
    let data = try? JSONSerialization.data(
      withJSONObject: content, options: [.sortedKeys, .withoutEscapingSlashes])
    return Array(data ?? Data())
  }
}

extension Composer {
  /// The digest as a group may read it: what is due and overdue by unit, in Markdown of at most
  /// ``RobotKind/mostBytes`` bytes. It names nobody unless `namesPeople`.
  ///
  /// - Throws: ``MailError`` for a mail that is no digest.
  public func groupText(
    of mail: PlannedMail, overview: Overview?, namesPeople: Bool
  ) throws -> (title: String, markdown: String) {
    guard let overview else { throw MailError.missingOverview }
    let title = try subject(of: mail, overview: overview)
    let text = GroupText(overview: overview, phrases: Phrases(today: mail.on), namesPeople: namesPeople)
    return (title, text.markdown(title: title, link: reportURL))
  }
}

/// A day's text for a group.
struct GroupText {
  let overview: Overview
  let phrases: Phrases
  let namesPeople: Bool

  func markdown(title: String, link: String?) -> String {
    let closed = overview.total.lights[.green] ?? 0
    let head = "**\(Self.escaped(title))**\n台账共\(overview.total.total)项，已销号\(closed)项。"
    let tail = (link.map { "\n[打开统计页](\($0))" } ?? "")
    var lines: [String] = []
    add("**逾期未办结**", overview.overdue, to: &lines) { "已逾期\(-($0.daysLeft ?? 0))天" }
    let today = overview.upcoming.filter { $0.daysLeft == 0 && $0.item.kind != .report }
    add("**今日到期**", today, to: &lines) { _ in "" }
    let soon = overview.upcoming.filter { (1...7).contains($0.daysLeft ?? 0) && $0.item.kind != .report }
    add("**7天内到期**", soon, to: &lines) { "\(phrases.date($0.due ?? phrases.today))" }
    for report in overview.reports where !report.owing.isEmpty {
      let left = report.due.days(since: phrases.today)
      guard left <= 7 else { continue }
      let units = report.owing.map(\.unit).uniqued
      let name = report.name.isEmpty ? "整改情况" : Self.escaped(report.name)
      lines.append("**\(name)报送**（\(phrases.date(report.due))，\(phrases.reportDistance(left))）")
      lines.append("> \(units.count)个单位待报送：" + units.map(Self.escaped).joined(separator: "、"))
    }
    return Self.bounded(head: head, lines: lines, tail: tail)
  }

  private func add(
    _ heading: String, _ items: [AgendaItem], to lines: inout [String], _ note: (AgendaItem) -> String
  ) {
    guard !items.isEmpty else { return }
    lines.append("\(heading) \(items.count)项")
    for item in items {
      let line = ItemLine(item)
      let owners =
        namesPeople
        ? phrases.people(item.owners, most: 4)
        : item.owners.map(\.unit).uniqued.joined(separator: "、")
      let words = [line.number, CleanText.line(item.title, limit: 40), owners, note(item)]
      lines.append("> " + words.filter { !$0.isEmpty }.map(Self.escaped).joined(separator: " "))
    }
  }

  /// As many lines as there is room for, and how many more there are.
  private static func bounded(head: String, lines: [String], tail: String) -> String {
    // Room for the line that counts the rest.
    let room = RobotKind.mostBytes - head.utf8.count - tail.utf8.count - 60
    var (text, used) = ("", 0)
    for (place, line) in lines.enumerated() {
      used += line.utf8.count + 1
      guard used <= room else { return "\(head)\(text)\n另有\(lines.count - place)行，详见督办日报。\(tail)" }
      text += "\n" + line
    }
    return head + text + tail
  }

  /// Without what Markdown would take for a mark, and without what calls a person (`<@…>`).
  private static func escaped(_ text: String) -> String {
    CleanText.line(text, limit: 300).filter { !"*_`<>[]\\#~".contains($0) }
  }
}
