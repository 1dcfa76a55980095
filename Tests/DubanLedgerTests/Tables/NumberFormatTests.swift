import DubanCore
import Testing

@testable import DubanLedger

/// What a number is shown as, and the days that numbers stand for.
@Suite struct NumberFormatTests {
  @Test(arguments: [
    ("General", CellStyle.general), ("G/通用格式", .general), ("@", .general), ("", .general),
    ("0", .fixed(decimals: 0)),
    ("0.00", .fixed(decimals: 2)), ("#,##0.00_ ;[Red]\\-#,##0.00\\ ", .fixed(decimals: 2)),
    ("0%", .percent(decimals: 0)),
    ("0.0%", .percent(decimals: 1)), ("0.00E+00", .general), ("yyyy\"年\"m\"月\"d\"日\";@", .day),
    ("[$-804]yyyy\"年\"m\"月\"d\"日\"", .day), ("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"", .day),
    ("yyyy\\年m\\月d\\日;@", .day),
    ("m/d/yy h:mm", .day), ("mm-dd-yy", .day), ("m\"月\"d\"日\"", .day), ("yyyy\"年\"m\"月\"", .month),
    ("mmm-yy", .month), ("yyyy", .year),
    ("h:mm AM/PM", .time), ("mm:ss", .time), ("[h]:mm:ss", .time),
  ])
  func style(code: String, style: CellStyle) { #expect(CellStyle(code: code) == style) }

  @Test(arguments: [
    (0, CellStyle.general), (2, .fixed(decimals: 2)), (9, .percent(decimals: 0)), (14, .day), (17, .month),
    (20, .time), (22, .day),
    (31, .day), (49, .general), (57, .month), (58, .day),
  ])
  func builtIn(id: Int, style: CellStyle) { #expect(CellStyle(builtIn: id) == style) }

  @Test(arguments: [
    (44926.0, CellStyle.day, false, "2022年12月31日"), (43464, .day, true, "2022年12月31日"),
    (1, .day, false, "1900年1月1日"),
    (59, .day, false, "1900年2月28日"), (60, .day, false, "1900年2月29日"), (61, .day, false, "1900年3月1日"),
    (0, .day, true, "1904年1月1日"),
    (44926.999_999_999_988, .day, false, "2022年12月31日23:59"),
    (44926.75, .day, false, "2022年12月31日18:00"), (44926.0.nextDown, .day, false, "2022年12月31日"),
    (44926.999_999_988_4, .day, false, "2022年12月31日23:59"),
    (44926, .month, false, "2022年12月"),
    (44926, .year, false, "2022年"), (0.35, .time, false, "8:24"), (2_958_465, .day, false, "9999年12月31日"),
  ])
  func day(serial: Double, style: CellStyle, from1904: Bool, words: String) {
    #expect(SerialDay.words(serial, style: style, from1904: from1904) == words)
  }

  @Test(arguments: [-1.0, 2_958_466, 1e300, 0, .infinity, .nan]) func noDay(serial: Double) {
    #expect(SerialDay.words(serial, style: .day, from1904: false) == nil)
  }

  @Test func daysAreWrittenAsTheyAreRead() throws {
    for number in Int32(-25_000)...Int32(65_000) {
      let date = CivilDate(dayNumber: number)
      #expect(SerialDay.words(SerialDay.serial(date), style: .day, from1904: false) == date.chinese())
    }
  }

  @Test(arguments: [
    ("1.1000000000000001", CellStyle.general, "1.1"), ("7", .general, "7"), ("1E-3", .general, "0.001"),
    ("1.1", .fixed(decimals: 2), "1.10"),
    ("-0.05", .fixed(decimals: 2), "-0.05"), ("2.999", .fixed(decimals: 2), "3.00"),
    ("0.8", .percent(decimals: 0), "80%"),
    ("1e300", .fixed(decimals: 2), "1e+300"), ("123456789012", .general, "123456789012"),
  ])
  func number(stored: String, style: CellStyle, shown: String) {
    let (text, kind) = CellText.number(stored, style: style, from1904: false)
    #expect(text == shown)
    #expect(kind == .number)
  }
}
