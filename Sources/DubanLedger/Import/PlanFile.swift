public import DubanCore

/// Reads a plan from the kinds of files that plans are published in.
public enum PlanFile {
  /// 64 MiB: scanned PDFs are large, and what has more pages than that is no plan.
  static let limit = 64 << 20

  /// The document in a `.txt`, `.docx`, `.pdf` or `.xlsx` file, or why it can't be read. The file's first bytes decide
  /// what it is, whatever its name says.
  ///
  /// A line is a line of a text file or of a PDF's page, a paragraph or table row of a `.docx`, or a row of a sheet.
  public static func paper(of file: String) -> Result<Paper, Diagnostic> {
    SourceFile.bytes(file, limit: limit).flatMap { bytes in
      if bytes.starts(with: Array("%PDF".utf8)) { return PDFPaper.paper(of: file) }
      if bytes.starts(with: Array("PK".utf8)) { return DocxText.paper(bytes, file: file) }
      return plainText(bytes, file: file)
    }
  }

  private static func plainText(_ bytes: [UInt8], file: String) -> Result<Paper, Diagnostic> {
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      return .failure(
        Diagnostic(
          .error, at: Diagnostic.Location(file: file), "this is an old binary document (.doc, .wps)",
          help: "open it in Word, WPS or LibreOffice and save it as .docx"))
    }
    do throws(TextEncoding.Failure) {
      return .success(Paper(text: String(decoding: try TextEncoding.utf8(bytes, file: file), as: UTF8.self)))
    } catch {
      return .failure(error.diagnostic)
    }
  }
}
