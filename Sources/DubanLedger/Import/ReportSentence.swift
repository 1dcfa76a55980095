import DubanCore

/// The sentence in which a plan says when everyone reports to whom.
struct ReportSentence {
  /// Why its dates aren't certain.
  struct Doubt: Error {
    var reason: String
  }

  /// The words between 于 and 前.
  let words: String
  /// The office that the reports go to.
  let unit: String

  /// Finds `于…前报UNIT` in a paragraph; nil where there is no such sentence.
  init?(in text: String) {
    let squeezed = text.squeezed
    for verb in ["前报送至", "前报送到", "前报送", "前上报至", "前上报", "前报至", "前报到", "前报"] {
      guard let end = squeezed.firstRange(of: verb) else { continue }
      let before = squeezed[..<end.lowerBound]
      guard let start = before.ranges(of: "于").last?.upperBound ?? before.lastSentence,
        before[start...].contains("月"), before.distance(from: start, to: before.endIndex) <= 60
      else { continue }
      let unit = squeezed[end.upperBound...].prefix { !"，。；、,;（(".contains($0) }
      words = String(before[start...])
      self.unit = NameList.looksLikeUnit(String(unit)) ? String(unit) : ""
      return
    }
    return nil
  }

  /// The dates. A year goes on to the dates after it; without one they are of the year of issue, unless one lies
  /// before the day of issue.
  func dates(issued: CivilDate?) -> Result<[CivilDate], Doubt> {
    var rest = words[...]
    var (year, dates) = (issued?.year, [CivilDate]())
    var hasYear = false
    while !rest.isEmpty {
      if let named = PlanDate.year(&rest) { (year, hasYear) = (named, true) }
      guard let (month, day) = PlanDate.monthAndDay(&rest) else {
        return .failure(Doubt(reason: "the report dates “\(words)” can't be read for certain"))
      }
      guard let year else { return .failure(Doubt(reason: "the report dates “\(words)” have no year")) }
      guard let date = CivilDate(year: year, month: month, day: day) else {
        return .failure(Doubt(reason: "“\(month)月\(day)日” among the report dates doesn't exist"))
      }
      if !hasYear, let issued, date < issued {
        return .failure(
          Doubt(reason: "“\(month)月\(day)日” among the report dates lies before the day of issue"))
      }
      dates.append(date)
      rest = rest.drop { "、，,和及前".contains($0) }
    }
    return .success(dates.sorted())
  }
}

extension Substring {
  /// Where the last sentence begins.
  fileprivate var lastSentence: String.Index? {
    lastIndex { "，。；：,;".contains($0) }.map { index(after: $0) }
  }
}
