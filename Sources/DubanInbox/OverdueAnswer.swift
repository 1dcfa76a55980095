import DubanCore

/// The three things that our mail about an overdue measure asks for, under labels: 目前进展, 未完成原因, 预计完成日期.
enum OverdueAnswer {
  private enum Label { case progress, reason, day }

  /// A label, and what stands behind it to the end of its sentence.
  private struct Field {
    var label: Label
    var range: Range<String.Index>
    var value: Substring
  }

  /// The lines with each such answer as one sentence: 清单已建立，预计1月31日完成.
  static func joined(_ lines: [NewText.Line], on day: CivilDate?) -> [NewText.Line] {
    guard lines.allSatisfy({ $0.item == nil }) else { return lines }
    let text = lines.map(\.text).joined(separator: "\n")
    let changed = joined(text, on: day)
    return changed == text ? lines : changed.split(separator: "\n").map { NewText.Line(text: String($0)) }
  }

  private static func joined(_ text: String, on day: CivilDate?) -> String {
    let fields = fields(text)
    var (result, rest, place) = ("", text.startIndex, 0)
    while place < fields.count {
      var group = [fields[place]]
      while place + group.count < fields.count, case let next = fields[place + group.count],
        !group.contains(where: { $0.label == next.label }),
        !text[(group.last?.range.upperBound ?? rest)..<next.range.lowerBound].contains(where: { $0.isLetter })
      {
        group.append(next)
      }
      place += group.count
      guard let sentence = sentence(group, day), let first = group.first, let last = group.last else {
        continue
      }
      result += text[rest..<first.range.lowerBound] + sentence
      rest = last.range.upperBound
    }
    return result + text[rest...]
  }

  private static func fields(_ text: String) -> [Field] {
    let labels = text.matches(of: label.regex)
    return labels.enumerated().map { place, match in
      let next = place + 1 < labels.count ? labels[place + 1].range.lowerBound : text.endIndex
      let value = text[match.range.upperBound..<next].prefix { !"。；;\n".contains($0) }
      let label: Label =
        match.output.progress != nil ? .progress : match.output.reason != nil ? .reason : .day
      return Field(label: label, range: match.range.lowerBound..<value.endIndex, value: value)
    }
  }

  /// What a group of labels says, as words that nobody can be certain of where the reason says more; nil where it lacks
  /// the progress or one certain day. The reason stays, since 项目已被叫停 takes the day back.
  private static func sentence(_ group: [Field], _ day: CivilDate?) -> String? {
    func value(_ label: Label) -> String? { group.first { $0.label == label }.map { squeezed($0.value) } }
    guard let progress = value(.progress), var end = value(.day), case let written = value(.reason) ?? "",
      written.utf8.count <= Statement.longest
    else { return nil }
    // 尚未批复 explains, where 未获批 behind a day takes it back; so do 停止施工1个月 and 施工推迟.
    let reason = written.replacing(explains.regex, with: "")
    let isReason = reason.split { "，,".contains($0) }.allSatisfy { words in
      Statement.read(String(words), due: nil, day: day).map { $0.says == .progress }
        ?? true
    }
    guard AnswerPiece.numbers(reason).isEmpty, end.utf8.count < 100,
      case let found = Dates.found(in: end, from: day), found.count == 1, found[0].day != nil
    else { return nil }
    let named = String(end[found[0].range])
    end.removeSubrange(found[0].range)
    guard ["", "前", "之前", "以前"].contains(end) else { return nil }
    let says = "\(progress)，\(reason)，预计\(named)前完成"
    let isMore =
      !isReason || ends.isIn(reason) || namesDayAhead(reason, day) || Statement.doubtful.isIn(reason)
      || Statement.refused.isIn(reason)
    return isMore ? AnswerPiece.relation + says : says
  }

  private static let explains = Pattern(
    /(?:尚|还|仍)?[未没](?:有|获|能|经|得到){0,2}批(?:复|准|下来?)?(?=$|[，、])|延误|(?:施工|供货|到货|开工)推迟|(?:一度|暂时)?停止施工(?:\d{1,2}[天周]|[一二两三四]个?[天周]|[1一]个?月)?/
  )
  /// A reason that is more than one: that nothing will come of it, that it is another's, that the day isn't known.
  private static let ends = Pattern(
    /[停缓不]建|下马|不[做干办搞]了|[未待]定|放一放|延期|申请|接手|接任|接替|移交|交[给由]|划[转出]|牵头|承担|调离|出让|解除|不再|不搞|黄了|停下|重[做新]|不定|破产|倒闭|关停|注销|预计|拟[于在]|将[于在]/
  )

  /// Whether a reason names a day to come: 3月评审, 春节后复工; and not 12月疫情, 年底任务重, 春节临近.
  private static func namesDayAhead(_ reason: String, _ today: CivilDate?) -> Bool {
    Dates.found(in: reason, from: today).contains { found in
      let (word, behind) = (reason[found.range], reason[found.range.upperBound...])
      if occasion.isIn(word) { return behind.first.map { "前后之内以".contains($0) } ?? false }
      // The month before this one is the last.
      if let month = word.prefixMatch(of: month.regex).flatMap({ Dates.number($0.output.1) }), let today {
        return month != (today.month + 10) % 12 + 1 || behind.hasPrefix("前") || behind.hasPrefix("后")
      }
      return true
    }
  }

  private static let occasion = Pattern(/^(?:元旦|春节|国庆|五一|端午|中秋|年底|年末)$/)
  private static let month = Pattern(/^(\d{1,2}|[一二三四五六七八九十]{1,2})月/)

  private static let label = Pattern(
    /(?:[（(]?[1-3一二三][、.．)）])?(?:(?<progress>(?:目前|当前|现在|工作)?(?:工作)?进[展度](?:情况)?)|(?<reason>(?:未能?(?:按[期时]|如期)?完成)?的?(?:主要)?原因)|(?:预计|计划|拟)?完成(?:日期|时间|时限))[：:]/
  )
}
