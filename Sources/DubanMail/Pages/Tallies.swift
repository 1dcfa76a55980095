internal import DubanCore

/// Counts by light as tiles and bars that are nothing but table cells.
struct Tallies {
  let items: ItemRecords

  /// One tile per light, the most urgent first, zeros included.
  func tiles(_ total: Overview.Tally) -> [TemplateRecord] {
    Light.allCases.sorted(by: >).map { light in
      var record = TemplateRecord()
      items.light(light, into: &record)
      record[.count] = String(total.lights[light] ?? 0)
      record[.countPadded] = Self.leftPadded(total.lights[light] ?? 0)
      record[.lightPadded] = DisplayWidth.padded(record[.light], to: 8)
      return record
    }
  }

  /// One bar per tally, as long as its total compared with the greatest one.
  func bars(_ tallies: [Overview.Tally]) -> [TemplateRecord] {
    let greatest = max(1, tallies.map(\.total).max() ?? 1)
    let names = tallies.map { CleanText.line($0.name, limit: 30) }
    let column = names.map { DisplayWidth.of($0) }.max() ?? 0
    return zip(tallies, names).map { tally, name in
      var record = TemplateRecord()
      record[.name] = name
      record[.namePadded] = DisplayWidth.padded(name, to: column)
      record[.total] = String(tally.total)
      record[.totalPadded] = Self.leftPadded(tally.total)
      record[.barWidth] = String(max(1, tally.total * 100 / greatest))
      let parts = Light.allCases.sorted(by: >).compactMap { light -> (Light, Int)? in
        tally.lights[light].flatMap { $0 > 0 ? (light, $0) : nil }
      }
      record.set(.segments, zip(parts, widths(of: parts.map(\.1))).map(segment))
      record[.breakdown] = parts.map { "\(items.lights[$0].name)\($1)" }
        .joined(separator: "，")
      return record
    }
  }

  private static func leftPadded(_ number: Int) -> String {
    String(repeating: " ", count: max(0, 3 - String(number).count)) + String(number)
  }

  private func segment(_ part: (Light, Int), width: Int) -> TemplateRecord {
    var record = TemplateRecord()
    items.light(part.0, into: &record)
    record[.count] = String(part.1)
    record[.width] = String(width)
    return record
  }

  /// Whole percents that add up to 100.
  private func widths(of counts: [Int]) -> [Int] {
    let total = max(1, counts.reduce(0, +))
    var (widths, sum, used) = ([Int](), 0, 0)
    for count in counts {
      sum += count
      widths.append(sum * 100 / total - used)
      used = sum * 100 / total
    }
    return widths
  }
}
