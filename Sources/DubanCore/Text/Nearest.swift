/// Finds the word that was probably meant.
public enum Nearest {
  /// The valid word with the fewest edits from `word`, when that is close enough to be a slip of the pen: at most
  /// a third of the longer word's length, and one edit for the two- and three-character names of people.
  public static func word(to word: String, among valid: some Sequence<String>) -> String? {
    let typed = Array(word.lowercased())
    var best: (word: String, edits: Int)?
    for candidate in valid {
      let letters = Array(candidate.lowercased())
      let longest = max(typed.count, letters.count)
      guard longest >= 2 else { continue }
      let allowed = max(1, longest / 3)
      guard abs(typed.count - letters.count) <= allowed else { continue }
      let edits = distance(typed, letters)
      if edits <= allowed, edits < best?.edits ?? .max { best = (candidate, edits) }
    }
    return best?.word
  }

  /// The number of insertions, deletions, replacements and swaps of neighbours that turn one into the other
  /// (the restricted Damerau–Levenshtein distance).
  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for i in left.indices {
      var current = [i + 1]
      for j in right.indices {
        var cost = Swift.min(previous[j + 1], current[j]) + 1
        cost = Swift.min(cost, previous[j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          cost = Swift.min(cost, beforePrevious[j - 1] + 1)
        }
        current.append(cost)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[right.count]
  }
}
