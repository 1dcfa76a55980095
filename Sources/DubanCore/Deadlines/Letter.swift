/// One character of a phrase in its plain form, and where it came from.
struct Letter {
  /// The character's code in the basic plane, folded: half width, simplified, one sign for each dash or quote.
  var code: UInt16
  /// Whether white space stood before it.
  var afterSpace: Bool
  /// Its place among the scalars of the original text.
  var source: Int32

  /// Letters that are there for as long as they are read: no phrase is worth an array of its own for them. Their
  /// bounds are checked in debug builds, in which the tests read random texts.
  typealias Buffer = UnsafeBufferPointer<Letter>

  /// Has `read` read the letters of a text, without white space and invisible characters. Inlined, so that what `read`
  /// uses isn't retained for it: a tenth of the time that a phrase takes.
  @inline(__always)
  static func withLetters<Result>(of text: String, _ read: (Buffer) -> Result) -> Result {
    var text = text
    return text.withUTF8 { bytes in
      withUnsafeTemporaryAllocation(of: Letter.self, capacity: bytes.count) { letters in
        let count = fill(letters, from: bytes)
        return read(Buffer(rebasing: letters[..<count]))
      }
    }
  }

  /// Writes the letters of a text to `letters`, which has room for one a byte, and tells how many they are.
  private static func fill(
    _ letters: UnsafeMutableBufferPointer<Letter>, from bytes: UnsafeBufferPointer<UInt8>
  ) -> Int {
    let folding = Folding.standard
    var (count, index, source, spaced) = (0, 0, Int32(0), false)
    while index < bytes.count {
      let (scalar, size) = UTF8Scalar.at(index, of: bytes)
      let code = folding.folded(scalar)
      if code == Folding.space {
        spaced = true
      } else if code != Folding.nothing {
        letters.initializeElement(at: count, to: Letter(code: code, afterSpace: spaced, source: source))
        count += 1
        spaced = false
      }
      source += 1
      index += size
    }
    return count
  }
}
