internal import Glibc

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
