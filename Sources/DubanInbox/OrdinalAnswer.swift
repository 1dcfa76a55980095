import DubanCore

/// Measures that an answer names by their place in our mail, or by their titles: 第一项, 前两项, 1、…2、….
enum OrdinalAnswer {
  /// The same text with numbers of measures in their place; as it is where one stands already, or where it isn't certain
  /// that the order of the mail is meant.
  static func numbered(_ text: String, by known: [SentMail.Item]) -> String {
    let ids = known.map(\.id)
    guard known.count > 1, text.utf8.count <= 4_000, !AnswerPiece.numbers(text).contains(where: ids.contains)
    else {
      return text
    }
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      let named = known.filter { $0.title.count >= 6 && squeezed(line).holds($0.title) }
      lines.append(
        named.isEmpty
          ? line : named.reduce(squeezed(line)) { $0.replacing($1.title, with: "\($1.id)\($1.title)") })
    }
    let named = lines.joined(separator: "\n")
    if named != text { return named }
    let spoken = text.replacing(span.regex) { match in
      // 目前两项, 此前两项, 今后两项
      let isWord = text[..<match.range.lowerBound].last.map("目此以之日先从今会最然往事随好".contains) ?? false
      guard !isWord, let count = Dates.number(match.output.count), (1...ids.count).contains(count) else {
        return String(match.output.0)
      }
      return (match.output.end == "前" ? ids.prefix(count) : ids.suffix(count)).joined(separator: "、")
    }.replacing(place.regex) { match in
      let numbers = match.output.numbers.split { "、和及与".contains($0) }.map { Dates.number($0) ?? 0 }
      guard numbers.allSatisfy({ (1...ids.count).contains($0) }) else { return String(match.output.0) }
      return numbers.map { ids[$0 - 1] }.joined(separator: "、")
    }
    return spoken == text ? listed(text, ids) : spoken
  }

  /// 1、已完成；2、未完成；3、已完成: as many lines as the mail has measures, and each says something by itself.
  private static func listed(_ text: String, _ ids: [String]) -> String {
    let marks = text.matches(of: listMark.regex)
    guard marks.count == ids.count,
      marks.enumerated().allSatisfy({ Dates.number($1.output.count) == $0 + 1 })
    else { return text }
    var result = String(text[..<marks[0].range.lowerBound])
    for (place, mark) in marks.enumerated() {
      let end = place + 1 < marks.count ? marks[place + 1].range.lowerBound : text.endIndex
      let words = text[mark.range.upperBound..<end]
      let first = String(words.prefix { !"。；;\n".contains($0) })
      guard Statement.read(first, due: CivilDate("2000-12-31"), day: CivilDate("2000-01-01")) != nil,
        !first.contains("：")
      else {
        return text
      }
      result += "\n\(ids[place])\(words)"
    }
    return result
  }

  private static let span = Pattern(/(?<end>[前后])(?<count>[一两二三四五六七八九十]|\d{1,2})[项条个](?:工作|任务|措施|事项)?/)
  private static let place = Pattern(
    /第(?<numbers>[一二三四五六七八九十\d]{1,2}(?:[、和及与]第?[一二三四五六七八九十\d]{1,2})*)(?:项|条|个(?:事项|措施|任务))(?:工作|任务|措施|事项)?/
  )
  private static let listMark = Pattern(
    /(?:^|[\n；;。，,])\s*[（(]?(?<count>\d{1,2}|[一二三四五六七八九十])(?:[、)）]|\.(?!\d))/)
}
