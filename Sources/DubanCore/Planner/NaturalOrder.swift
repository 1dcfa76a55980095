/// The order in which people expect numbered things: `2.1` before `10.1`.
public enum NaturalOrder {
  /// Whether `left` comes before `right`, comparing runs of digits as numbers.
  public static func isBefore(_ left: String, _ right: String) -> Bool {
    let (a, b) = (parts(left), parts(right))
    for (x, y) in zip(a, b) where x != y {
      switch (x, y) {
      case (.number(let m), .number(let n)): return m < n
      case (.number, .text): return true
      case (.text, .number): return false
      case (.text(let s), .text(let t)): return s < t
      }
    }
    return a.count != b.count ? a.count < b.count : left < right
  }

  private enum Part: Equatable {
    case number(UInt64)
    case text(Substring)
  }

  private static func parts(_ text: String) -> [Part] {
    var (parts, rest) = ([Part](), text[...])
    while let first = rest.first {
      let isDigit = first.isASCII && first.isNumber
      let run = rest.prefix { ($0.isASCII && $0.isNumber) == isDigit }
      parts.append(isDigit ? UInt64(run).map(Part.number) ?? .text(run) : .text(run))
      rest = rest[run.endIndex...]
    }
    return parts
  }
}
