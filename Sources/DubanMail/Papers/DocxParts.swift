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

  /// The standard's fonts, and what stands in for each where it isn't installed.
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
