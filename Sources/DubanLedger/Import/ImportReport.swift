import DubanCore

/// An import as one web page in Chinese: the document's lines beside what became of them, in colours.
///
/// A pure function of its parameters. The page needs nothing else, runs no script, and holds the document's whole text.
public struct ImportReport {
  private let imported: ImportedPlan
  private let file: String
  private let lines: [SourceLine]
  private let doubts: [String: [ImportFinding]]
  private let translate: (String) -> String?

  /// A page about a document that was read from `file` and what was made of it; `translate` gives the Chinese text of what a
  /// finding says, which is English.
  public init(
    _ document: PlanDocument, _ imported: ImportedPlan, file: String, translate: @escaping (String) -> String?
  ) {
    self.imported = imported
    self.translate = translate
    self.file = file
    doubts = imported.doubts
    lines = document.lines.sorted { $0.number < $1.number }
  }

  /// What became of some lines.
  private enum LineStatus: String, CaseIterable {
    case sure
    case look, out, aside

    var words: String {
      switch self {
      case .sure: "已读入"
      case .look: "请核对"
      case .out: "未读入"
      case .aside: "不属于措施"
      }
    }
  }

  /// Lines that follow one another and belong to the same measures.
  private struct Passage {
    var lines: [SourceLine]
    var measures: [Measure]
  }

  /// The page.
  public var html: String {
    let counts = imported.counts
    var page = """
      <!doctype html>
      <html lang="zh-Hans">
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(XMLText.escaped(file))</title>
      <style>\(Self.style)</style>
      <h1>\(XMLText.escaped(imported.ledger.plan.title.isEmpty ? file : imported.ledger.plan.title))</h1>
      <p>\(XMLText.escaped(file))：\(counts.words)</p>
      <p class="key">\(LineStatus.allCases.map { "<span class=\"\($0.rawValue)\">\($0.words)</span>" }.joined(separator: " "))</p>
      <table>
      <tr><th>行号<th>原文<th>台账

      """
    page += "<tr class=\"\(status([], general).rawValue)\"><td><td><td>\(header)\(words(of: general))\n"
    var shown: Set<String> = []
    for passage in passages {
      guard let first = passage.lines.first, let last = passage.lines.last else { continue }
      let found = findings(from: first.number, to: last.number)
      let numbers =
        imported.words(ofLine: first.number)
        + (first.number == last.number ? "" : "–" + imported.words(ofLine: last.number))
      let text = passage.lines.map { XMLText.escaped($0.text.replacing("\t", with: " | ")) }.joined(
        separator: "<br>")
      let new = passage.measures.filter { shown.insert($0.id).inserted }
      let again = passage.measures.filter { measure in !new.contains { $0.id == measure.id } }.map(\.id)
      page +=
        "<tr class=\"\(status(passage.measures, found).rawValue)\"><td>\(XMLText.escaped(numbers))<td>\(text)<td>"
        + new.map(Self.measure).joined()
        + (again.isEmpty ? "" : "<p>见措施\(XMLText.escaped(again.joined(separator: "、")))") + words(of: found)
        + "\n"
    }
    return page + "</table>\n"
  }

  /// The lines in order, parted where they belong to other measures or a finding begins.
  private var passages: [Passage] {
    let measures = imported.ledger.measures
    var owners: [Int: [Int]] = [:]
    for index in measures.indices {
      for line in imported.places[measures[index].id]?.lines ?? [] { owners[line, default: []].append(index) }
    }
    let begins = Set(imported.findings.map(\.line))
    var passages: [(owners: [Int], Passage)] = []
    for line in lines {
      let own = owners[line.number] ?? []
      if let last = passages.last, last.owners == own, !own.isEmpty || !begins.contains(line.number) {
        passages[passages.count - 1].1.lines.append(line)
      } else {
        passages.append((own, Passage(lines: [line], measures: own.map { measures[$0] })))
      }
    }
    return passages.map(\.1)
  }

  /// What is said of the document as a whole.
  private var general: [ImportFinding] { imported.findings.filter { !$0.hasPlace } }

  private func findings(from first: Int, to last: Int) -> [ImportFinding] {
    imported.findings.filter { $0.hasPlace && (first...last).contains($0.line) }
  }

  private func status(_ measures: [Measure], _ findings: [ImportFinding]) -> LineStatus {
    if findings.contains(where: { $0.kind == .leftOut }) { return .out }
    let isDoubtful =
      findings.contains { $0.kind == .doubt } || measures.contains { doubts[$0.id] != nil }
    return isDoubtful ? .look : measures.isEmpty ? .aside : .sure
  }

  private func words(of findings: [ImportFinding]) -> String {
    findings.map { finding in
      let help = translate(finding.help).map { " <i>→ \(XMLText.escaped($0))</i>" } ?? ""
      let message = translate(finding.message) ?? "请对照原文核对"
      return "<p class=\"\(finding.kind == .aside ? "note" : "say")\">\(XMLText.escaped(message))\(help)"
    }.joined()
  }

  /// What the ledger has about the plan.
  private var header: String {
    let (plan, ledger) = (imported.ledger.plan, imported.ledger)
    let contact = [plan.contact.unit, plan.contact.person, plan.contact.phone, plan.contact.email]
    let reports = ledger.reports.map { $0.chinese() } + ledger.recurringReports.map(\.text)
    return Self.fields([
      ("方案名称", plan.title), ("文号", plan.number), ("印发日期", plan.issued?.chinese() ?? ""),
      ("联系方式", contact.filter { !$0.isEmpty }.joined(separator: " ")),
      ("报送日期", reports.joined(separator: "、")),
    ])
  }

  private static func measure(_ measure: Measure) -> String {
    let units = measure.units.map { unit in
      measure.lead == unit ? unit + "（牵头）" : measure.supporting.contains(unit) ? unit + "（配合）" : unit
    }
    let due = measure.deadline.dueDates.map { $0.chinese() }
    let deadline = measure.deadline.text + (due.isEmpty ? "" : " → " + due.joined(separator: "、"))
    let (title, text) = (XMLText.escaped("\(measure.id) \(measure.title)"), XMLText.escaped(measure.text))
    return "<p><b>\(title)</b> \(text)"
      + fields([
        ("责任单位", units.joined(separator: "、")), ("责任人", measure.persons.joined(separator: "、")),
        ("完成时限", deadline), ("状态", measure.status == .open ? "" : measure.statusWord),
        ("定期工作", measure.duties.map(\.what).joined(separator: "；")),
      ])
  }

  private static func fields(_ fields: [(String, String)]) -> String {
    let filled = fields.filter { !$0.1.isEmpty }
    return filled.isEmpty
      ? ""
      : "<p>" + filled.map { "<small>\($0.0)</small> \(XMLText.escaped($0.1))" }.joined(separator: "<br>")
  }

  /// Marks at the edge besides the colours: not everyone sees both.
  private static let style = """
    body{margin:24px auto;max-width:1150px;padding:0 16px;font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#222}
    h1{font-size:22px;margin:0 0 4px}p{margin:0 0 4px}table{border-collapse:collapse;width:100%;table-layout:fixed}
    th{text-align:left;background:#eef1f5;position:sticky;top:0}th:first-child{width:64px}th:nth-child(2){width:46%}
    td,th{padding:6px 10px;border:1px solid #d5dae0;vertical-align:top;overflow-wrap:anywhere}
    td:first-child{color:#666;border-left:6px solid #b8bec6;font-variant-numeric:tabular-nums}
    .key span{border-left:6px solid #b8bec6;padding:1px 10px;margin-right:8px}small{color:#666}i{color:#666;font-style:normal}
    .sure td,.key .sure{background:#f0f9f2}.sure td:first-child,.key .sure{border-left-color:#2e8b4a}
    .look td,.key .look{background:#fff8e1}.look td:first-child,.key .look{border-left-color:#d99a00}
    .out td,.key .out{background:#fdecea}.out td:first-child,.key .out{border-left-color:#c62f2f}
    .aside td{color:#555}.say{font-weight:bold;margin-top:6px}.say i{font-weight:normal}.note{color:#666;margin-top:6px}
    @media print{th{position:static}}
    """
}
