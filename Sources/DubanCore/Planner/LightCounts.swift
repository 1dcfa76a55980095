/// How many there are of each light.
struct LightCounts {
  private var counts: (green: Int, blue: Int, yellow: Int, red: Int) = (0, 0, 0, 0)

  /// So many more.
  mutating func count(_ light: Light, _ items: Int = 1) {
    switch light {
    case .green: counts.green += items
    case .blue: counts.blue += items
    case .yellow: counts.yellow += items
    case .red: counts.red += items
    }
  }

  /// All of these too.
  mutating func add(_ other: LightCounts) {
    counts.green += other.counts.green
    counts.blue += other.counts.blue
    counts.yellow += other.counts.yellow
    counts.red += other.counts.red
  }

  /// Whether nothing was counted.
  var isEmpty: Bool { counts == (0, 0, 0, 0) }

  /// The numbers that aren't 0.
  var lights: [Light: Int] {
    [.green: counts.green, .blue: counts.blue, .yellow: counts.yellow, .red: counts.red]
      .filter { $0.value > 0 }
  }
}
