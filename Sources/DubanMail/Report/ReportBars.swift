internal import DubanCore

/// Counts by light as tiles and bars that are drawn, not styled: they print as they look, and no inline style has
/// to be allowed.
struct ReportBars {
  let items: ItemRecords

  /// One tile per light, the most urgent first, zeros included.
  func tiles(_ total: Overview.Tally) -> [TemplateRecord] {
    Light.allCases.sorted(by: >).map { light in
      var record = items.keyed(light)
      record[.count] = String(total.lights[light] ?? 0)
      record[.lightLifted] = items.lights[light].color.lifted.text
      return record
    }
  }

  /// One bar per tally, as long as its total compared with the greatest one; a click on it shows the measures
  /// with its name in that column, `area` or `unit`.
  func bars(_ tallies: [Overview.Tally], of column: String) -> [TemplateRecord] {
    let greatest = max(1, tallies.map(\.total).max() ?? 1)
    return tallies.map { tally in
      var record = TemplateRecord()
      record[.column] = column
      record[.name] = CleanText.line(tally.name, limit: 60)
      record[.total] = String(tally.total)
      let parts = Light.allCases.sorted(by: >).compactMap { light -> (light: Light, count: Int)? in
        tally.lights[light].flatMap { $0 > 0 ? (light, $0) : nil }
      }
      var before = 0
      var segments: [TemplateRecord] = []
      for part in parts {
        var segment = items.keyed(part.light)
        segment[.count] = String(part.count)
        segment[.offset] = Self.percent(before, of: greatest)
        segment[.width] = Self.percent(part.count, of: greatest)
        segments.append(segment)
        before += part.count
      }
      record.set(.segments, segments)
      record[.breakdown] = parts.map { "\(items.lights[$0.light].name)\($0.count)" }.joined(separator: "，")
      return record
    }
  }

  /// Percent with two decimals, cut and not rounded, so that parts never exceed the whole.
  private static func percent(_ part: Int, of whole: Int) -> String {
    let hundredths = part * 10_000 / whole
    let decimals = hundredths % 100
    return "\(hundredths / 100).\(decimals < 10 ? "0" : "")\(decimals)"
  }
}

extension ItemRecords {
  /// Name, colours and key of a light.
  func keyed(_ light: Light) -> TemplateRecord {
    var record = TemplateRecord()
    self.light(light, into: &record)
    record[.lightKey] = light.rawValue
    return record
  }
}

extension HexColor {
  /// The same colour, light enough for a dark page.
  var lifted: HexColor {
    func mixed(_ part: UInt8) -> UInt8 { UInt8((Int(part) * 13 + 255 * 7) / 20) }
    return HexColor(red: mixed(red), green: mixed(green), blue: mixed(blue))
  }
}
