/// A colour as `#rrggbb`.
struct HexColor {
  var red: UInt8
  var green: UInt8
  var blue: UInt8

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
  var tint: HexColor {
    func mixed(_ part: UInt8) -> UInt8 { UInt8((Int(part) + 255 * 9) / 10) }
    return HexColor(red: mixed(red), green: mixed(green), blue: mixed(blue))
  }

  /// `#rrggbb`.
  var text: String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
