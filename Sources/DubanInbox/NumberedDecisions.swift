import DubanCore

/// The contact's decisions by the numbers that a digest gave what is open: 同意1、3；不同意2, 都同意.
///
/// Certain only where a clause is nothing but numbers and a verdict. A condition or a wish beside one makes all of its
/// sentence uncertain.
struct NumberedDecisions {
  var decisions: [MailReading.Decision] = []
  /// What says something else.
  var rest: [NewText.Line] = []
  var needsPerson = false

  init(_ lines: [NewText.Line], of requests: [SentMail.Request], day: CivilDate?) {
    guard !requests.isEmpty else {
      rest = lines
      return
    }
    var found: [Int: Set<MailReading.Decision>] = [:]
    for line in lines {
      var left = ""
      for sentence in line.text.split(whereSeparator: { "。；;！!\n".contains($0) }) {
        let read = Self.sentence(
          squeezed(sentence.hasSuffix(".") ? sentence.dropLast() : sentence), requests, day)
        if read.isEmpty { left += sentence + "。" }
        for decision in read { found[decision.number ?? 0, default: []].insert(decision) }
        if read.contains(where: { $0.number == nil }) { needsPerson = true }
      }
      if !left.isEmpty { rest.append(NewText.Line(text: left, item: line.item, label: line.label)) }
    }
    for (number, told) in found.sorted(by: { $0.key < $1.key }) {
      if told.count == 1, number > 0 { decisions += told } else { needsPerson = true }
    }
  }

  private static let allFirst = Pattern(
    /(?:您好|你好|好的|收到|[，,])*(?:以上|上述|所列)?(?:事项|申请|各项|(?<count>[一二两三四五六七八九十\d]+)项)?(?:除(?:第)?(?<but>[〔\[（(]?\d{1,6}[〕\]）)]?(?:[、和及与](?:第)?[〔\[（(]?\d{1,6}[〕\]）)]?)*)(?:项|号|条)?(?:以|之)?外[，,]?(?:其余|其他|余下)?(?:各?项)?)?(?:全部|全都|都|均|全|一律)(?<verdict>不同意|同意|已处理)/
  )
  private static let allLast = Pattern(
    /(?:您好|你好|好的|收到|[，,])*(?<verdict>不同意|同意|已处理)(?:以上|上述|所列|全部|所有)+(?:全部|所有|各项)?(?:事项|申请|各项)?/)
  private static let postponed = Pattern(/^(?:同意|可)?延期?(?:至|到)/)
  private static let polite = Pattern(/^(?:您好|你好|好的|收到|谢谢|辛苦了?|请知悉|特此回复)$/)

  /// The decisions of a sentence; one without a number where it speaks of numbers and isn't certain, none where it
  /// speaks of something else.
  private static func sentence(
    _ key: String, _ requests: [SentMail.Request], _ day: CivilDate?
  ) -> [MailReading.Decision] {
    let unsure = [MailReading.Decision(id: "", decision: .reject, what: .none)]
    let key = key.split { "，,".contains($0) }.filter { !polite.isIn($0) }.joined(separator: "，")
    if let (verdict, but, count) = ofAll(key) {
      let excepted = but.compactMap { number in requests.first { $0.number == number } }
      let meant = requests.filter {
        $0.isDecidable == (verdict != AnswerForm.seen) && !excepted.contains($0)
      }
      if meant.isEmpty || excepted.count != but.count || count.map({ $0 != meant.count }) ?? false
        || meant.contains(where: { $0.asksForDay && verdict == AnswerForm.approve })
      {
        return unsure
      }
      return meant.map { $0.decision(verdict, until: nil) }
    }
    var (result, previous): ([MailReading.Decision], [SentMail.Request]) = ([], [])
    var isStray = false
    for clause in key.split(whereSeparator: { "，,".contains($0) }) {
      if let (verdict, numbers, words) = self.clause(clause) {
        let meant = numbers.compactMap { number in requests.first { $0.number == number } }
        guard meant.count == numbers.count else { return unsure }
        let days = Dates.found(in: words, from: day)
        guard fits(words, meant), days.count <= 1,
          days.allSatisfy({ $0.day.map { UnlikelyDay($0, due: nil, today: day) == nil } ?? false }),
          verdict != AnswerForm.seen || !meant.contains(where: \.isDecidable)
        else { return unsure }
        result += meant.map { $0.decision(verdict, until: days.first?.day) }
        previous = meant
      } else if previous.count == 1, let last = result.last, previous[0].what == .postpone,
        postponed.isIn(clause), case let words = String(clause),
        case let days = Dates.found(in: words, from: day), days.count == 1,
        let until = days[0].day, UnlikelyDay(until, due: nil, today: day) == nil,
        days[0].range.upperBound == words.endIndex
      {
        result[result.count - 1] =
          previous[0].decision(
            last.decision == .approve ? AnswerForm.approve : AnswerForm.reject, until: until)
      } else {
        isStray = true
      }
    }
    if result.isEmpty { return [] }
    let lacksDay = result.contains { decision in
      decision.decision == .approve && decision.until == nil
        && requests.contains { $0.number == decision.number && $0.asksForDay }
    }
    return isStray || lacksDay ? unsure : result
  }

  private static let forward = Pattern(
    /(不同意|同意|驳回|批准|已处理)(第?[〔\[（(]?\d{1,6}[〕\]）)]?(?:[、和及与](?:第)?[〔\[（(]?\d{1,6}[〕\]）)]?)*(?:项|号|条)?)((?:销号|完成|延期|移交|报送|变更|措施|申请|的)*(?:(?:至|到).{4,12})?)/
  )
  private static let backward = Pattern(
    /(第?[〔\[（(]?\d{1,6}[〕\]）)]?(?:[、和及与](?:第)?[〔\[（(]?\d{1,6}[〕\]）)]?)*(?:项|号|条)?)(?:都|均)?(不同意|同意|驳回|批准|已处理)((?:销号|完成|延期|移交|报送|变更)?(?:(?:至|到).{4,12})?)/
  )

  /// 都同意, 同意以上各项 and 除3外都同意: the verdict, the numbers that it isn't about, and how many it says it is about.
  private static func ofAll(_ key: String) -> (verdict: String, but: [Int], count: Int?)? {
    guard key.utf8.count <= 300 else { return nil }
    if let match = key.wholeMatch(of: allFirst.regex) {
      return (
        String(match.output.verdict), (match.output.but ?? "").split { !$0.isNumber }.compactMap { Int($0) },
        match.output.count.map { Dates.number($0) ?? 0 }
      )
    }
    return key.wholeMatch(of: allLast.regex).map { (String($0.output.verdict), [], nil) }
  }

  /// 同意1、3项销号 or 1、3同意: verdict, numbers, and what stands behind.
  private static func clause(_ clause: Substring) -> (verdict: String, numbers: [Int], words: String)? {
    guard clause.utf8.count <= 300 else { return nil }
    let parts: (String, Substring, Substring)
    if let match = clause.wholeMatch(of: forward.regex) {
      parts = (String(match.1), match.2, match.3)
    } else if let match = clause.wholeMatch(of: backward.regex) {
      parts = (String(match.2), match.1, match.3)
    } else {
      return nil
    }
    let numbers = parts.1.split { !$0.isNumber }.compactMap { Int($0) }
    // 同意2项: two of them, or the second?
    if numbers.count == 1, parts.1.first?.isNumber ?? false, parts.1.hasSuffix("项") || parts.1.hasSuffix("条")
    {
      return nil
    }
    let verdict = ["驳回": AnswerForm.reject, "批准": AnswerForm.approve][parts.0] ?? parts.0
    return (verdict, numbers, String(parts.2))
  }

  /// Whether the words behind the numbers speak of what is asked for.
  private static func fits(_ words: String, _ requests: [SentMail.Request]) -> Bool {
    for (pattern, what) in [
      ("销号", MailReading.Says.done), ("完成", .done), ("延期", .postpone), ("移交", .handover), ("报送", .received),
    ]
    where words.contains(pattern) && requests.contains(where: { $0.what != what }) { return false }
    return !(words.contains("至") || words.contains("到"))
      || requests.count == 1 && requests[0].what == .postpone
  }
}

extension SentMail {
  /// What a digest asks the contact to decide.
  struct Request: Sendable, Hashable {
    /// As the digest numbers it, from 1.
    var number: Int
    /// The measure; empty for none.
    var id: String
    var what: MailReading.Says
    var until: String?

    /// Whether there is a yes and a no.
    var isDecidable: Bool { [.done, .postpone, .handover, .received].contains(what) }
    /// Whether a yes has to name the day.
    var asksForDay: Bool { what == .postpone && until == nil }

    func decision(_ verdict: String, until day: CivilDate?) -> MailReading.Decision {
      MailReading.Decision(
        id: id, decision: verdict == AnswerForm.reject ? .reject : .approve, what: what,
        until: what == .postpone ? day?.description ?? until : nil, to: nil, number: number)
    }
  }

  private static let numberAndHead = Pattern(/(?:[-·•]\s*)?〔(?<number>\d{1,6})〕(?<head>[^：]*)：?/)
  private static let measure = Pattern(/措施(?<id>\d+(?:\.\d+)*)/)
  private static let askedDay = Pattern(/申请延期至(?<day>\d{4}年\d{1,2}月\d{1,2}日)/)

  private static let numberAndMeasure = Pattern(
    /(?:[-·•]\s*)?〔(?<number>\d{1,6})〕[^“]{0,40}?措施(?<id>\d+(?:\.\d+)*)/)

  /// Which measure each request in a digest's lines is about: `〔3〕请确认能否销号：措施4.1“…”`.
  static func asked(_ lines: [String]) -> [Int: String] {
    var asked: [Int: String] = [:]
    for line in lines where line.contains("〔") {
      guard let match = trimmed(line).prefixMatch(of: numberAndMeasure.regex),
        let number = Int(match.output.number)
      else { continue }
      asked[number] = asked[number] ?? String(match.output.id)
    }
    return asked
  }

  /// The requests in a digest's lines, as ``DubanMail`` prints them: `〔3〕请确认措施4.1“…”能否销号：…`.
  static func requests(_ lines: [String], sent: CivilDate?) -> [Request] {
    lines.compactMap { line -> Request? in
      guard line.utf8.count <= 10_000, let match = trimmed(line).prefixMatch(of: numberAndHead.regex),
        let number = Int(match.output.number)
      else { return nil }
      let head = String(match.output.head)
      let id = head.firstMatch(of: measure.regex).map { String($0.output.id) } ?? ""
      if head.contains("能否销号") { return Request(number: number, id: id, what: .done) }
      if head.contains("能否延期") {
        // What is quoted of the answer may name other days.
        let ours = line.firstRange(of: "：“").map { line[..<$0.lowerBound] } ?? line[...]
        let asked = ours.firstMatch(of: askedDay.regex)
        let day = asked.flatMap { Dates.found(in: String($0.output.day), from: sent).first?.day }
        // Without a day that can be meant a yes has to name one.
        let isLikely = day.map { UnlikelyDay($0, due: nil, today: sent) == nil } ?? false
        return Request(
          number: number, id: id, what: .postpone, until: isLikely ? day?.description : nil)
      }
      if head.contains("能否移交") { return Request(number: number, id: id, what: .handover) }
      if head.contains("查收") { return Request(number: number, id: id, what: .received) }
      return Request(number: number, id: id, what: .none)
    }
  }
}
