internal import DubanCore

/// What the contact has to do next, each in one sentence with whom, what and why: the first thing that a digest says.
struct DigestSteps {
  let page: DigestPage
  let entrusted: [PersonLines]

  /// How many of a kind are named; the lists below name more.
  private static let most = 5

  var texts: [String] {
    own + passOn + overdue + reports + decide + confirm + reconsider
  }

  /// What the contact answers for as an owner.
  private var own: [String] {
    entrusted.filter { page.isOwn($0.recipient) }.map {
      "请办理您本人负责的事项：\(Headline($0.lines, on: page.phrases.today).text)。"
    }
  }

  private var passOn: [String] {
    named(entrusted.filter { !page.isOwn($0.recipient) }) { entry in
      let what = Headline(entry.lines, on: page.phrases.today).text
      let shares = page.mail.fallbacks[entry.recipient] == .isContact
      return "请向\(page.phrases.called(entry.recipient))转达：\(what)（\(shares ? "与您共用邮箱" : "没有可用邮箱")）。"
    } more: {
      "还有\($0)人的提醒需转达，名单见下。"
    }
  }

  /// By unit, since one call is enough.
  private var overdue: [String] {
    let late = page.overview.overdue.filter { $0.escalatedSince != nil }
    let units = Dictionary(grouping: late) { $0.owners.first?.unit ?? "" }
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    return named(units) { unit, lines in
      let people = lines.flatMap(\.owners).uniqued
      let numbers = lines.prefix(8).map { ItemLine($0).number }.joined(separator: "、")
      return "请督促\(called(people))：措施\(numbers)"
        + "\(lines.count > 8 ? "等" : "")共\(lines.count)项\(page.phrases.longOverdue(for: .contact))。"
    } more: {
      "还有\($0)个单位的措施\(page.phrases.longOverdue(for: .contact))，见下。"
    }
  }

  private var reports: [String] {
    page.overview.reports.filter { $0.due < page.phrases.today && !$0.owing.isEmpty }.prefix(2).map {
      let people = called($0.owing)
      return
        "请催报应于\(page.phrases.date($0.due))前报送的\($0.shownName)：尚有\($0.owing.count)人未报送（\(people)）。"
    }
  }

  private func called(_ people: [Recipient]) -> String {
    people.prefix(4).map(page.phrases.called).joined(separator: "、")
      + (people.count > 4 ? "等\(people.count)人" : "")
  }

  /// `，可询问郭震（贸易促进部，电话65650003）`: nothing where nobody is named.
  private func asking(_ line: AgendaItem) -> String {
    let people = line.owners.filter { !$0.person.isEmpty }
    return people.isEmpty ? "" : "，可询问\(called(people))"
  }

  private var decide: [String] {
    named(page.overview.undecided) { line in
      let deadline = CleanText.line(line.measure?.deadline.text ?? "", limit: 60)
      let words = deadline.isEmpty ? "台账未填写" : "原文“\(deadline)”"
      return "请明确\(ItemLine(line).named)的完成时限（\(words)），在台账中填明日期\(asking(line))。"
    } more: {
      "还有\($0)项措施的完成时限待明确。"
    }
  }

  private var confirm: [String] {
    named(page.overview.submitted) { line in
      "请确认\(ItemLine(line).named)能否销号（台账标为待销号\(shared(line))）\(asking(line))。"
    } more: {
      "还有\($0)项已报完成的措施待确认销号。"
    }
  }

  /// Of a measure of several units: who has reported. The ledger says that it is reported as done, and not by whom.
  private func shared(_ line: AgendaItem) -> String {
    guard let count = line.measure?.units.count, count > 1 else { return "" }
    guard let missing = page.unreported[line.item] else { return "；由\(count)个单位共同负责，请核对是否均已完成" }
    return missing.isEmpty
      ? "；\(count)个单位均已填报完成"
      : "；\(missing.map { CleanText.line($0, limit: 60) }.joined(separator: "、"))尚未填报完成，请核对"
  }

  private var reconsider: [String] {
    let late = page.overview.snoozed.filter { line in
      guard case .snoozed(let snooze) = line.noReminder, let due = line.due else { return false }
      return due < snooze.until
    }
    return named(late) {
      "请核对\(ItemLine($0).named)：提醒暂缓至期限之后\(asking($0))。"
    } more: {
      "还有\($0)项暂缓至期限之后。"
    }
  }

  private func named<Element>(
    _ list: [Element], _ text: (Element) -> String, more: (Int) -> String
  ) -> [String] {
    let missing = list.count - min(list.count, Self.most)
    return list.prefix(Self.most).map(text) + (missing > 0 ? [more(missing)] : [])
  }
}
