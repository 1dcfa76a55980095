import DubanCore
import Foundation
import Testing

@testable import DubanLedger

/// The web page that shows a document beside its ledger.
@Suite struct ImportReportTests {
  private static func page(_ text: String) -> String {
    let document = PlanDocument(text: text)
    return ImportReport(
      document, PlanImporter.plan(from: document, calendar: WorkdayCalendar()), file: "a<b>.txt",
      translate: { "«\($0)»" }
    ).html
  }

  private static let text = """
    桃溪县任务清单
    2023年3月6日
    本文件&<script>alert(1)</script>适用于全县。
    一、任务
    1.规范收费。（县发改局负责，2023年底前完成）
    2.精简材料。（各乡镇负责，6月底前完成）
    3.没有单位的事项。
    """

  @Test func everyLineStandsInItOnce() {
    let page = Self.page(Self.text)
    for line in Self.text.split(separator: "\n").map(String.init) where !line.contains("<") {
      let places = ["<td>", "<br>"].map { page.components(separatedBy: $0 + line + "<").count - 1 }
      #expect(places.reduce(0, +) == 1, "\(line)")
    }
  }

  @Test func coloursSayWhatBecameOfALine() {
    let rows = Self.page(Self.text).split(separator: "\n").filter { $0.hasPrefix("<tr class") }
    func outcome(_ words: String) -> Substring? {
      rows.first { $0.contains(">\(words)") }?.dropFirst(11).prefix { $0 != "\"" }
    }
    #expect(outcome("1.规范收费") == "sure")
    #expect(outcome("2.精简材料") == "out")
    #expect(outcome("3.没有") == "look")
    #expect(outcome("一、任务") == "aside")
  }

  @Test func theDocumentsTextIsEscapedAndNothingIsFetched() {
    let page = Self.page(Self.text)
    #expect(page.contains("本文件&amp;&lt;script&gt;") && !page.contains("<script"))
    #expect(page.contains("a&lt;b&gt;.txt"))
    #expect(page.contains("default-src 'none'"))
    #expect(!["http:", "https:", "src=", "href=", "url("].contains { page.contains($0) })
  }

  @Test func aDeadlineStandsWithItsDay() { #expect(Self.page(Self.text).contains("2023年底前完成 → 2023年12月31日")) }
}
