/// A text that begins with its number: `1、加快…`, `2.…`, `（3）…`.
struct NumberedText: Equatable {
  /// The number, from 1 to 999.
  var number: Int
  /// What follows.
  var text: String

  /// Reads the number and its sign; nil when the text begins in another way (`2022年…`, `0.5个…`).
  init?(_ text: String) {
    let isBracketed = text.hasPrefix("（") || text.hasPrefix("(")
    let body = isBracketed ? text.dropFirst() : text[...]
    let digits = body.prefix { "0123456789０１２３４５６７８９".contains($0) }
    guard (1...3).contains(digits.count) else { return nil }
    let number = digits.reduce(0) { $0 * 10 + ($1.wholeNumberValue ?? 0) }
    let rest = body.dropFirst(digits.count)
    guard number > 0, let sign = rest.first else { return nil }
    let after = rest.dropFirst()
    if isBracketed {
      guard "）)".contains(sign) else { return nil }
    } else {
      let isPoint = ".．".contains(sign) && !(after.first.map { $0.isNumber } ?? false)
      guard isPoint || "、）)".contains(sign) else { return nil }
    }
    self.number = number
    self.text = String(after).trimmedWhitespace
  }
}
