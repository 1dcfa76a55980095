import DubanCore

/// What a workbook's main part says: its sheets, its date system and where its parts are.
struct Workbook: Sendable {
  /// A sheet's entry in the workbook.
  struct Sheet: Sendable, Equatable {
    var name: String
    /// The part's name in the container.
    var part: String
    var isHidden: Bool
  }

  /// In the order of the tabs.
  var sheets: [Sheet] = []
  /// Whether days are counted from 1904-01-01.
  var countsFrom1904 = false
  /// The parts with the shared strings and the styles; nil where there are none.
  var sharedStrings: String?
  var styles: String?

  /// Reads the main part and the relationships that lead to and from it.
  init(_ archive: ZipArchive) throws(WorkbookFailure) {
    let roots = try Relationships(archive, of: "")
    guard let main = roots.target(ofType: "officeDocument") else { throw .notAWorkbook }
    if !main.hasSuffix(".xml") { throw .notAWorkbook }
    let relationships = try Relationships(archive, of: main)
    let handler = WorkbookHandler()
    try archive.readPart(main, with: handler)
    guard handler.isWorkbook else { throw .notAWorkbook }
    countsFrom1904 = handler.countsFrom1904
    sharedStrings = relationships.target(ofType: "sharedStrings")
    styles = relationships.target(ofType: "styles")
    for sheet in handler.sheets {
      // A chart's or a macro's sheet has no cells.
      guard relationships.isType("worksheet", id: sheet.id), let part = relationships.target(id: sheet.id)
      else { continue }
      sheets.append(Sheet(name: sheet.name, part: part, isHidden: sheet.isHidden))
    }
  }
}

/// Why a workbook can't be read.
enum WorkbookFailure: Error, Equatable {
  /// The container can't be read.
  case container(ZipArchive.Failure)
  /// A part of that name isn't as it should be.
  case part(String, XMLPart.Failure)
  /// A container of another kind.
  case notAWorkbook
  /// A limit of ``TableLimits`` is passed; with the words that say which.
  case tooLarge(String, sheet: String?)
  /// A sheet whose rows or cells contradict each other; with the words that say how.
  case contradiction(String, sheet: String)
}

extension ZipArchive {
  /// Unpacks an XML part and reads it.
  func readPart(_ name: String, with handler: any XMLPart.Handler) throws(WorkbookFailure) {
    let bytes: [UInt8]
    do { bytes = try read(name) } catch { throw .container(error) }
    do { try XMLPart.read(bytes, with: handler) } catch { throw .part(name, error) }
  }
}

private final class WorkbookHandler: XMLPart.Handler {
  var sheets: [(name: String, id: String, isHidden: Bool)] = []
  var countsFrom1904 = false
  var isWorkbook = false

  func begin(_ element: Substring, _ attributes: [String: String]) {
    switch element {
    case "workbook": isWorkbook = true
    case "workbookPr": countsFrom1904 = ["1", "true", "on"].contains(attributes["date1904"] ?? "")
    case "sheet":
      guard let name = attributes["name"], let id = attributes.prefixed("id") else { return }
      sheets.append((name, id, (attributes["state"] ?? "visible") != "visible"))
    default: break
    }
  }
}

/// Which part of a container refers to which (ECMA-376 part 2, 8.5).
struct Relationships {
  private let entries: [RelationshipHandler.Relationship]
  private let folder: Substring

  /// The relationships of the part of that name, or of the whole container for "".
  init(_ archive: ZipArchive, of part: String) throws(WorkbookFailure) {
    let slash = part.lastIndex(of: "/")
    folder = slash.map { part[..<$0] } ?? ""
    let file = slash.map { part[part.index(after: $0)...] } ?? part[...]
    let name = (folder.isEmpty ? "" : folder + "/") + "_rels/\(file).rels"
    let handler = RelationshipHandler()
    if part.isEmpty, !archive.contains(name) { throw .notAWorkbook }
    if archive.contains(name) { try archive.readPart(name, with: handler) }
    entries = handler.entries
  }

  /// The part of the first relationship whose type ends with that word: the strict and the transitional form of the
  /// standard differ in what comes before it.
  func target(ofType type: String) -> String? {
    entries.first { $0.type.hasSuffix("/" + type) }.map { resolved($0.target) }
  }

  /// The part that an id leads to.
  func target(id: String) -> String? { entries.first { $0.id == id }.map { resolved($0.target) } }

  /// Whether the id leads to a part of that type.
  func isType(_ type: String, id: String) -> Bool {
    entries.contains { $0.id == id && $0.type.hasSuffix("/" + type) }
  }

  private func resolved(_ target: String) -> String {
    if target.hasPrefix("/") { return String(target.dropFirst()) }
    var path = folder.split(separator: "/")
    for step in target.split(separator: "/") where step != "." {
      if step == ".." { _ = path.popLast() } else { path.append(step) }
    }
    return path.joined(separator: "/")
  }
}

private final class RelationshipHandler: XMLPart.Handler {
  struct Relationship {
    var id: String
    var type: String
    var target: String
  }

  var entries: [Relationship] = []

  func begin(_ element: Substring, _ attributes: [String: String]) {
    guard element == "Relationship", attributes["TargetMode"] != "External", let id = attributes["Id"],
      let type = attributes["Type"], let target = attributes["Target"]
    else { return }
    entries.append(Relationship(id: id, type: type, target: target))
  }
}

/// Reads the visible sheets of an .xlsx workbook (ECMA-376 part 1, strict or transitional).
enum XLSXReader {
  /// A table for each visible sheet, a warning for each hidden one, or the error that kept the workbook from being
  /// read.
  static func read(
    _ bytes: [UInt8], file: String, limits: TableLimits = .standard
  ) -> (tables: [Table], diagnostics: [Diagnostic]) {
    do throws(WorkbookFailure) {
      let archive = try open(bytes, limits: limits)
      if let kind = foreignKind(archive) { return ([], [FileKind.refusal(kind, file: file)]) }
      let workbook = try Workbook(archive)
      guard workbook.sheets.count <= limits.sheets else {
        throw WorkbookFailure.tooLarge("more than \(limits.sheets) sheets", sheet: nil)
      }
      let context = SheetPart.Context(
        shared: try SharedStrings(archive, part: workbook.sharedStrings),
        styles: try CellStyles(archive, part: workbook.styles), countsFrom1904: workbook.countsFrom1904,
        limits: limits)
      var tables: [Table] = []
      var diagnostics: [Diagnostic] = []
      let isOurs = workbook.sheets.contains { $0.name == WorkbookVersion.sheetName }
      for sheet in workbook.sheets {
        var table = try SheetPart.table(archive, sheet: sheet, file: file, context: context)
        // Those of a workbook that duban wrote are its own.
        if !isOurs { table.comments = SheetComment.all(archive, of: sheet.part) }
        if !sheet.isHidden {
          tables.append(table)
        } else if !table.rows.isEmpty, sheet.name != WorkbookVersion.sheetName {
          diagnostics.append(
            Diagnostic(
              .warning, at: table.location, "the hidden sheet “\(sheet.name)” is not read",
              help: "show it if it belongs to the ledger, or delete it"))
        }
      }
      return (tables, diagnostics)
    } catch {
      return ([], [diagnostic(error, file: file)])
    }
  }

  private static func open(_ bytes: [UInt8], limits: TableLimits) throws(WorkbookFailure) -> ZipArchive {
    do { return try ZipArchive(bytes, limits: limits) } catch { throw .container(error) }
  }

  /// The words for a container of another program; nil for a workbook that can be tried.
  private static func foreignKind(_ archive: ZipArchive) -> String? {
    if archive.contains("mimetype"), let type = try? archive.read("mimetype") {
      let name = String(decoding: type.prefix(100), as: UTF8.self)
      return name.contains("opendocument") ? "an OpenDocument file (.ods)" : "a container of type “\(name)”"
    }
    if archive.contains("Index/Document.iwa") || archive.contains("Index.zip") {
      return "an Apple Numbers document"
    }
    if archive.contains("xl/workbook.bin") { return "a binary workbook (.xlsb)" }
    if archive.contains("word/document.xml") { return "a Word document (.docx)" }
    if archive.contains("ppt/presentation.xml") { return "a presentation (.pptx)" }
    return nil
  }

  private static func diagnostic(_ failure: WorkbookFailure, file: String) -> Diagnostic {
    let (message, help) = words(failure)
    let sheet: String? =
      switch failure {
      case .tooLarge(_, let sheet): sheet
      case .contradiction(_, let sheet): sheet
      default: nil
      }
    return Diagnostic(.error, at: Diagnostic.Location(file: file, sheet: sheet), message, help: help)
  }

  private static func words(_ failure: WorkbookFailure) -> (message: String, help: String) {
    let again = "open it in Excel or WPS and save it anew as .xlsx"
    let less = "keep only the ledger in the workbook: delete other sheets, rows and columns"
    return switch failure {
    case .container(.damaged(let reason)): ("the workbook's container is damaged: \(reason)", again)
    case .container(.missing(let part)): ("the workbook lacks its part “\(part)”", again)
    case .container(.encrypted): ("the workbook is encrypted", "remove the password and save it as .xlsx")
    case .container(.tooLarge(let part)):
      ("the workbook's part “\(part)” is too large, or packed too densely, to be a ledger's", less)
    case .part(let part, .malformed(let line)):
      ("line \(line) of the part “\(part)” is no well-formed XML", again)
    case .part(let part, .declaresDocumentType):
      ("the part “\(part)” declares a document type, which no workbook does", again)
    case .part(let part, .notUTF8): ("the part “\(part)” is not in UTF-8", again)
    case .part(_, .noParser): ("the workbook can't be read: memory is short", again)
    case .notAWorkbook: ("this zip container holds no workbook", again)
    case .tooLarge(let words, _): ("the workbook is too large: \(words)", less)
    case .contradiction(let words, _): ("the sheet contradicts itself: \(words)", again)
    }
  }
}
