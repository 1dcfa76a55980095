import DubanCore

/// Reads a .docx document (ECMA-376 part 1, WordprocessingML): a paragraph or table row a line.
///
/// Numbers that Word keeps as list formats are written out, cells of merged columns repeat the first one's text,
/// and what a reviewer deleted is left out. Footnotes and endnotes come last.
enum DocxText {
  /// The document in `bytes`, or why it can't be read.
  static func paper(
    _ bytes: [UInt8], file: String, limits: TableLimits = .standard
  ) -> Result<Paper, Diagnostic> {
    func failure(_ message: String, help: String) -> Result<Paper, Diagnostic> {
      .failure(Diagnostic(.error, at: Diagnostic.Location(file: file), message, help: help))
    }
    do throws(Refusal) {
      return .success(try read(bytes, limits: limits))
    } catch {
      let again = "open it in Word, WPS or LibreOffice and save it anew as .docx"
      switch error {
      case .container(.missing): return failure("this zip container holds no Word document", help: again)
      case .container(.damaged(let reason)): return failure("the document is damaged: \(reason)", help: again)
      case .container(.encrypted): return failure("the document is encrypted", help: "remove the password")
      case .container(.tooLarge(let part)):
        return failure(
          "the document's part “\(part)” is too large, or packed too densely, to be a plan's", help: again)
      case .part(.malformed(let line)):
        return failure("line \(line) of the document's text is no well-formed XML", help: again)
      case .part(.declaresDocumentType):
        return failure("the document declares a document type, which no Word document does", help: again)
      case .part(.notUTF8): return failure("the document's text is not in UTF-8", help: again)
      case .part(.noParser):
        return failure("the document can't be read: memory is short", help: again)
      case .tooDeep: return failure("the document's tables are nested too deeply", help: again)
      }
    }
  }

  private enum Refusal: Error {
    case container(ZipArchive.Failure)
    case part(XMLPart.Failure)
    case tooDeep
  }

  private static func read(_ bytes: [UInt8], limits: TableLimits) throws(Refusal) -> Paper {
    let archive: ZipArchive
    let document: [UInt8]
    do {
      archive = try ZipArchive(bytes, limits: limits)
      document = try archive.read("word/document.xml")
    } catch { throw .container(error) }
    let numbering = DocxNumbering()
    try read(archive, "word/numbering.xml", with: numbering)
    let styles = DocxStyles()
    try read(archive, "word/styles.xml", with: styles)
    let body = DocxBody(numbering: numbering, styles: styles)
    do { try XMLPart.read(document, with: body) } catch { throw .part(error) }
    if body.isTooDeep { throw .tooDeep }
    var paper = body.paper
    var number = paper.lines.last?.number ?? 0
    for part in ["word/footnotes.xml", "word/endnotes.xml"] {
      let notes = DocxBody(numbering: DocxNumbering(), styles: styles)
      try read(archive, part, with: notes)
      for var line in notes.paper.lines {
        number += 1
        line.number = number
        if line.counts { line.place = .aside }
        paper.blocks.append(.line(line))
      }
    }
    return paper
  }

  /// Reads a part that a document may lack.
  private static func read(
    _ archive: ZipArchive, _ name: String, with handler: any XMLPart.Handler
  ) throws(Refusal) {
    guard archive.contains(name) else { return }
    let bytes: [UInt8]
    do { bytes = try archive.read(name) } catch { throw .container(error) }
    do { try XMLPart.read(bytes, with: handler) } catch { throw .part(error) }
  }
}
