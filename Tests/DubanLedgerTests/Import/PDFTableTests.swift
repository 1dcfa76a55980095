import DubanCore
import Foundation
import Testing

@testable import DubanLedger

/// Tables of PDFs by the places of their words.
@Suite struct PDFTableTests {
  /// The measures of a page of words at those places, as `title | units | persons | deadline`. Characters are 12 points wide.
  private static func measures(_ words: [(y: Int, x: Int, text: String)]) throws -> [String] {
    let boxes = words.map { word in
      "<word xMin=\"\(word.x)\" yMin=\"\(word.y - 6)\" xMax=\"\(word.x + 12 * word.text.count)\" yMax=\"\(word.y + 6)\">\(word.text)</word>"
    }
    let xml = "<doc><page width=\"595\" height=\"842\">\(boxes.joined(separator: "\n"))</page></doc>"
    let paper = try #require(try PDFPaper.paper(ofWords: Data(xml.utf8)))
    return PlanImporter.plan(from: paper, calendar: WorkdayCalendar()).ledger.measures.map {
      "\($0.title) | \($0.units.joined(separator: "、")) | \($0.persons.joined(separator: "、")) | \($0.deadline.text)"
    }
  }

  private static let rows: [(y: Int, x: Int, text: String)] = [
    (160, 32, "1"), (160, 60, "推行网上预约"), (160, 310, "县政务局"), (160, 440, "江"), (160, 470, "6月底前"),
    (172, 440, "平"),
    (200, 32, "2"), (200, 60, "公布收费目录"), (200, 310, "县发改局"), (200, 440, "何"), (200, 470, "9月底前"),
    (212, 440, "清"),
  ]
  private static let expected = ["推行网上预约 | 县政务局 | 江平 | 6月底前", "公布收费目录 | 县发改局 | 何清 | 9月底前"]

  /// Characters one below another, in the middle of their cells: a heading's first line holds a single one.
  @Test func headingsOneCharacterBelowAnother() throws {
    let heading: [(y: Int, x: Int, text: String)] = [
      (95, 440, "责"), (101, 30, "序"), (107, 120, "工作任务"), (107, 320, "责任单位"), (107, 440, "任"),
      (107, 475, "完成时限"),
      (113, 30, "号"), (119, 440, "人"),
    ]
    #expect(try Self.measures(heading + Self.rows) == Self.expected)
  }

  /// 责任 over 人, and 责任分工 over two columns, each on a line of its own.
  @Test func headingsInTwoLinesUnderOneOverSeveral() throws {
    let heading: [(y: Int, x: Int, text: String)] = [
      (90, 360, "责任分工"), (104, 440, "责任"), (111, 30, "序"), (111, 120, "工作任务"), (111, 475, "完成时限"),
      (118, 310, "责任单位"),
      (118, 440, "人"), (125, 30, "号"),
    ]
    #expect(try Self.measures(heading + Self.rows) == Self.expected)
  }
}
