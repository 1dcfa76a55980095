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
  let isDone = false

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

  func end(_ element: Substring) {}
  func characters(_ text: String) {}
}
