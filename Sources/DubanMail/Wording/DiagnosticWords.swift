public import DubanCore

/// What a diagnostic says in Chinese, for the contact: the terminal, the journal and JSON have its English text.
///
/// The English text is the key, as in gettext; what it quotes is put into the Chinese one, itself translated where it is a
/// phrase of ours. ``DiagnosticCatalog`` has both, side by side.
public enum DiagnosticWords {
  /// `台账表第9行A列：编号“1”出现两次；…`. What has no Chinese text, as most of
  /// what an administrator wrote, is said by its place alone.
  public static func chinese(_ diagnostic: Diagnostic) -> String {
    guard let what = chinese(diagnostic.message) else {
      return
        "\(place(diagnostic.location))：内容\(diagnostic.severity == .error ? "有误" : "待核对")，请管理员运行 duban check 查看"
    }
    let help = diagnostic.help.isEmpty ? nil : chinese(diagnostic.help)
    return place(diagnostic.location) + "：" + what + (help.map { "，" + $0 } ?? "")
  }

  /// What a finding says, without its place; what has no Chinese text is only to be looked at.
  public static func words(_ message: String) -> String { chinese(message) ?? "请对照原文核对" }

  /// `工作表“台账”第3行C列`, with the file's name where it has no sheet.
  static func place(_ location: Diagnostic.Location) -> String {
    let file = location.file.split(separator: "/").last.map(String.init) ?? location.file
    let line = location.line.map { "第\($0)行" } ?? ""
    guard let sheet = location.sheet else { return file + line }
    return "工作表“\(sheet)”\(line)\(location.column.map { Diagnostic.Location.columnName($0) + "列" } ?? "")"
  }

  /// The Chinese text of a message or of what to do; nil where there is none.
  public static func chinese(_ text: String) -> String? {
    for entry in entries {
      guard let holes = entry.holes(in: text[...]) else { continue }
      var result = entry.chinese
      for (number, hole) in holes.enumerated() {
        result = result.replacing("{\(number + 1)}", with: inner(String(hole)))
      }
      return result
    }
    return nil
  }

  /// Whether the digest says the same in a line of its own: a missing address, a past date of a report, a deadline that
  /// is to be decided, a year without holidays.
  public static func hasOwnLine(_ diagnostic: Diagnostic) -> Bool {
    let entry = entries.first { $0.holes(in: diagnostic.message[...]) != nil }
    guard let english = entry?.parts.joined(separator: "{}") else { return false }
    return english.hasPrefix("the deadline “") || english.hasPrefix("{} has no deadline")
      || english.hasPrefix("no holidays are known for")
      || ["{} has no address", "the report date {} is in the past"].contains(english)
  }

  /// What fills a hole: a phrase of ours, a list, or the file's own words.
  private static func inner(_ text: String) -> String {
    // What the file says itself is no phrase of ours.
    (text.first?.isASCII == true ? chinese(text) : nil)
      ?? text.replacing("”, “", with: "”、“").replacing(", ", with: "、").replacing(" and ", with: "、")
      .replacing(" or ", with: "或")
  }

  private struct Translation {
    let parts: [String]
    let chinese: String

    /// What fills the holes, where the text is this one.
    func holes(in text: Substring) -> [Substring]? {
      // The end is looked at before anything is searched for: most texts differ in it.
      guard let first = parts.first, text.hasPrefix(first), let last = parts.last, text.hasSuffix(last) else {
        return nil
      }
      var rest = text.dropFirst(first.count)
      if parts.count == 1 { return rest.isEmpty ? [] : nil }
      var holes: [Substring] = []
      for part in parts[1..<(parts.count - 1)] {
        guard let range = rest.firstRange(of: part) else { return nil }
        holes.append(rest[..<range.lowerBound])
        rest = rest[range.upperBound...]
      }
      guard rest.hasSuffix(last) else { return nil }
      // The name of something, such as “the unit of {}”, is no sentence about it.
      if parts.count == 2, last.isEmpty, first.hasSuffix(" of "), rest.contains(": “") { return nil }
      return holes + [rest.dropLast(last.count)]
    }
  }

  /// The longest first: a text may fit several.
  private static let entries: [Translation] = {
    let lines = DiagnosticCatalog.text.split(separator: "\n")
    let pairs = stride(from: 0, to: lines.count - 1, by: 2).map { (String(lines[$0]), String(lines[$0 + 1])) }
    return pairs.map { Translation(parts: $0.0.components(of: "{}"), chinese: $0.1) }
      .sorted { $0.parts.joined().count > $1.parts.joined().count }
  }()
}

extension String {
  fileprivate func components(of separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
