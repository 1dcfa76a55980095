/// How many there are of each light.
struct LightCounts {
  private var counts: (green: Int, blue: Int, yellow: Int, red: Int) = (0, 0, 0, 0)

  /// One more.
  mutating func count(_ light: Light, _ number: Int = 1) {
    switch light {
    case .green: counts.green += number
    case .blue: counts.blue += number
    case .yellow: counts.yellow += number
    case .red: counts.red += number
    }
  }

  /// The numbers that aren't 0.
  var lights: [Light: Int] {
    [.green: counts.green, .blue: counts.blue, .yellow: counts.yellow, .red: counts.red]
      .filter { $0.value > 0 }
  }
}
