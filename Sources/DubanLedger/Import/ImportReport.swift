import DubanCore

/// An import as one web page: the paper's lines beside what became of them, in colours.
///
/// A pure function of its parameters. The page needs nothing else, runs no script, and holds the paper's whole text.
public struct ImportReport {
  private let imported: ImportedPlan
  private let file: String
  private let lines: [SourceLine]
  private let doubts: [String: [ImportFinding]]

  /// A page about a paper that was read from `file` and what was made of it.
  public init(_ paper: Paper, _ imported: ImportedPlan, file: String) {
    self.imported = imported
    self.file = file
    doubts = imported.doubts
    lines = paper.lines.sorted { $0.number < $1.number }
  }

  /// What became of some lines.
  private enum Outcome: String, CaseIterable {
    case sure
    case look = "to look at"
    case out = "left out"
    case aside = "no part of a measure"

    /// The class of its rows.
    var name: String { String(rawValue.prefix { $0 != " " }) }
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
      <title>\(Self.escaped(file))</title>
      <style>\(Self.style)</style>
      <h1>\(Self.escaped(imported.ledger.plan.title.isEmpty ? file : imported.ledger.plan.title))</h1>
      <p>\(Self.escaped(file)): \(counts.read) measures read, \(counts.sure) sure, \(counts.toLookAt) to look at; \(counts.leftOut) places left out.</p>
      <p class="key">\(Outcome.allCases.map { "<span class=\"\($0.name)\">\($0.rawValue)</span>" }.joined(separator: " "))</p>
      <table>
      <tr><th>Line<th>The paper<th>The ledger

      """
    page += "<tr class=\"\(outcome([], general).name)\"><td><td><td>\(header)\(words(of: general))\n"
    var told: Set<String> = []
    for passage in passages {
      guard let first = passage.lines.first, let last = passage.lines.last else { continue }
      let found = findings(from: first.number, to: last.number)
      let numbers =
        imported.words(ofLine: first.number)
        + (first.number == last.number ? "" : "–" + imported.words(ofLine: last.number))
      let text = passage.lines.map { Self.escaped($0.text.replacing("\t", with: " | ")) }.joined(
        separator: "<br>")
      let new = passage.measures.filter { told.insert($0.id).inserted }
      let again = passage.measures.filter { measure in !new.contains { $0.id == measure.id } }.map(\.id)
      page +=
        "<tr class=\"\(outcome(passage.measures, found).name)\"><td>\(Self.escaped(numbers))<td>\(text)<td>"
        + new.map(Self.measure).joined()
        + (again.isEmpty ? "" : "<p>also \(Self.escaped(again.joined(separator: ", ")))") + words(of: found)
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

  /// What is said of the paper as a whole.
  private var general: [ImportFinding] { imported.findings.filter { !$0.hasPlace } }

  private func findings(from first: Int, to last: Int) -> [ImportFinding] {
    imported.findings.filter { $0.hasPlace && (first...last).contains($0.line) }
  }

  private func outcome(_ measures: [Measure], _ findings: [ImportFinding]) -> Outcome {
    if findings.contains(where: { $0.kind == .leftOut }) { return .out }
    let isDoubtful =
      findings.contains { $0.kind == .doubt } || measures.contains { doubts[$0.id] != nil }
    return isDoubtful ? .look : measures.isEmpty ? .aside : .sure
  }

  private func words(of findings: [ImportFinding]) -> String {
    findings.map { finding in
      let help = finding.help.isEmpty ? "" : " <i>→ \(Self.escaped(finding.help))</i>"
      return "<p class=\"\(finding.kind == .aside ? "note" : "say")\">\(Self.escaped(finding.message))\(help)"
    }.joined()
  }

  /// What the ledger has about the plan.
  private var header: String {
    let (plan, ledger) = (imported.ledger.plan, imported.ledger)
    let contact = [plan.contact.unit, plan.contact.person, plan.contact.phone, plan.contact.email]
    let reports = ledger.reports.map(\.description) + ledger.recurringReports.map(\.text)
    return Self.fields([
      ("title", plan.title), ("number", plan.number), ("issued", plan.issued?.description ?? ""),
      ("contact", contact.filter { !$0.isEmpty }.joined(separator: " ")),
      ("reports", reports.joined(separator: ", ")),
    ])
  }

  private static func measure(_ measure: Measure) -> String {
    let units = measure.units.map { unit in
      measure.lead == unit ? unit + "（牵头）" : measure.supporting.contains(unit) ? unit + "（配合）" : unit
    }
    let due = measure.deadline.dueDates.map(\.description) + measure.deadline.reading.recurrences.map(\.rule)
    let deadline = measure.deadline.text + (due.isEmpty ? "" : " → " + due.joined(separator: ", "))
    return "<p><b>\(escaped(measure.id)) \(escaped(measure.title))</b> \(escaped(measure.text))"
      + fields([
        ("units", units.joined(separator: "、")), ("persons", measure.persons.joined(separator: "、")),
        ("deadline", deadline), ("duties", measure.duties.map(\.what).joined(separator: "；")),
      ])
  }

  private static func fields(_ fields: [(String, String)]) -> String {
    let filled = fields.filter { !$0.1.isEmpty }
    return filled.isEmpty
      ? "" : "<p>" + filled.map { "<small>\($0.0)</small> \(escaped($0.1))" }.joined(separator: "<br>")
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
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
    .to td,.key .to{background:#fff8e1}.to td:first-child,.key .to{border-left-color:#d99a00}
    .left td,.key .left{background:#fdecea}.left td:first-child,.key .left{border-left-color:#c62f2f}
    .no td{color:#555}.say{font-weight:bold;margin-top:6px}.say i{font-weight:normal}.note{color:#666;margin-top:6px}
    @media print{th{position:static}}
    """
}
