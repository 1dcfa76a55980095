/// Finds what a mistyped name was meant to be.
enum NearestName {
  /// The candidate with the fewest changed letters; the first of equals.
  static func of(_ name: String, in candidates: some Sequence<String>) -> String {
    candidates.map { ($0, distance(name, $0)) }.min { $0.1 < $1.1 }?.0 ?? ""
  }

  /// Levenshtein's distance, in bytes.
  private static func distance(_ left: String, _ right: String) -> Int {
    let (a, b) = (Array(left.utf8.prefix(100)), Array(right.utf8.prefix(100)))
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let replaced = diagonal + (x == y ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
      }
    }
    return row[b.count]
  }
}
