/// The year that a heading of deadlines says for its cells, which then don't: 2025年完成时限, 完成时限（2025年度）, 完成时限／2025年.
struct HeadingYear {
  /// Such as `2025年`; empty where the heading names none.
  private let year: String

  /// Reads a heading, of which ／ parts what stands above from what stands below.
  init(_ heading: String) {
    let years = heading.split(separator: "／").lazy.compactMap { part -> Substring? in
      let words = String(part.filter { !$0.isWhitespace }).halfWidth
      let bracket = words.firstMatch(of: /[(\[【](?:请?填写?|按)?(20\d\d)(?:年度?|年月日?)?[)\]】]/)
      return DeadlineHeading.year(Heading.plain(words)[...])?.prefix(4) ?? bracket?.1
    }
    year = years.first.map { "\($0)年" } ?? ""
  }

  /// A cell's words, with the year where they are of one and don't say which: 5月31日, 三季度 or 年底, but not 2023年5月31日
  /// or 长期.
  func phrase(_ cell: String) -> String {
    guard isMissing(in: cell) else { return cell }
    // 长期坚持，年底前见成效: the clause that has the month.
    let clauses = cell.split(omittingEmptySubsequences: false) { "，,；;（(".contains($0) }
    let place = clauses.first { isMissing(in: String($0)) }?.startIndex ?? cell.startIndex
    return cell[..<place] + year + cell[place...]
  }

  /// What is to be asked about a cell that may be of either end of the year; nil where nothing is.
  func doubt(_ cell: String) -> String? {
    guard !year.isEmpty, cell.contains("元旦"), !cell.contains("年") else { return nil }
    return "“\(cell.excerpt)” may be at the beginning of \(year.prefix(4)) or at its end"
  }

  private func isMissing(in cell: String) -> Bool {
    guard !year.isEmpty else { return false }
    // Of every year: 长期坚持，全年不间断.
    if cell.contains("全年"), ["长期", "常态", "持续"].contains(where: cell.contains) { return false }
    // 第 3 季度, “6”月底前
    let words = cell.filter { !$0.isWhitespace && !"“”\"'‘’".contains($0) }
    let ofYear = ["上半年", "下半年", "全年", "年底", "年末", "年内", "年中"].lazy.compactMap(words.firstRange).first
    if let ofYear, words.count(where: { $0 == "年" }) == 1 {
      // 力争年底前, but not 2023年底, 本年底 or 两年内
      return words[..<ofYear.lowerBound].last.map { !$0.isNumber && !"今明本当次翌去后每两半".contains($0) } ?? true
    }
    guard !words.contains("年"), !words.hasPrefix("每") else { return false }
    // 6.30前 isn't read with a year, and so asked about. 长期坚持，每月调度 and 下月底 have no month of a year.
    return words.prefixMatch(of: /\d{1,2}\.\d/) != nil
      || zip(words, words.dropFirst()).contains { $0.isNumber && "月季".contains($1) }
      || ["节", "除夕", "国庆", "中秋", "端午", "五一"].contains(where: words.contains)
  }
}
