/// One character of a phrase in its plain form, and where it came from.
struct Letter {
  /// The character's code in the basic plane, folded: half width, simplified, one sign for each dash or quote.
  var code: UInt16
  /// Whether white space stood before it.
  var afterSpace: Bool
  /// Its place among the scalars of the original text.
  var source: Int32

  /// The letters of a text, without white space and invisible characters.
  static func letters(of text: String) -> [Letter] {
    var letters: [Letter] = []
    letters.reserveCapacity(text.utf8.count)
    var (source, spaced) = (Int32(0), false)
    for scalar in text.unicodeScalars {
      let code = Folding.folded(scalar.value)
      if code == Folding.space {
        spaced = true
      } else if code != Folding.nothing {
        letters.append(Letter(code: code, afterSpace: spaced, source: source))
        spaced = false
      }
      source += 1
    }
    return letters
  }
}
