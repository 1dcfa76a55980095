import DubanZip

/// Changes texts in cells of an .xlsx workbook and leaves everything else as it is, byte by byte.
struct SheetEditor {
  private var parts: [(name: String, bytes: [UInt8])]
  private let workbook: Workbook

  /// The workbook in `bytes`.
  init(_ bytes: [UInt8]) throws(WorkbookFailure) {
    let archive: ZipArchive
    do { archive = try ZipArchive(bytes) } catch { throw .container(error) }
    workbook = try Workbook(archive)
    parts = []
    for name in archive.names where !name.hasSuffix("/") {
      do { parts.append((name, try archive.read(name))) } catch { throw .container(error) }
    }
  }

  /// Writes a text into a cell, counted from 1; false where the sheet is written in a way that isn't known.
  mutating func set(_ text: String, sheet: String, line: Int, column: Int) -> Bool {
    guard let part = workbook.sheets.first(where: { $0.name == sheet })?.part,
      let place = parts.firstIndex(where: { $0.name == part }),
      let source = String(validating: parts[place].bytes, as: UTF8.self),
      let edited = Self.edited(source, text, line: line, column: column)
    else { return false }
    parts[place].bytes = Array(edited.utf8)
    return true
  }

  func bytes() throws(ZipWriter.Failure) -> [UInt8] { try ZipWriter.bytes(parts) }

  private static func edited(_ xml: String, _ text: String, line: Int, column: Int) -> String? {
    guard let row = element("row", named: String(line), in: xml, from: xml.startIndex, to: xml.endIndex)
    else {
      return nil
    }
    let name = CellReference.name(line: line, column: column)
    // The bytes of the cell that there is, or the place of the one that there isn't.
    var (range, style) = (row.end..<row.end, "")
    var next = row.contents
    while let cell = tag("c", in: xml, from: next, to: row.end) {
      guard let reference = attribute("r", of: xml[cell]), let place = CellReference(reference) else {
        return nil
      }
      let end =
        xml[xml.index(before: cell.upperBound)...].hasPrefix(">") && xml[..<cell.upperBound].hasSuffix("/>")
        ? cell.upperBound : xml[cell.upperBound..<row.end].firstRange(of: "</c>")?.upperBound ?? row.end
      if reference == name {
        range = cell.lowerBound..<end
        style = attribute("s", of: xml[cell]).map { " s=\"\($0)\"" } ?? ""
        break
      }
      if place.column >= column {
        range = cell.lowerBound..<cell.lowerBound
        break
      }
      next = end
    }
    let value =
      text.isEmpty ? "/>" : " t=\"inlineStr\"><is><t xml:space=\"preserve\">\(escaped(text))</t></is></c>"
    return xml[..<range.lowerBound] + "<c r=\"\(name)\"\(style)\(value)" + xml[range.upperBound...]
  }

  private static func element(
    _ name: String, named number: String, in xml: String, from start: String.Index, to end: String.Index
  ) -> (contents: String.Index, end: String.Index)? {
    var next = start
    while let found = tag(name, in: xml, from: next, to: end) {
      next = found.upperBound
      guard attribute("r", of: xml[found]) == number else { continue }
      // A row without cells has no place for one.
      guard !xml[..<found.upperBound].hasSuffix("/>"),
        let close = xml[found.upperBound..<end].firstRange(of: "</\(name)>")
      else { return nil }
      return (found.upperBound, close.lowerBound)
    }
    return nil
  }

  /// The next start tag of that name.
  private static func tag(
    _ name: String, in xml: String, from start: String.Index, to end: String.Index
  ) -> Range<String.Index>? {
    var next = start
    while let found = xml[next..<end].firstRange(of: "<\(name)") {
      guard let close = xml[found.upperBound..<end].firstIndex(of: ">") else { return nil }
      if let after = xml[found.upperBound...].first, after == " " || after == ">" || after == "/" {
        return found.lowerBound..<xml.index(after: close)
      }
      next = found.upperBound
    }
    return nil
  }

  private static func attribute(_ name: String, of tag: Substring) -> String? {
    guard let found = tag.firstRange(of: " \(name)=\""),
      let end = tag[found.upperBound...].firstIndex(of: "\"")
    else { return nil }
    return String(tag[found.upperBound..<end])
  }

  private static func escaped(_ text: String) -> String {
    EscapedText.escaped(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(
      ">", with: "&gt;")
  }
}

extension CellReference {
  /// `C12`, both counted from 1.
  static func name(line: Int, column: Int) -> String {
    var (letters, rest) = ("", column)
    while rest > 0 {
      letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
      rest = (rest - 1) / 26
    }
    return letters + String(line)
  }
}
