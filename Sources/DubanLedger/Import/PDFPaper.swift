import DubanCore
import Foundation

/// Reads a PDF with `pdftotext` (poppler-utils): its words with their places on the pages.
enum PDFPaper {
  /// 64 MiB of words with their places, which take some 100 bytes each: a plan has less than two.
  private static let limit = 64 << 20

  /// Seconds: a plan takes less than one.
  private static let longest = 60

  /// The document; an error where the program is missing or refuses the file, or where the pages are pictures.
  static func paper(of file: String) -> Result<Paper, Diagnostic> {
    func failure(_ message: String, help: String) -> Result<Paper, Diagnostic> {
      .failure(Diagnostic(.error, at: Diagnostic.Location(file: file), message, help: help))
    }
    guard let program = Program("pdftotext") else {
      return failure(
        "reading a PDF needs the program pdftotext, which is not installed",
        help: "install it (apt-get install poppler-utils), or save the plan as .docx or .txt")
    }
    // An absolute path can't be taken for an option.
    let path = URL(fileURLWithPath: file).path
    let (output, complaints) = (Pipe(), Pipe())
    var (bytes, words) = (Data(), "")
    let ending = program.run(
      ["-enc", "UTF-8", "-bbox-layout", path, "-"], seconds: longest, output: output, complaints: complaints
    ) { (bytes, words) = drain(output, complaints, $0) }
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
      guard let paper = try paper(ofWords: bytes) else {
        return failure(
          "the PDF has no text: its pages are pictures",
          help: "ask for the original file, or use text recognition first")
      }
      return .success(paper)
    } catch {
      return failure("the words of the PDF can't be read (\(error))", help: "save the plan as .docx")
    }
  }

  /// The document of the words that `pdftotext -bbox-layout` prints; nil where there are none.
  static func paper(ofWords bytes: Data) throws(XMLPart.Failure) -> Paper? {
    let places = PDFWords()
    try XMLPart.read(withoutDeclaration(bytes), with: places)
    return places.pages.contains { !$0.words.isEmpty } ? PDFLayout.paper(places.pages) : nil
  }

  /// The program's output without its document type and without the control characters that no XML may hold.
  private static func withoutDeclaration(_ bytes: Data) -> [UInt8] {
    var text = String(decoding: bytes, as: UTF8.self)
    if let start = text.firstRange(of: "<!DOCTYPE"), let end = text[start.upperBound...].firstIndex(of: ">") {
      text.removeSubrange(start.lowerBound...end)
    }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars
    where scalar.value >= 0x20 && scalar.value & 0xFFFE != 0xFFFE || "\n\t".unicodeScalars.contains(scalar) {
      scalars.append(scalar)
    }
    return Array(String(scalars).utf8)
  }

  /// Reads both pipes to their ends, the complaints on a queue of their own: either pipe may fill up first.
  private static func drain(_ output: Pipe, _ complaints: Pipe, _ process: Process) -> (Data, String) {
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
