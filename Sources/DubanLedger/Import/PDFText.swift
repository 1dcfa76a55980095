import DubanCore
import Foundation

/// Takes the text out of a PDF with `pdftotext` (poppler-utils).
enum PDFText {
  /// How the text is laid out.
  enum Layout: Sendable {
    /// As on the page, so that a table's cells keep their places.
    case page
    /// In reading order.
    case reading
  }

  /// 64 MiB of text: a plan has less than one.
  private static let limit = 64 << 20

  /// The text, pages separated by form feeds; an error where the program is missing or refuses the file.
  static func text(of file: String, layout: Layout = .page) -> Result<String, Diagnostic> {
    func failure(_ message: String, help: String) -> Result<String, Diagnostic> {
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
    process.arguments = ["-enc", "UTF-8"] + (layout == .page ? ["-layout"] : []) + [path, "-"]
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
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.contains(where: { !$0.isWhitespace }) else {
      return failure(
        "the PDF has no text: its pages are pictures",
        help: "ask for the original file, or use text recognition first")
    }
    return .success(text)
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
