internal import DubanCore

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
