import DubanCore
import Foundation

/// Reads a PDF with `pdftotext` (poppler-utils): its words with their places on the pages.
enum PDFPaper {
  /// 64 MiB of words with their places, which take some 100 bytes each: a plan has less than two.
  private static let limit = 64 << 20

  /// The document; an error where the program is missing or refuses the file, or where the pages are pictures.
  static func paper(of file: String) -> Result<Paper, Diagnostic> {
    func failure(_ message: String, help: String) -> Result<Paper, Diagnostic> {
      .failure(Diagnostic(.error, at: Diagnostic.Location(file: file), message, help: help))
    }
    guard let program = program else {
      return failure(
        "reading a PDF needs the program pdftotext, which is not installed",
        help: "install it (apt-get install poppler-utils), or save the plan as .docx or .txt")
    }
    let process = Process()
    process.executableURL = program
    // An absolute path can't be taken for an option.
    let path = URL(fileURLWithPath: file).path
    process.arguments = ["-enc", "UTF-8", "-bbox-layout", path, "-"]
    let (output, complaints) = (Pipe(), Pipe())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = complaints
    do { try process.run() } catch {
      return failure("pdftotext can't be started: \(SystemWords.of(error))", help: "see \(program.path)")
    }
    let (bytes, words) = drain(output, complaints, process)
    process.waitUntilExit()
    guard bytes.count <= limit else {
      return failure("the PDF has more than \(limit) bytes of text", help: "is it the right file?")
    }
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      return failure(
        "pdftotext refuses the file: \(words)", help: "open it and save it anew, or save it as .docx")
    }
    let places = PDFWords()
    do { try XMLPart.read(Self.withoutDeclaration(bytes), with: places) } catch {
      return failure("the words of the PDF can't be read (\(error))", help: "save the plan as .docx")
    }
    guard places.pages.contains(where: { !$0.words.isEmpty }) else {
      return failure(
        "the PDF has no text: its pages are pictures",
        help: "ask for the original file, or use text recognition first")
    }
    return .success(PDFLayout.paper(places.pages))
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

  /// The program on the search path; nil where it isn't installed.
  private static var program: URL? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return path.split(separator: ":").map {
      URL(fileURLWithPath: String($0)).appendingPathComponent("pdftotext")
    }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) }
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
