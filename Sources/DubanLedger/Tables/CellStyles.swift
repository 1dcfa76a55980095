/// The styles that a workbook's cells refer to by number.
struct CellStyles {
  private var styles: [CellStyle] = []
  private var struck: Set<Int> = []

  /// Reads the part; without one every cell is general.
  init(_ archive: ZipArchive, part: String?) throws(WorkbookFailure) {
    guard let part else { return }
    let handler = Handler()
    try archive.readPart(part, with: handler)
    styles = handler.formats.map { id in
      handler.codes[id].map(CellStyle.init(code:)) ?? CellStyle(builtIn: id)
    }
    struck = Set(handler.fonts.indices.filter { handler.struckFonts.contains(handler.fonts[$0]) })
  }

  /// The style of that number; general where there is none.
  subscript(index: Int) -> CellStyle { styles.indices.contains(index) ? styles[index] : .general }

  /// Whether the style of that number strikes its text through.
  func strikes(_ index: Int) -> Bool { struck.contains(index) }

  private final class Handler: XMLPart.Handler {
    var codes: [Int: String] = [:]
    var formats: [Int] = []
    /// By cell format, its font.
    var fonts: [Int] = []
    var struckFonts: Set<Int> = []
    private var fontCount = 0
    private var isInFonts = false
    let isDone = false
    private var isInCellFormats = false

    func begin(_ element: Substring, _ attributes: [String: String]) {
      switch element {
      case "numFmt":
        guard let id = attributes["numFmtId"].flatMap({ Int($0) }) else { return }
        codes[id] = attributes["formatCode"]
      case "fonts": isInFonts = true
      case "font" where isInFonts: fontCount += 1
      case "strike" where isInFonts && !["0", "false"].contains(attributes["val"]):
        struckFonts.insert(fontCount - 1)
      case "cellXfs": isInCellFormats = true
      case "xf" where isInCellFormats:
        formats.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0)
        fonts.append(attributes["fontId"].flatMap { Int($0) } ?? 0)
      default: break
      }
    }

    func end(_ element: Substring) {
      if element == "cellXfs" { isInCellFormats = false }
      if element == "fonts" { isInFonts = false }
    }

    func characters(_ text: String) {}
  }
}
