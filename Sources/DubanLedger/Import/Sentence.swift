extension String {
  /// The first sentence without its full stop, and the rest of the text.
  ///
  /// A full stop inside brackets or quotation marks doesn't end the sentence, unless they are never closed.
  var sentence: (title: String, text: String) {
    var depth = 0
    var end: Index?
    for index in indices {
      if self[index].opensBracket { depth += 1 }
      if self[index].closesBracket { depth = Swift.max(0, depth - 1) }
      if self[index] == "。", depth == 0 {
        end = index
        break
      }
    }
    guard let end = end ?? (depth > 0 ? firstIndex(of: "。") : nil) else { return (trimmedWhitespace, "") }
    return (self[..<end].trimmedWhitespace, self[index(after: end)...].trimmedWhitespace)
  }
}
