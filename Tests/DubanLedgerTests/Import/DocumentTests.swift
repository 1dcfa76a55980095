import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanLedger

/// Plans as Word and PDF documents, made by python-docx and Chromium (scripts/plan-fixtures.py).
@Suite struct DocumentTests {
  private static let folder = RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/documents")

  private static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private static func imported(_ text: Result<PlanDocument, Diagnostic>) throws -> ImportedPlan {
    PlanImporter.plan(from: try text.get(), calendar: WorkdayCalendar())
  }

  @Test func wordGivesTheSameLedgerAsText() throws {
    let fromWord = try Self.imported(PlanFile.document(of: Self.path("real-plan.docx")))
    let fromText = PlanImporter.plan(from: try RealPlanTests.text(), calendar: WorkdayCalendar())
    #expect(fromWord.ledger == fromText.ledger)
    #expect(!fromWord.needsPerson)
  }

  /// A page's text has no spaces where Chromium set none, so white space is left aside.
  @Test func pdfGivesTheSameLedgerAsText() throws {
    let fromPDF = try Self.imported(PDFDocument.document(of: Self.path("real-plan.pdf")))
    let fromText = PlanImporter.plan(from: try RealPlanTests.text(), calendar: WorkdayCalendar())
    #expect(squeezed(LedgerYAML.text(fromPDF.ledger)) == squeezed(LedgerYAML.text(fromText.ledger)))
    #expect(!fromPDF.needsPerson)
  }

  /// Numbers that Word makes, merged cells, a deleted name, a text in several runs.
  @Test func wordsOwnNumbersAndTables() throws {
    let document = try PlanFile.document(of: Self.path("numbered.docx")).get()
    let expected = """
      桃源县营商环境整改方案
      2023年4月20日
      一、整改任务
      （一）企业开办
      1.推行“一窗通办”。设置企业开办专窗。
      2.压缩办理时限。将企业开办时间压缩至1个工作日以内。
      责任单位：县市场监督管理局
      责任人：何新
      完成时限：2023年6月底前
      （二）办理建筑许可
      1.推行联合验收。
      责任单位：县住房和城乡建设局
      责任人：伍柳
      完成时限：长期
      二、任务清单
      序号\t领域\t整改措施\t责任单位\t完成时限
      1\t纳税\t推广电子发票。\t县税务局\t2023年9月底前
      2\t纳税\t设立导税专岗。\t县税务局\t2023年9月底前
      3\t用电\t公开停电计划。\t县供电公司\t每月25日前

      """
    #expect(document.text == expected)
    let ledger = try Self.imported(.success(document)).ledger
    #expect(ledger.measures.map(\.id) == ["1.1", "1.2", "2.1", "3.1", "3.2", "4.3"])
    #expect(ledger.areas.map(\.name) == ["企业开办", "办理建筑许可", "纳税", "用电"])
  }

  /// What can't be read is refused with words that say what to do.
  @Test func refusals() throws {
    let scratch = try ScratchDirectory()
    let word = try Data(contentsOf: Self.folder.appendingPathComponent("numbered.docx"))
    let cases: [(name: String, content: Data, says: String)] = [
      ("cut.docx", word.prefix(20_000), "the document is damaged"),
      (
        "sheet.docx", try Data(contentsOf: Self.emptyZip(scratch)),
        "this zip container holds no Word document"
      ),

      ("cut.pdf", Data("%PDF-1.7\nnothing".utf8), "pdftotext refuses the file"),
      ("nul.txt", Data([0x41, 0x00, 0x42]), "NUL"), ("nothing.docx", Data(), "the file is empty"),
      ("blank.txt", Data("\u{FEFF} \r\n".utf8), "the file is empty"),
      (
        "garbage.doc",
        Data(OfficeDocument.compound + [0xA1, 0xB1, 0x1A, 0xE1] + (0...255).map { UInt8($0) }),
        "the document is damaged"
      ),
    ]
    for (name, content, says) in cases {
      let file = scratch.url.appendingPathComponent(name)
      try content.write(to: file)
      guard case .failure(let diagnostic) = PlanFile.document(of: file.path) else {
        Issue.record("\(name) was read")
        continue
      }
      #expect(diagnostic.message.contains(says), "\(name): \(diagnostic)")
      #expect(!diagnostic.help.isEmpty, "\(name)")
    }
    guard case .failure(let missing) = PlanFile.document(of: scratch.path + "/none.txt") else {
      Issue.record("a missing file was read")
      return
    }
    #expect(missing.message == "there is no such file")
  }

  /// A zip container without any entry.
  private static func emptyZip(_ scratch: ScratchDirectory) throws -> URL {
    let url = scratch.url.appendingPathComponent("empty.zip")
    try Data([0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18)).write(to: url)
    return url
  }

  @Test func aDocumentLargerThanTheLimitsIsRefused() throws {
    let bytes = [UInt8](try Data(contentsOf: Self.folder.appendingPathComponent("real-plan.docx")))
    var limits = TableLimits()
    limits.entryBytes = 1000
    guard case .failure(let diagnostic) = DocxText.document(bytes, file: "plan.docx", limits: limits) else {
      Issue.record("a part over the limit was read")
      return
    }
    #expect(
      diagnostic.description.hasPrefix(
        "plan.docx: error: the document's part “word/document.xml” is too large"))
  }

  @Test(arguments: [String.Encoding.utf8, .utf16, .utf16LittleEndian]) func textInOtherEncodings(
    _ encoding: String.Encoding
  ) throws {
    let scratch = try ScratchDirectory()
    let text = try PlanFixtures.text("bracketed")
    let mark = encoding == .utf16LittleEndian ? Data([0xFF, 0xFE]) : Data()
    let file = scratch.url.appendingPathComponent("plan.txt")
    try (mark + (try #require(text.data(using: encoding)))).write(to: file)
    #expect(try PlanFile.document(of: file.path).get().text == PlanDocument(text: text).text)
  }

  /// GB18030, as older offices save text.
  @Test func textInGB18030() throws {
    let scratch = try ScratchDirectory()
    let file = scratch.url.appendingPathComponent("plan.txt")
    let bytes: [UInt8] = [0xD4, 0xF0, 0xC8, 0xCE, 0xB5, 0xA5, 0xCE, 0xBB, 0xA3, 0xBA]
    try Data(bytes).write(to: file)
    #expect(try PlanFile.document(of: file.path).get().text == "责任单位：\n")
  }
}
