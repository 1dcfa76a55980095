internal import DubanCore
internal import Glibc

/// Counts by light as tiles and bars. In a mail bars are nothing but table cells; on the page they are drawn, not styled:
/// they print as they look, and no inline style has to be allowed.
extension ItemRecords {
  /// One tile per light, the most urgent first, zeros included.
  func tiles(_ total: Overview.Tally) -> [TemplateRecord] {
    Light.allCases.sorted(by: >).map { light in
      var record = keyed(light)
      record[.count] = String(total.lights[light] ?? 0)
      record[.countPadded] = Self.leftPadded(total.lights[light] ?? 0)
      record[.lightPadded] = DisplayWidth.padded(record[.light], to: 8)
      record[.lightLifted] = lights[light].color.lifted.text
      return record
    }
  }

  /// One bar per tally, as long as its total compared with the greatest one.
  ///
  /// - Parameter column: `area` or `unit`, of the page's table: a click on a bar shows the measures with its name there;
  ///   nil in a mail.
  func bars(_ tallies: [Overview.Tally], of column: String? = nil) -> [TemplateRecord] {
    let greatest = max(1, tallies.map(\.total).max() ?? 1)
    let names = tallies.map { CleanText.line($0.name, limit: column == nil ? 30 : 60) }
    let longest = names.map { DisplayWidth.of($0) }.max() ?? 0
    return zip(tallies, names).map { tally, name in
      var record = TemplateRecord()
      record[.column] = column ?? ""
      record[.name] = name
      record[.namePadded] = DisplayWidth.padded(name, to: longest)
      record[.total] = String(tally.total)
      record[.totalPadded] = Self.leftPadded(tally.total)
      record[.barWidth] = String(max(1, tally.total * 100 / greatest))
      let parts = Light.allCases.sorted(by: >).compactMap { light -> (light: Light, count: Int)? in
        tally.lights[light].flatMap { $0 > 0 ? (light, $0) : nil }
      }
      var before = 0
      var segments: [TemplateRecord] = []
      for part in parts {
        var segment = keyed(part.light)
        segment[.count] = String(part.count)
        if column == nil {
          // Whole percents of the bar, which add up to 100.
          segment[.width] = String(
            (before + part.count) * 100 / tally.total - before * 100 / tally.total)
        } else {
          segment[.offset] = Self.percent(before, of: greatest)
          segment[.width] = Self.percent(part.count, of: greatest)
        }
        segments.append(segment)
        before += part.count
      }
      record.set(.segments, segments)
      record[.breakdown] = parts.map { "\(lights[$0.light].name)\($0.count)" }.joined(separator: "，")
      return record
    }
  }

  func keyed(_ light: Light) -> TemplateRecord {
    var record = TemplateRecord()
    self.light(light, into: &record)
    record[.lightKey] = light.rawValue
    return record
  }

  private static func leftPadded(_ number: Int) -> String {
    String(repeating: " ", count: max(0, 3 - String(number).count)) + String(number)
  }

  /// Percent with two decimals, cut and not rounded, so that parts never exceed the whole.
  private static func percent(_ part: Int, of whole: Int) -> String {
    let hundredths = part * 10_000 / whole
    let decimals = hundredths % 100
    return "\(hundredths / 100).\(decimals < 10 ? "0" : "")\(decimals)"
  }
}

/// How the lights are printed: names cleaned, colours checked, and worked out once for all mails.
struct LightLooks: Sendable {
  struct Look: Sendable {
    let name: String
    let color: HexColor
    let colorText: String
    let tint: String

    init(_ look: LightScheme.Look) {
      // A configured colour is used only where it is one, and as dark as white text on it and it on its tint must have it.
      let given = HexColor(look.color) ?? HexColor(red: 0x55, green: 0x55, blue: 0x55)
      color = given.readable(on: given.tint)
      name = CleanText.line(look.name, limit: 8)
      (colorText, tint) = (color.text, given.tint.text)
    }
  }

  private let looks: [Light: Look]

  init(_ scheme: LightScheme) {
    looks = Dictionary(uniqueKeysWithValues: Light.allCases.map { ($0, Look(scheme.look($0))) })
  }

  /// Every light has a look.
  subscript(light: Light) -> Look { looks[light] ?? Look(LightScheme().look(light)) }
}

/// A colour as `#rrggbb`.
struct HexColor: Hashable {
  var red: UInt8
  var green: UInt8
  var blue: UInt8

  static let white = HexColor(red: 255, green: 255, blue: 255)

  /// The same colour, so light that black text reads well on it.
  var tint: HexColor { mixed(with: 255, share: 9, of: 10) }

  /// The same colour, light enough for a dark page.
  var lifted: HexColor { mixed(with: 255, share: 7, of: 20) }

  /// `#rrggbb`.
  var text: String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// How well one colour is read on the other, from 1 to 21 (WCAG 2.1, "contrast ratio").
  func contrast(with other: HexColor) -> Double {
    let (darker, lighter) = (min(luminance, other.luminance), max(luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)
  }

  /// The same colour, as dark as it must be to be read on that light ground: a contrast of 4.5 (WCAG 2.1, 1.4.3).
  func readable(on ground: HexColor) -> HexColor {
    var color = self
    while color.contrast(with: ground) < 4.5, color != HexColor(red: 0, green: 0, blue: 0) {
      color = HexColor(
        red: UInt8(Int(color.red) * 24 / 25), green: UInt8(Int(color.green) * 24 / 25),
        blue: UInt8(Int(color.blue) * 24 / 25))
    }
    return color
  }

  private func mixed(with other: Int, share: Int, of all: Int) -> HexColor {
    func mixed(_ part: UInt8) -> UInt8 { UInt8((Int(part) * (all - share) + other * share) / all) }
    return HexColor(red: mixed(red), green: mixed(green), blue: mixed(blue))
  }

  /// Relative luminance (WCAG 2.1).
  private var luminance: Double {
    func linear(_ part: UInt8) -> Double {
      let value = Double(part) / 255
      return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }
}

extension HexColor {
  /// Reads `#rrggbb`, and nothing else.
  init?(_ text: String) {
    guard text.utf8.count == 7, text.hasPrefix("#"), !text.contains("+"),
      let number = UInt32(text.dropFirst(), radix: 16)
    else { return nil }
    self.init(
      red: UInt8(number >> 16 & 255), green: UInt8(number >> 8 & 255), blue: UInt8(number & 255))
  }
}
