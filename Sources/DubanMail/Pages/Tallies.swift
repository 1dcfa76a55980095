internal import DubanCore
internal import Glibc

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

  private let green: Look
  private let blue: Look
  private let yellow: Look
  private let red: Look

  init(_ scheme: LightScheme) {
    green = Look(scheme.look(.green))
    blue = Look(scheme.look(.blue))
    yellow = Look(scheme.look(.yellow))
    red = Look(scheme.look(.red))
  }

  subscript(light: Light) -> Look {
    switch light {
    case .green: green
    case .blue: blue
    case .yellow: yellow
    case .red: red
    }
  }
}

/// A colour as `#rrggbb`.
struct HexColor: Hashable {
  var red: UInt8
  var green: UInt8
  var blue: UInt8

  static let white = HexColor(red: 255, green: 255, blue: 255)

  init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// Reads `#rrggbb`, and nothing else.
  init?(_ text: String) {
    guard text.utf8.count == 7, text.hasPrefix("#"), !text.contains("+"),
      let number = UInt32(text.dropFirst(), radix: 16)
    else { return nil }
    self.init(
      red: UInt8(number >> 16 & 255), green: UInt8(number >> 8 & 255), blue: UInt8(number & 255))
  }

  /// The same colour, so light that black text reads well on it.
  var tint: HexColor { mixed(with: 255, parts: 9) }

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

  private func mixed(with other: Int, parts: Int) -> HexColor {
    func mixed(_ part: UInt8) -> UInt8 { UInt8((Int(part) * (10 - parts) + other * parts) / 10) }
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
