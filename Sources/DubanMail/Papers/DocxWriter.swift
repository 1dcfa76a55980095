internal import DubanCore
internal import DubanZip

/// Writes a paper as a .docx document (ECMA-376 part 1, WordprocessingML) on A4, set as GB/T 9704-2012 says: margins,
/// three-point-size body in 仿宋, title in 小标宋, headings in 黑体 and 楷体, page numbers at the outer edge.
///
/// It keeps to elements that both Word and WPS document, and names a common font beside each of the standard's own
/// (`w:altName`), for machines that lack them.
struct DocxWriter {
  /// The document's bytes: the same paper is the same bytes.
  static func bytes(_ paper: PaperMarkup, title: String) throws(ZipWriter.Failure) -> [UInt8] {
    let writer = DocxWriter(paper: paper)
    let parts: [(String, String)] = [
      ("[Content_Types].xml", DocxParts.contentTypes),
      ("_rels/.rels", DocxParts.relationships),
      ("docProps/core.xml", DocxParts.properties(title: XMLText.escaped(title))),
      ("word/document.xml", writer.document),
      ("word/_rels/document.xml.rels", DocxParts.documentRelationships),
      ("word/styles.xml", DocxParts.styles),
      ("word/fontTable.xml", DocxParts.fonts),
      ("word/settings.xml", DocxParts.settings),
      ("word/footer1.xml", DocxParts.footer(isRight: true)),
      ("word/footer2.xml", DocxParts.footer(isRight: false)),
    ]
    return try ZipWriter.bytes(parts.map { (name: $0.0, bytes: Array((DocxParts.declaration + $0.1).utf8)) })
  }

  /// Lengths in twentieths of a point. The text's area is 156 by 225 mm on an upright sheet (GB/T 9704-2012, 5.2); a
  /// lying one, which is for tables, has margins of 20 mm.
  struct Sheet {
    let isLandscape: Bool

    var width: Int { isLandscape ? 16_838 : 11_906 }
    var height: Int { isLandscape ? 11_906 : 16_838 }
    var top: Int { isLandscape ? 1134 : 2098 }
    var bottom: Int { isLandscape ? 1134 : 1984 }
    var left: Int { isLandscape ? 1134 : 1588 }
    var right: Int { isLandscape ? 1134 : 1474 }
    /// Of the page number from the sheet's edge: it is 7 mm below the text.
    var footer: Int { isLandscape ? 600 : 1360 }
    var textWidth: Int { width - left - right }
  }

  private let paper: PaperMarkup
  private var sheet: Sheet { Sheet(isLandscape: paper.isLandscape) }

  private init(paper: PaperMarkup) { self.paper = paper }

  private var document: String {
    let turned = sheet.isLandscape ? " w:orient=\"landscape\"" : ""
    // A table at the very end would leave Word without the paragraph that it needs there.
    let last =
      if case .table? = paper.blocks.last { "<w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr></w:p>" } else
      { "" }
    return """
      <w:document xmlns:w="\(DocxParts.wordNamespace)" xmlns:r="\(DocxParts.relationNamespace)"><w:body>\
      \(blocks)\(last)<w:sectPr>\
      <w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>\
      <w:pgSz w:w="\(sheet.width)" w:h="\(sheet.height)"\(turned)/>\
      <w:pgMar w:top="\(sheet.top)" w:right="\(sheet.right)" w:bottom="\(sheet.bottom)" w:left="\(sheet.left)" \
      w:header="851" w:footer="\(sheet.footer)" w:gutter="0"/></w:sectPr></w:body></w:document>
      """
  }

  private var blocks: String {
    let next = paper.blocks.dropFirst().map(Optional.init) + [nil]
    return zip(paper.blocks, next).map { block($0, before: $1) }.joined()
  }

  private func block(_ block: PaperMarkup.Block, before next: PaperMarkup.Block?) -> String {
    // Signature and date are on one page, with words of the text.
    let keepsNext = if case .paragraph(.right, _)? = next { true } else { false }
    return switch block {
    case .paragraph(let style, let text): paragraph(style, text, keepsNext: keepsNext)
    case .table(let table): self.table(table)
    case .pageBreak: "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"
    }
  }

  private func paragraph(_ style: PaperMarkup.Style, _ text: String, keepsNext: Bool) -> String {
    let tab =
      text.contains("\t")
      ? "<w:tabs><w:tab w:val=\"right\" w:pos=\"\(sheet.textWidth)\"/></w:tabs>" : ""
    // In the order that the schema asks for: borders, tabs, indentation, justification.
    let (name, properties): (String, String) =
      switch style {
      case .letterhead: ("Letterhead", "")
      case .reference:
        (
          "Flush",
          "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"4\" w:color=\"\(Self.hex(paper.color))\"/></w:pBdr>\(tab)"
        )
      case .title: ("Title", "")
      case .heading: ("Heading1", "")
      case .subheading: ("Heading2", "")
      case .body: ("Normal", "")
      case .ragged: ("Normal", "<w:jc w:val=\"left\"/>")
      case .flush: ("Flush", tab)
      case .centred: ("Flush", "<w:jc w:val=\"center\"/>")
      // The signature is four characters from the edge (7.3.5.2).
      case .right: ("Flush", "<w:ind w:rightChars=\"400\" w:right=\"1280\"/><w:jc w:val=\"right\"/>")
      }
    let run = style == .letterhead ? "<w:rPr><w:color w:val=\"\(Self.hex(paper.color))\"/></w:rPr>" : ""
    let keep = keepsNext ? "<w:keepNext/>" : ""
    return "<w:p><w:pPr><w:pStyle w:val=\"\(name)\"/>\(keep)\(properties)</w:pPr>\(Self.run(text, run))</w:p>"
  }

  private func table(_ table: PaperMarkup.Table) -> String {
    let columns = max(table.widths.count, table.rows.map(\.count).max() ?? 0, 1)
    let parts = (0..<columns).map { table.widths.indices.contains($0) ? max(1, table.widths[$0]) : 10 }
    let all = parts.reduce(0, +)
    let widths = parts.map { sheet.textWidth * $0 / all }
    let grid = widths.map { "<w:gridCol w:w=\"\($0)\"/>" }.joined()
    let rows = table.rows.enumerated().map { index, row in
      self.row(row, widths, isHeader: index < table.headerRows)
    }
    return """
      <w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="\(widths.reduce(0, +))" w:type="dxa"/>\
      <w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>\(grid)</w:tblGrid>\(rows.joined())</w:tbl>
      """
  }

  /// A short row, such as a title over the whole width, has its last cell reach to the end.
  private func row(_ cells: [PaperMarkup.Cell], _ widths: [Int], isHeader: Bool) -> String {
    let texts = cells.enumerated().map { column, cell in
      let span = column == cells.count - 1 ? widths.count - column : 1
      let width = widths[column..<column + span].reduce(0, +)
      let spans = span > 1 ? "<w:gridSpan w:val=\"\(span)\"/>" : ""
      let shade = isHeader ? "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F2F2F2\"/>" : ""
      let side = isHeader || cell.isCentred ? "center" : cell.isRight ? "right" : "left"
      let color = cell.color.map { "<w:color w:val=\"\(Self.hex($0))\"/>" } ?? ""
      let look =
        "<w:rPr>\(isHeader ? "<w:b/>" : "")\(color)<w:sz w:val=\"\(paper.size * 2)\"/><w:szCs w:val=\"\(paper.size * 2)\"/></w:rPr>"
      let paragraphs = cell.text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        "<w:p><w:pPr><w:pStyle w:val=\"TableText\"/><w:jc w:val=\"\(side)\"/></w:pPr>\(Self.run(String(line), look))</w:p>"
      }
      return
        "<w:tc><w:tcPr><w:tcW w:w=\"\(width)\" w:type=\"dxa\"/>\(spans)\(shade)<w:vAlign w:val=\"center\"/></w:tcPr>\(paragraphs.joined())</w:tc>"
    }
    // A row stays on one page, and the header is on each.
    let header = isHeader ? "<w:tblHeader/>" : ""
    return "<w:tr><w:trPr><w:cantSplit/>\(header)</w:trPr>\(texts.joined())</w:tr>"
  }

  private static func run(_ text: String, _ look: String) -> String {
    func pieces(_ text: Substring, at mark: Character, _ element: String, _ piece: (Substring) -> String)
      -> String
    {
      text.split(separator: mark, omittingEmptySubsequences: false).map(piece).joined(separator: element)
    }
    let body = pieces(text[...], at: "\n", "<w:br/>") { line in
      pieces(line, at: "\t", "<w:tab/>") {
        "<w:t xml:space=\"preserve\">\(XMLText.escaped(String($0)))</w:t>"
      }
    }
    return "<w:r>\(look)\(body)</w:r>"
  }

  private static func hex(_ color: String) -> String { String(color.dropFirst()).uppercased() }
}

/// The parts of a .docx document that are the same in every paper.
enum DocxParts {
  static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  static let wordNamespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  static let relationNamespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let packageNamespace = "http://schemas.openxmlformats.org/package/2006"
  private static let wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml"

  static let contentTypes = """
    <Types xmlns="\(packageNamespace)/content-types">\
    <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
    <Default Extension="xml" ContentType="application/xml"/>\
    <Override PartName="/word/document.xml" ContentType="\(wordType).document.main+xml"/>\
    <Override PartName="/word/styles.xml" ContentType="\(wordType).styles+xml"/>\
    <Override PartName="/word/fontTable.xml" ContentType="\(wordType).fontTable+xml"/>\
    <Override PartName="/word/settings.xml" ContentType="\(wordType).settings+xml"/>\
    <Override PartName="/word/footer1.xml" ContentType="\(wordType).footer+xml"/>\
    <Override PartName="/word/footer2.xml" ContentType="\(wordType).footer+xml"/>\
    <Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>\
    </Types>
    """

  static let relationships = """
    <Relationships xmlns="\(packageNamespace)/relationships">\
    <Relationship Id="rId1" Type="\(relationNamespace)/officeDocument" Target="word/document.xml"/>\
    <Relationship Id="rId2" Type="\(packageNamespace)/relationships/metadata/core-properties" Target="docProps/core.xml"/>\
    </Relationships>
    """

  static let documentRelationships =
    "<Relationships xmlns=\"\(packageNamespace)/relationships\">"
    + [
      ("styles", "styles"), ("fontTable", "fontTable"), ("settings", "settings"), ("footer", "footer1"),
      ("footer", "footer2"),
    ].enumerated().map {
      "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(relationNamespace)/\($1.0)\" Target=\"\($1.1).xml\"/>"
    }.joined() + "</Relationships>"

  static func properties(title: String) -> String {
    """
    <cp:coreProperties xmlns:cp="\(packageNamespace)/metadata/core-properties" \
    xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>\(title)</dc:title><dc:creator>duban</dc:creator></cp:coreProperties>
    """
  }

  static let settings = """
    <w:settings xmlns:w="\(wordNamespace)"><w:evenAndOddHeaders/>\
    <w:characterSpacingControl w:val="compressPunctuation"/>\
    <w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>\
    </w:settings>
    """

  /// The standard's fonts, and what replaces each where it isn't installed.
  static let fonts =
    "<w:fonts xmlns:w=\"\(wordNamespace)\">"
    + [
      ("方正小标宋简体", "方正小标宋_GBK,华文中宋,宋体"), ("仿宋_GB2312", "仿宋,FangSong,华文仿宋"),
      ("楷体_GB2312", "楷体,KaiTi,华文楷体"), ("黑体", "SimHei"), ("宋体", "SimSun"),
      ("Times New Roman", "Liberation Serif"),
    ].map { "<w:font w:name=\"\($0)\"><w:altName w:val=\"\($1)\"/></w:font>" }.joined() + "</w:fonts>"

  /// `— 1 —` in four-point-size 宋体: at the right of odd pages, at the left of even ones, one character from the edge
  /// (GB/T 9704-2012, 7.5).
  static func footer(isRight: Bool) -> String {
    let look = "<w:rPr>\(font("宋体"))<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr>"
    func text(_ text: String) -> String { "<w:r>\(look)<w:t xml:space=\"preserve\">\(text)</w:t></w:r>" }
    func field(_ kind: String) -> String { "<w:r>\(look)<w:fldChar w:fldCharType=\"\(kind)\"/></w:r>" }
    let side = isRight ? "right" : "left"
    return """
      <w:ftr xmlns:w="\(wordNamespace)"><w:p><w:pPr><w:pStyle w:val="Flush"/>\
      <w:ind w:\(side)Chars="100" w:\(side)="280"/><w:jc w:val="\(side)"/></w:pPr>\
      \(text("— "))\(field("begin"))<w:r>\(look)<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>\
      \(field("separate"))\(text("1"))\(field("end"))\(text(" —"))</w:p></w:ftr>
      """
  }

  private static func font(_ name: String) -> String {
    "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"\(name)\" w:cs=\"Times New Roman\"/>"
  }

  /// A style: its font, size in half points, and what else there is of its paragraphs.
  private static func style(
    _ id: String, _ name: String, font family: String, size: Int, _ paragraph: String, look: String = ""
  ) -> String {
    """
    <w:style w:type="paragraph"\(id == "Normal" ? " w:default=\"1\"" : "") w:styleId="\(id)"><w:name w:val="\(name)"/>\
    \(id == "Normal" ? "" : "<w:basedOn w:val=\"Normal\"/>")<w:qFormat/><w:pPr>\(paragraph)</w:pPr>\
    <w:rPr>\(font(family))\(look)<w:sz w:val="\(size)"/><w:szCs w:val="\(size)"/></w:rPr></w:style>
    """
  }

  private static func spacing(before: Int = 0, after: Int = 0, line: String) -> String {
    "<w:spacing w:before=\"\(before)\" w:after=\"\(after)\" \(line)/>"
  }

  /// 22 lines on a page of 225 mm.
  private static let bodyLine = "w:line=\"578\" w:lineRule=\"exact\""
  private static let flush = "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>"
  private static let border = ["top", "left", "bottom", "right", "insideH", "insideV"]
    .map { "<w:\($0) w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>" }.joined()

  static let styles = """
    <w:styles xmlns:w="\(wordNamespace)"><w:docDefaults><w:rPrDefault><w:rPr>\(font("仿宋_GB2312"))\
    <w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>\
    \(style("Normal", "Normal", font: "仿宋_GB2312", size: 32,
      spacing(line: bodyLine) + "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:jc w:val=\"both\"/>"))\
    \(style("Letterhead", "发文机关标志", font: "方正小标宋简体", size: 56,
      spacing(before: 200, after: 300, line: "w:line=\"800\" w:lineRule=\"atLeast\"") + flush + "<w:jc w:val=\"center\"/>"))\
    \(style("Title", "Title", font: "方正小标宋简体", size: 44,
      spacing(before: 400, after: 400, line: "w:line=\"640\" w:lineRule=\"atLeast\"") + flush + "<w:jc w:val=\"center\"/>"))\
    \(style("Heading1", "heading 1", font: "黑体", size: 32,
      "<w:keepNext/>" + spacing(line: bodyLine) + "<w:outlineLvl w:val=\"0\"/>"))\
    \(style("Heading2", "heading 2", font: "楷体_GB2312", size: 32,
      "<w:keepNext/>" + spacing(line: bodyLine) + "<w:outlineLvl w:val=\"1\"/>"))\
    \(style("Flush", "顶格", font: "仿宋_GB2312", size: 32, spacing(line: bodyLine) + flush + "<w:jc w:val=\"left\"/>"))\
    \(style("TableText", "表格", font: "仿宋_GB2312", size: 24, spacing(before: 20, after: 20, line: "w:line=\"240\" w:lineRule=\"auto\"") + flush))\
    <w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>\
    <w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>\
    <w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>\
    <w:tblPr><w:tblBorders>\(border)</w:tblBorders></w:tblPr></w:style></w:styles>
    """
}
