import DubanCore

/// Takes an answer's sentences apart by the measures they speak of.
struct Answer: Sendable {
  /// Words, and the measures whose numbers stand with them.
  private struct Piece {
    var ids: [String]
    var text: String
    /// Whether words with a sense of their own stand before the numbers: 已完成4.1.
    var verdictFirst = false
  }

  var items: [MailReading.Item] = []
  var decisions: [MailReading.Decision] = []
  var needsPerson = false
  /// Lines of the form that were filled in.
  var fillsForm = false

  /// What an owner says in these lines of the measures of the mail.
  init(owner lines: [NewText.Line], of mail: SentMail, day: CivilDate?) {
    let known = mail.items
    var found: [String: [Statement.Reading]] = [:]
    var doubtful: Set<String> = []
    func take(_ ids: [String], _ text: String) {
      for id in ids {
        let due = known.first { $0.id == id }?.due
        if let reading = Statement.read(text, due: due, day: day) {
          found[id, default: []].append(reading)
        } else {
          doubtful.insert(id)
        }
      }
    }
    for line in Self.spoken(lines).filter({ $0.item != nil }) {
      guard let item = line.item else { continue }
      if let label = line.label {
        fillsForm = true
        guard label.contains("进展"), !line.text.isEmpty else { continue }
      }
      if line.label == nil, found[item] != nil || doubtful.contains(item), mail.subject.contains("报送") {
        fillsForm = true
        continue
      }
      take([item], line.text)
    }
    let free = Self.spoken(lines).filter { $0.item == nil }.map(\.text)
    let text = free.joined(separator: "\n")
    for piece in Self.pieces(text, known.map(\.id)) {
      if !piece.ids.isEmpty {
        if piece.verdictFirst, Statement.read(piece.text, due: nil, day: day) == nil { needsPerson = true }
        take(piece.ids, piece.text)
        continue
      }
      let reading = Statement.read(piece.text, due: known.count == 1 ? known.first?.due : nil, day: day)
      let isForAll =
        known.count == 1
        || squeezed(piece.text).contains(/均|都|全部|所有|三项|两项|各项/) && !squeezed(piece.text).contains(/其余|其他|另外|除/)
      if reading?.says == .received {
        if known.isEmpty { needsPerson = true }
        for item in known where found[item.id] == nil {
          found[item.id] = [Statement.Reading(says: .received)]
        }
      } else if let reading {
        if isForAll {
          take(known.map(\.id), piece.text)
        } else {
          needsPerson = needsPerson || reading.says != .received
        }
      } else if !Self.isHarmless(piece.text) {
        needsPerson = true
        if known.count == 1, let only = known.first {
          doubtful.formUnion(Self.speaksOfState(piece.text) ? [only.id] : [])
        }
      }
    }
    for item in known {
      var readings = found[item.id] ?? []
      if readings.contains(where: { $0.says != .received }) { readings.removeAll { $0.says == .received } }
      let distinct = Set(readings.map(\.says))
      if distinct == [.progress, .postpone] { readings.removeAll { $0.says == .progress } }
      let days = Set(readings.compactMap(\.until))
      guard let first = readings.first(where: { $0.until != nil || $0.to != nil }) ?? readings.first else {
        needsPerson = needsPerson || doubtful.contains(item.id)
        continue
      }
      if Set(readings.map(\.says)).count > 1 || days.count > 1 || doubtful.contains(item.id) {
        needsPerson = true
        continue
      }
      needsPerson = needsPerson || first.needsPerson
      items.append(
        MailReading.Item(id: item.id, says: first.says, until: first.until.map(\.description), to: first.to))
    }
    if items.isEmpty { needsPerson = true }
  }

  /// What the contact decides in these lines.
  init(contact lines: [NewText.Line], of mail: SentMail, day: CivilDate?) {
    let text = Self.spoken(lines).map(\.text).joined(separator: "\n")
    let numbers = text.matches(of: /\d+(?:\.\d+)+/).map { String($0.0) }
    var byID: [String: Set<MailReading.Decision>] = [:]
    for piece in Self.pieces(text, numbers) {
      guard !piece.ids.isEmpty else {
        needsPerson = needsPerson || !Self.isHarmless(piece.text)
        continue
      }
      let key = squeezed(piece.text)
      let isRefused = key.contains(/不同意|不予|不批准|不准|驳回|退回|(先|暂)(时)?不|暂缓|不能/)
      let isQuestion = key.contains(/[？?]|请问|是否|能否|吗/)
      let isGiven =
        key.contains(/同意|批准|准予|可以|通过/) && !isRefused && !isQuestion
        && !key.contains(/如果|待|等|后再|前提|补充|除|但|原则/)
      if isQuestion { needsPerson = true }
      guard isGiven || isRefused else {
        needsPerson = true
        continue
      }
      let date = Dates.found(in: key, from: day).map(\.day)
      var what: MailReading.Says?
      if key.contains(/延期|延至|延到|推迟|延长/) {
        what = .postpone
      } else if key.contains(/移交|转交|改由|变更|交由|调整为/) {
        what = .handover
      } else if key.contains(/销号|完成|办结/) {
        what = .done
      }
      let named = key.firstMatch(of: /(?:移交给?|转交给?|改由|变更为|交由|调整为)([\p{Han}]{2,4}?)(?:同志|负责|办理|[，,。；;（(]|$)/)
        .map { String($0.1) }
      guard let what, date.count <= 1 else {
        needsPerson = true
        continue
      }
      for id in piece.ids {
        byID[id, default: []].insert(
          .init(
            id: id, decision: isGiven ? .approve : .reject, what: what,
            until: what == .postpone ? date.first?.description : nil, to: what == .handover ? named : nil))
      }
    }
    for id in numbers where byID[id]?.count == 1 {
      if let decision = byID.removeValue(forKey: id)?.first { decisions.append(decision) }
    }
    if !byID.isEmpty || decisions.isEmpty { needsPerson = true }
  }

  /// The lines that say something: no signature, telephone's line or disclaimer.
  static func spoken(_ lines: [NewText.Line]) -> [NewText.Line] {
    var result: [NewText.Line] = []
    for line in lines {
      let key = squeezed(line.text)
      if line.item == nil,
        key == "--"
          || key.contains(/^(发自|来自|从|Sentfrom|获取Outlook|Get Outlook|GetOutlook)|^(免责声明|声明[：:]|本邮件及|此邮件|保密)/)
      {
        guard key == "--" || key.contains(/声明|本邮件|此邮件|保密/) else { continue }
        break
      }
      result.append(line)
    }
    return result
  }

  /// Whether a sentence without a number says nothing of a measure: it is no question, points at no attachment, and has
  /// no word of state, time, exception or wish; formulas of politeness and lines of a signature have such words as well.
  private static func isHarmless(_ text: String) -> Bool {
    let key = squeezed(text)
    if key.isEmpty || key.allSatisfy({ !$0.isLetter }) { return true }
    if key.contains(/附件|[？?]|请问|吗$/) || speaksOfState(key.replacing(politeness, with: "")) { return false }
    if key.contains(politeness) || key.contains(signature) { return true }
    return key.count <= 40 && !key.contains(/已|还|仍|尚|正在|等|待|将|拟|计划|预计|可能|但|除|差|缺|希望|建议|申请|困难|问题|\d[日月号年%％]/)
  }

  /// Words of the state of a measure, its owner or its deadline.
  private static func speaksOfState(_ text: String) -> Bool {
    squeezed(text).contains(/完成|办结|延期|推迟|不|未|没|无法|负责|移交|销号|其余|其他|项|整改|落实/)
  }

  private static var politeness: Regex<Substring> {
    /^(?:您好|你好|各位|尊敬|领导|谢谢|感谢|多谢|此致|敬礼|辛苦|好的|祝|顺祝|特此|以上|请予?销号|请(?:查收|审阅|知悉|批示)|Dear|Hi|Hello)/
  }

  private static var signature: Regex<Substring> {
    /\d{7,}|电话|手机|地址[：:]|邮编|抄报|抄送|经办|[科处局部院所校队]长|主任/
  }

  /// Sentences by the measures named in them. Numbers that begin a clause govern until the next ones.
  private static func pieces(_ text: String, _ known: [String]) -> [Piece] {
    var result: [Piece] = []
    for sentence in text.split(whereSeparator: { "。；;！!\n".contains($0) }) {
      var current = Piece(ids: [], text: "")
      var rest = sentence[...]
      while !rest.isEmpty {
        if let match = rest.prefixMatch(of: /(?:第)?(\d+(?:\.\d+)+)/), known.contains(String(match.1)),
          rest[match.range.upperBound...].first?.isNumber != true
        {
          let joins = squeezed(current.text).allSatisfy { "、，,和及与项措施事：:—-至到~".contains($0) }
          let id = String(match.1)
          if current.ids.isEmpty {
            if !current.text.hasSuffix("，"), !current.text.hasSuffix(","), !squeezed(current.text).isEmpty {
              current.verdictFirst = true
            } else {
              if !squeezed(current.text).isEmpty { result.append(current) }
              current.text = ""
            }
            current.ids = [id]
          } else if joins || current.verdictFirst && current.text.hasSuffix("、") {
            let isRange = current.text.contains { "至到-—~".contains($0) }
            if isRange, let from = known.firstIndex(of: current.ids[current.ids.count - 1]),
              let to = known.firstIndex(of: id), from < to
            {
              current.ids += known[(from + 1)...to]
            } else {
              current.ids.append(id)
            }
            if !current.verdictFirst { current.text = "" }
          } else {
            result.append(current)
            current = Piece(ids: [id], text: "")
          }
          rest = rest[match.range.upperBound...]
          continue
        }
        if !current.ids.isEmpty, rest.hasPrefix("其余") || rest.hasPrefix("其他") || rest.hasPrefix("另外") {
          result.append(current)
          current = Piece(ids: [], text: "")
        }
        current.text.append(rest.removeFirst())
      }
      if !current.ids.isEmpty || !squeezed(current.text).isEmpty {
        let mark = sentence.endIndex < text.endIndex ? String(text[sentence.endIndex]) : ""
        current.text += mark == "\n" ? "" : mark
        result.append(current)
      }
    }
    return result
  }
}
