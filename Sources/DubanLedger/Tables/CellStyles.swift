/// The styles that a workbook's cells refer to by number.
struct CellStyles {
  private var styles: [CellStyle] = []

  /// Reads the part; without one every cell is general.
  init(_ archive: ZipArchive, part: String?) throws(WorkbookFailure) {
    guard let part else { return }
    let handler = Handler()
    try archive.readPart(part, with: handler)
    styles = handler.formats.map { id in
      handler.codes[id].map(CellStyle.init(code:)) ?? CellStyle(builtIn: id)
    }
  }

  /// The style of that number; general where there is none.
  subscript(index: Int) -> CellStyle { styles.indices.contains(index) ? styles[index] : .general }

  private final class Handler: XMLPart.Handler {
    var codes: [Int: String] = [:]
    var formats: [Int] = []
    let isDone = false
    private var isInCellFormats = false

    func begin(_ element: Substring, _ attributes: [String: String]) {
      switch element {
      case "numFmt":
        guard let id = attributes["numFmtId"].flatMap({ Int($0) }) else { return }
        codes[id] = attributes["formatCode"]
      case "cellXfs": isInCellFormats = true
      case "xf" where isInCellFormats: formats.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0)
      default: break
      }
    }

    func end(_ element: Substring) {
      if element == "cellXfs" { isInCellFormats = false }
    }

    func characters(_ text: String) {}
  }
}
