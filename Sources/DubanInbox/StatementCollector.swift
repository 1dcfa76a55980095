import DubanCore

/// What was said of each measure of a mail, sentence by sentence; what doesn't agree is left to a person.
struct StatementCollector: Sendable {
  private let known: [SentMail.Item]
  private let day: CivilDate?
  /// Each measure's own words.
  private let own: [String: OwnWords]
  private var found: [String: [Statement.Reading]] = [:]
  /// The latest words that were certain, of each measure.
  private var said: [String: String] = [:]
  private var doubtful: Set<String> = []
  private var excepted: Set<String> = []
  private var rest: [String] = []
  /// The measures of the words before.
  private var latest: [String] = []
  private(set) var needsPerson = false
  /// Whether the sender says that he has left: 我已退休.
  private var hasLeft = false

  /// Nothing yet of these measures, in a mail of that day.
  init(known: [SentMail.Item], day: CivilDate?) {
    (self.known, self.day) = (known, day)
    own = Dictionary(known.map { ($0.id, OwnWords(title: $0.title, text: $0.text)) }) { first, _ in first }
  }

  /// Whether something was said of a measure, certain or not.
  func speaks(of id: String) -> Bool { found[id] != nil || doubtful.contains(id) }

  /// Whether something was said of a measure that isn't certain.
  var isDoubtful: Bool { known.contains { doubtful.contains($0.id) } }

  /// Leaves what was said of these measures to a person.
  mutating func doubt(_ ids: [String]) { doubtful.formUnion(ids) }

  /// Whether words with their numbers say something certain.
  func isClear(_ piece: AnswerPiece) -> Bool {
    piece.ids.allSatisfy { id in read(String(piece.rest), known.first { $0.id == id }) != nil }
  }

  /// Whether words before others with numbers leave these as they are, as they would behind them: 论证会已召开，7.3已完成.
  func leaves(_ piece: AnswerPiece, asIsBehind words: String) -> Bool {
    let key = squeezed(words)
    guard let what = key.prefixMatch(of: Self.wasDone.regex)?.output.what, Statement.wellDone.isIn(what),
      !Self.left.isIn(key), !piece.ids.isEmpty, !piece.isMixed,
      !piece.verdictFirst, read(words, nil) == nil
    else { return false }
    return piece.ids.allSatisfy { id in
      let item = known.first { $0.id == id }
      guard let alone = read(String(piece.rest), item) else { return false }
      return read("\(piece.rest)，\(words)", item) == alone
    }
  }

  /// Whether the sender has left and not all measures are another's now.
  var isLeftBehind: Bool { hasLeft && !known.allSatisfy { reading(of: $0.id)?.says == .handover } }

  /// Words that follow those about these measures, or are in other cells of their form: a day among them belongs to
  /// what was said to be under way. Returns whether they were about that, and need no more looking at.
  mutating func amend(_ ids: [String], _ text: String) -> Bool {
    if AnswerPiece.isRest(squeezed(text)) { return false }
    let latest = ids.map { said[$0] == nil ? nil : found[$0]?.last }
    guard let first = latest.first, let reading = first, latest.allSatisfy({ $0 == reading }) else {
      return false
    }
    let alone = read(text, nil)
    if reading.says == .done {
      guard alone?.says == .postpone || alone?.until != nil || Statement.leavesWork(text) else {
        return false
      }
      doubtful.formUnion(ids)
      return true
    }
    guard reading.says == .progress else { return false }
    // 推进中 | 已完成, and two days
    if text.split(whereSeparator: { "，,；;。".contains($0) }).contains(where: {
      read(String($0), nil)?.says == .done
    })
      || reading.until != nil && Statement.speaksOfTime(text, day)
    {
      doubtful.formUnion(ids)
      return true
    }
    guard reading.until == nil else { return false }
    guard Statement.speaksOfTime(text, day) else { return alone?.says == .progress }
    for id in ids {
      let item = known.first { $0.id == id }
      let both = read("\(said[id] ?? "")，\(Statement.endNamed(text, item?.title ?? "", day))", item)
      // 家具1月15日前进场: whatever it is a day of, it lies behind the deadline.
      let isLate = item?.due.map { Statement.names(dayAfter: $0, text, day) } ?? false
      if let both, [.progress, .postpone].contains(both.says), both.until != nil || !isLate {
        found[id] = Array((found[id] ?? []).dropLast()) + [both]
      } else {
        doubtful.insert(id)
      }
    }
    return true
  }

  /// Words about these measures.
  mutating func take(_ ids: [String], _ text: String) {
    for id in ids {
      if let reading = read(text, known.first { $0.id == id }) {
        found[id, default: []].append(reading)
        said[id] = text
      } else {
        doubtful.insert(id)
      }
    }
  }

  /// Words with their numbers.
  mutating func take(_ piece: AnswerPiece) {
    latest = piece.ids
    var piece = piece
    // 除4.2外，4.1至4.3均已完成
    if piece.ids.count > 1 { piece.ids.removeAll(where: excepted.contains) }
    guard !piece.isMixed, !piece.ids.isEmpty else {
      doubtful.formUnion(known.map(\.id))
      return
    }
    // 4.2正在推进，4.1前期未启动: a number that could be a day
    doubtful.formUnion(named(in: String(piece.rest)).filter { !piece.ids.contains($0) })
    // 完成4.1、4.2两项
    if let match = piece.rest.prefixMatch(of: Self.ofThese.regex) {
      guard Self.counts(match.output.count, piece.ids.count) else {
        doubtful.formUnion(piece.ids)
        return
      }
      piece.text = piece.lead + piece.rest.dropFirst(match.output.0.count)
    }
    // 4.2之外，均已完成
    if !piece.verdictFirst, let match = squeezed(piece.text).prefixMatch(of: Self.outside.regex) {
      excepted.formUnion(piece.ids)
      let others = known.map(\.id).filter { !excepted.contains($0) }
      if !others.isEmpty, !match.output.rest.isEmpty { take(others, String(match.output.rest)) }
      return
    }
    // 4.1、4.2已完成、推进中
    if piece.ids.count > 1 {
      let key = squeezed(piece.rest).trimmingPrefix("分别")
      let words = key.drop { "为是：:".contains($0) }.split { "、/／".contains($0) }.map(String.init)
      let states = words.map { read($0, nil)?.says }
      if key.count < squeezed(piece.rest).count, !piece.verdictFirst, states.count == piece.ids.count,
        states.allSatisfy({ $0 == .done || $0 == .progress })
      {
        for (id, word) in zip(piece.ids, words) { take([id], word) }
        return
      }
      if states.count > 1, Set(states).count > 1, states.filter({ $0 != nil }).count > 1 {
        return doubtful.formUnion(piece.ids)
      }
    }
    if piece.verdictFirst {
      let key = squeezed(piece.text)
      // 已完成 4.1 4.2 未完成
      if let first = read(piece.lead, nil), let second = read(String(piece.rest), nil),
        first.says != second.says
      {
        return doubtful.formUnion(piece.ids)
      }
      // 除4.2外均已完成
      if key.hasPrefix("除"), let end = key.firstIndex(where: { "外，,".contains($0) }) {
        // 其余均已完成 may be a sentence of its own.
        let others = known.map(\.id).filter { !piece.ids.contains($0) }
        let words = key[end...].drop { "外，,其余他它".contains($0) }
        excepted.formUnion(piece.ids)
        // 除4.1已完成外，其余均未完成
        let own = key[..<end].dropFirst(squeezed(piece.lead).count).drop { "以之".contains($0) }
        // 除非4.1已完成外, 除上级要求4.1已完成外
        let isPlain = Self.except.isIn(squeezed(piece.lead))
        if !isPlain { doubtful.formUnion(piece.ids) } else if !own.isEmpty { take(piece.ids, String(own)) }
        if !others.isEmpty, !words.isEmpty { take(others, String(words)) }
        return
      }
      // 只有4.1未完成: of the others more is meant than said.
      if Self.alone.isIn(key) { needsPerson = true }
      if Self.heading.isIn(squeezed(piece.lead)), !squeezed(piece.rest).isEmpty {
        take(piece.ids, String(piece.rest))
        return
      }
      if read(piece.text, nil) == nil { needsPerson = true }
      // Nobody knows what words before the number make of those behind it: 据说4.1已完成.
      for id in piece.ids {
        let item = known.first { $0.id == id }
        if let alone = read(String(piece.rest), item), alone != read(piece.text, item) { doubtful.insert(id) }
      }
    }
    take(piece.ids, piece.text)
  }

  /// Words without a number: certain where the mail has one measure, or where they speak of all.
  mutating func takeUnnumbered(_ text: String) {
    if AnswerPiece.isRest(squeezed(text)) {
      rest.append(text)
      return
    }
    if Self.left.isIn(squeezed(text)) {
      hasLeft = true
      return
    }
    let only = known.count == 1 ? known.first : nil
    // 3.1前全部完成: a day that is a measure's number too
    let numbered = named(in: text)
    if !numbered.isEmpty {
      needsPerson = true
      doubtful.formUnion(numbered)
      return
    }
    // 1.2不由我负责。由刘洋负责
    let givenUp = latest.isEmpty ? only.map { [$0.id] } ?? [] : latest
    let joined = "\(AnswerForm.notMineWords)，\(text)"
    if !givenUp.isEmpty, givenUp.allSatisfy(isGivenUp), read(joined, nil)?.says == .handover {
      return take(givenUp, joined)
    }
    let dues = Set(known.map(\.due))
    let every = dues.count == 1 ? SentMail.Item(id: "", title: "", due: dues.first ?? nil) : nil
    guard let reading = read(text, only ?? every) else {
      if Boilerplate.isHarmless(text, on: day) { return }
      needsPerson = true
      if let only, Boilerplate.speaksOfState(text) { doubtful.insert(only.id) }
      return
    }
    if reading.says == .received {
      if known.isEmpty { needsPerson = true }
      for item in known where found[item.id] == nil { found[item.id] = [reading] }
    } else if only != nil || speaksOfAll(squeezed(text), reading) {
      take(known.map(\.id), text)
    } else {
      needsPerson = true
    }
  }

  /// The measures whose numbers are in these words, some perhaps as days.
  private func named(in text: String) -> [String] {
    let numbers = AnswerPiece.numbers(text, orDays: true)
    return known.map(\.id).filter(numbers.contains)
  }

  /// What is said of the rest is said of the measures that nothing else was said of: 其余两项正在推进.
  mutating func takeRest() {
    doubtful.formUnion(excepted.filter { !speaks(of: $0) })
    for text in rest {
      let left = known.map(\.id).filter { id in
        !(found[id] ?? []).contains { $0.says != .received } && !doubtful.contains(id)
          && !excepted.contains(id)
      }
      let words = squeezed(text).drop { "其余他它另外剩下余的".contains($0) }
      let counted = words.prefix { "0123456789一两二三四五六七八九十".contains($0) }
      guard left.count < known.count, !left.isEmpty, counted.isEmpty || Self.counts(counted, left.count),
        let reading = read(String(words.dropFirst(counted.count)), nil), reading.until == nil
      else {
        needsPerson = true
        continue
      }
      for id in left { found[id] = [reading] }
    }
  }

  /// Whether all that was said of a measure is that it is another's.
  private func isGivenUp(_ id: String) -> Bool {
    found[id].map { $0.allSatisfy { [.notmine, .handover].contains($0.says) } } ?? false
  }

  /// The one reading of a measure; nil where there is none, or they don't agree.
  func reading(of id: String) -> Statement.Reading? {
    var readings = found[id] ?? []
    if readings.contains(where: { $0.says != .received }) { readings.removeAll { $0.says == .received } }
    if Set(readings.map(\.says)) == [.progress, .postpone] { readings.removeAll { $0.says == .progress } }
    if Set(readings.map(\.says)) == [.notmine, .handover] { readings.removeAll { $0.says == .notmine } }
    guard !doubtful.contains(id), Set(readings.map(\.says)).count == 1,
      Set(readings.compactMap(\.until)).count <= 1, Set(readings.compactMap(\.to)).count <= 1
    else { return nil }
    return readings.first { $0.until != nil || $0.to != nil } ?? readings.first
  }

  /// Whether two readings of a measure contradict each other.
  var disagrees: Bool { known.contains { found[$0.id] != nil && reading(of: $0.id) == nil } }

  private func read(_ text: String, _ item: SentMail.Item?) -> Statement.Reading? {
    Statement.read(text, due: item?.due, day: day, own: item.flatMap { own[$0.id] } ?? Self.nobodys)
  }

  private func speaksOfAll(_ key: String, _ reading: Statement.Reading) -> Bool {
    if key.holds(anyOf: ["其余", "其他", "另外", "除", "部分"]) || Self.notAll.isIn(key) { return false }
    let counts = key.matches(of: Self.countOfItems.regex).map(\.output.count)
    if !counts.isEmpty { return counts.allSatisfy { Self.counts($0, known.count) } }
    return Self.all.isIn(key)
  }

  /// What announces the answer and is none: 整改情况如下：4.1…, 我局负责的4.1….
  private static let heading = Pattern(
    /^(?:[^不未没无非否勿如若]{0,40}(?:如下|情况|进展|答复|回复|报告|汇报|说明|更正|补充)(?:为|是)?[：:]?|(?:我|本)[^不未没无非否如若]{0,10}(?:负责|承担|牵头)的?)$/
  )
  /// What was done well, of no other measures and on nobody's word.
  private static let wasDone = Pattern(
    /^[^项其另余均都全各据说称反不未没无停撤退驳延]*已经?(?:如期|按期|顺利|正式|陆续|初步)?(?<what>\p{sc=Han}{1,4})[，,]$/
  )
  private static let left = Pattern(
    /^(?:您好|你好|[，,])*(?:本人|我)(?:现|已经?)*(?:于?[\d年月日号]{2,11})?(?:正式)?(?:退休|离职|离岗|转岗|调离|调往|调任|调到|调至|调走)\p{sc=Han}{0,12}[，,]?$/
  )
  private static let ofThese = Pattern(
    /\s*(?<count>\d{1,3}|[一两二三四五六七八九十]{1,2})(?:项|条|个)(?:措施|任务|工作|事项)?/)
  private static let outside = Pattern(
    /^(?:之外|以外|除外|外(?=[，,]|其余|其他|其它|均|都|全部))[，,]?(?:其余|其他|其它)?(?<rest>.*)$/)
  private static let except = Pattern(/^除[了开去]?(?:措施|事项|第)?$/)
  private static let alone = Pattern(/^(?:只|仅|就|唯)(?:有|剩|差|余)?/)
  private static let notAll = Pattern(/(?:未|没|没有|不|无法|不能).{0,3}(?:全部|都|均)/)
  private static let countOfItems = Pattern(/(?<count>\d{1,3}|[一两二三四五六七八九十]{1,2})(?:项|条|个(?:事项|措施|任务))/)
  private static let all = Pattern(
    /(?:均|都|全部|全都)(?:已|未|没|尚|正|在|还|能|可|将|按|如期|完成|办|做|移交|申请|落实|整改|收)|(?:^|[，,])(?:您好[，,]?)?(?:以上|上述|所有|全部|各)(?:的|所有|各)?(?:项|措施|事项|任务|工作)|^全部(?:已|完成)/
  )

  private static let nobodys = OwnWords(title: "", text: "")

  private static func counts(_ text: Substring, _ count: Int) -> Bool {
    Dates.number(text) == count
  }
}
