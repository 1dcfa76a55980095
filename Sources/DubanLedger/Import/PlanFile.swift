public import DubanCore

/// Reads a plan's text from the kinds of files that plans are published in.
public enum PlanFile {
  /// 64 MiB: scanned PDFs are large, and what has more pages than that is no plan.
  static let limit = 64 << 20

  /// The text of a `.txt`, `.docx` or `.pdf` file, or why there is none. The file's first bytes decide what it is,
  /// whatever its name says.
  ///
  /// A line of the result is a line of a text file, a line of a PDF's page, or a paragraph or table row of a
  /// `.docx`.
  public static func text(of file: String) -> Result<String, Diagnostic> {
    SourceFile.bytes(file, limit: limit).flatMap { bytes in
      if bytes.starts(with: Array("%PDF".utf8)) { return PDFText.text(of: file) }
      if bytes.starts(with: Array("PK".utf8)) { return DocxText.text(of: bytes, file: file) }
      return plainText(bytes, file: file)
    }
  }

  private static func plainText(_ bytes: [UInt8], file: String) -> Result<String, Diagnostic> {
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      return .failure(
        Diagnostic(
          .error, at: Diagnostic.Location(file: file), "this is an old binary document (.doc, .wps)",
          help: "open it in Word, WPS or LibreOffice and save it as .docx"))
    }
    do throws(TextEncoding.Failure) {
      return .success(String(decoding: try TextEncoding.utf8(bytes, file: file), as: UTF8.self))
    } catch {
      return .failure(error.diagnostic)
    }
  }
}
