import DubanCore
import Foundation

/// Reads a PDF with `pdftotext` and `pdftocairo` (poppler-utils): its words with their places on the pages, and the ruled
/// lines of its tables.
enum PDFDocument {
  /// 64 MiB of words with their places, which take some 100 bytes each, or of drawings, which take some 300 kB a page: a plan
  /// has less than two of words.
  private static let limit = 64 << 20

  /// Seconds: a plan takes less than one.
  private static let longest = 60

  /// The document; an error where the program is missing or refuses the file, or where the pages are pictures.
  static func document(of file: String) -> Result<PlanDocument, Diagnostic> {
    func failure(_ message: String, help: String) -> Result<PlanDocument, Diagnostic> {
      .failure(Diagnostic(.error, at: Diagnostic.Location(file: file), message, help: help))
    }
    guard let program = Program("pdftotext") else {
      return failure(
        "reading a PDF needs the program pdftotext, which is not installed",
        help: "install it (apt-get install poppler-utils), or save the plan as .docx or .txt")
    }
    // An absolute path can't be taken for an option.
    let path = URL(fileURLWithPath: file).path
    let (ending, bytes, words) = output(
      of: program, ["-enc", "UTF-8", "-bbox-layout", path, "-"])
    if case .notStarted(let reason) = ending {
      return failure("pdftotext can't be started: \(reason)", help: "see \(program.path)")
    }
    if ending == .timedOut {
      return failure(
        "pdftotext took longer than \(longest) s over the file", help: "open it and save it anew, or as .docx"
      )
    }
    guard bytes.count <= limit else {
      return failure("the PDF has more than \(limit) bytes of text", help: "is it the right file?")
    }
    guard ending == .exited(0) else {
      return failure(
        "pdftotext refuses the file: \(words)", help: "open it and save it anew, or save it as .docx")
    }
    do {
      let pages = try pages(ofWords: bytes)
      guard pages.contains(where: { !$0.words.isEmpty }) else {
        return failure(
          "the PDF has no text: its pages are pictures",
          help: "ask for the original file, or use text recognition first")
      }
      guard let rules = rules(of: path, pages) else {
        var document = PDFLayout.document(pages)
        let hasTable = document.blocks.contains { if case .table = $0 { true } else { false } }
        if hasTable {
          document.findings.doubt(
            [],
            "the ruled lines of the PDF's tables can't be had: their rows are read by the places of the words",
            help: "compare the tables with the ledger, or import the plan as .docx")
        }
        return .success(document)
      }
      return .success(PDFLayout.document(pages, rules: rules))
    } catch {
      return failure("the words of the PDF can't be read (\(error))", help: "save the plan as .docx")
    }
  }

  /// The document of the words that `pdftotext -bbox-layout` prints, and of the drawings that `pdftocairo -svg` prints of
  /// the same pages; nil where there are no words.
  static func document(ofWords words: Data, drawings: Data? = nil) throws(XMLPart.Failure) -> PlanDocument? {
    let pages = try pages(ofWords: words)
    let rules = PDFRules()
    if let drawings { try XMLPart.read([UInt8](drawings), with: rules) }
    return pages.contains { !$0.words.isEmpty } ? PDFLayout.document(pages, rules: rules.pages) : nil
  }

  private static func pages(ofWords bytes: Data) throws(XMLPart.Failure) -> [PDFWords.Page] {
    let places = PDFWords()
    try XMLPart.read(withoutDeclaration(bytes), with: places)
    return places.pages
  }

  /// The ruled lines of each page; nil where `pdftocairo` can't be had to draw them. Pages before the first that may hold
  /// a table are left out.
  private static func rules(of path: String, _ pages: [PDFWords.Page]) -> [[PDFRules.Rule]]? {
    let first = pages.firstIndex { page in
      PDFLayout.rows(of: page.words).contains {
        PDFLayout.Line(words: $0, number: 0, page: 0).segments.count > 2
      }
    }
    guard let first else { return [] }
    guard let program = Program("pdftocairo") else { return nil }
    let (ending, bytes, _) = output(
      of: program,
      ["-svg", "-noshrink", "-nocenter", "-origpagesizes", "-f", String(first + 1), path, "-"])
    let rules = PDFRules()
    guard ending == .exited(0), bytes.count <= limit,
      (try? XMLPart.read([UInt8](bytes), with: rules)) != nil,
      rules.pages.count == pages.count - first
    else { return nil }
    return Array(repeating: [], count: first) + rules.pages
  }

  /// Runs a program to its end, or until its output is larger than the limit.
  private static func output(
    of program: Program, _ arguments: [String]
  ) -> (ending: Program.Termination, bytes: Data, complaint: String) {
    let (output, complaints) = (Pipe(), Pipe())
    var (bytes, words) = (Data(), "")
    let ending = program.run(arguments, seconds: longest, output: output, complaints: complaints) {
      (bytes, words) = drain(output, complaints, $0)
    }
    return (ending, bytes, words)
  }

  /// The program's output without its document type and without the control characters that no XML may hold.
  private static func withoutDeclaration(_ bytes: Data) -> [UInt8] {
    var text = String(decoding: bytes, as: UTF8.self)
    if let start = text.firstRange(of: "<!DOCTYPE"), let end = text[start.upperBound...].firstIndex(of: ">") {
      text.removeSubrange(start.lowerBound...end)
    }
    return Array(XMLText.allowed(text).utf8)
  }

  /// Reads both pipes to their ends, the complaints on a queue of their own: either pipe may fill up first.
  private static func drain(
    _ output: Pipe, _ complaints: Pipe, _ process: Process
  ) -> (Data, String) {
    let words = Complaints()
    let group = DispatchGroup()
    let errors = complaints.fileHandleForReading
    DispatchQueue.global().async(group: group) {
      while let chunk = try? errors.read(upToCount: 64 << 10), !chunk.isEmpty { words.append(chunk) }
    }
    var bytes = Data()
    while bytes.count <= limit, let chunk = try? output.fileHandleForReading.read(upToCount: 1 << 20),
      !chunk.isEmpty
    {
      bytes.append(chunk)
    }
    if bytes.count > limit { process.terminate() }
    group.wait()
    return (bytes, words.firstLine)
  }

  /// What the program says on standard error; only its beginning is kept.
  ///
  /// Unchecked because the queue that appends has left the group before anything is read.
  private final class Complaints: @unchecked Sendable {
    private var bytes = Data()

    func append(_ chunk: Data) { if bytes.count < 4096 { bytes.append(chunk.prefix(4096)) } }

    var firstLine: String {
      let text = String(decoding: bytes, as: UTF8.self)
      return text.split(whereSeparator: \.isNewline).first.map(String.init)?.excerpt ?? "it says nothing"
    }
  }
}

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
