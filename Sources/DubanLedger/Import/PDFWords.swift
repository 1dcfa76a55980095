/// Collects the words of `pdftotext -bbox-layout`, with their places in points from a page's top left corner.
final class PDFWords: XMLPart.Handler {
  /// A run of characters without a space.
  struct Word: Sendable {
    var text: String
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double

    var middle: Double { (top + bottom) / 2 }
    var center: Double { (left + right) / 2 }

    /// The size of its characters, from how wide they are: a font may claim any height. Ideographs are square, others are
    /// taken as half as wide.
    var em: Double {
      let width = text.unicodeScalars.reduce(0.0) { $0 + ($1.value >= 0x2E80 ? 1 : 0.5) }
      return min(bottom - top, max(1, (right - left) / max(0.5, width)))
    }
  }

  /// A page's words, in the program's order.
  struct Page: Sendable {
    var width: Double
    var height: Double
    var words: [Word] = []
  }

  private(set) var pages: [Page] = []
  let isDone = false
  private var isWord = false

  func begin(_ element: Substring, _ attributes: [String: String]) {
    // A damaged file can place a word anywhere; no page is larger than this.
    func number(_ name: String) -> Double {
      let number = attributes[name].flatMap { Double($0) } ?? 0
      return number.isFinite ? min(max(number, -100_000), 100_000) : 0
    }
    switch element {
    case "page":
      isWord = false
      pages.append(Page(width: number("width"), height: number("height")))
    case "word" where !pages.isEmpty:
      isWord = true
      let word = Word(
        text: "", left: number("xMin"), right: number("xMax"), top: number("yMin"), bottom: number("yMax"))
      pages[pages.count - 1].words.append(word)
    default: break
    }
  }

  func end(_ element: Substring) {
    guard element == "word", isWord else { return }
    isWord = false
    guard let last = pages[pages.count - 1].words.popLast(), !last.text.isEmpty, last.right >= last.left,
      last.bottom > last.top
    else { return }
    pages[pages.count - 1].words.append(last)
  }

  func characters(_ text: String) {
    guard isWord else { return }
    let page = pages.count - 1
    pages[page].words[pages[page].words.count - 1].text += text
  }
}
