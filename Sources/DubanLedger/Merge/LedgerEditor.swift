public import DubanCore
import DubanZip

/// Writes status and progress of measures into a ledger's own file, where people keep it, and leaves the rest as it is.
///
/// What comes out is read again before anything is written: it has to be the ledger with those changes, and nothing else.
public enum LedgerEditor {
  /// Why a ledger wasn't changed.
  public struct Failure: Error, Sendable, CustomStringConvertible {
    /// One English sentence without a full stop.
    public var description: String
  }

  /// Applies the changes to a ledger's file, or to the table that it names.
  ///
  /// - Returns: the file that was written.
  public static func apply(
    _ changes: [SheetMerge.Change], to file: String, calendar: WorkdayCalendar
  ) throws(Failure) -> String {
    let (draft, reading) = LedgerReader.drafted(file: file, calendar: calendar)
    guard let before = reading.ledger else { throw Failure(description: "\(file) doesn't read") }
    let drafts = draft.areas.flatMap(\.measures)
    guard drafts.count == before.measureCount, let target = drafts.first?.location.file,
      drafts.allSatisfy({ $0.location.file == target })
    else { throw Failure(description: "the measures of \(file) don't stand in one file") }
    let rows = Dictionary(zip(before.measures.map(\.id), drafts)) { first, _ in first }
    let edits = try changes.map { change throws(Failure) in
      guard let row = rows[change.id] else {
        throw Failure(description: "\(file) has no measure \(change.id)")
      }
      return (change, row)
    }
    let source: [UInt8]
    switch SourceFile.bytes(target, limit: TableLimits.standard.fileBytes) {
    case .success(let bytes): source = bytes
    case .failure(let diagnostic): throw Failure(description: "\(diagnostic)")
    }
    let edited: [UInt8]
    if TableLedger.isWorkbook(target) {
      edited = try workbook(source, target, edits)
    } else if TableLedger.isTable(target) {
      throw Failure(description: "\(target) is CSV, which isn't changed; keep the measures in .xlsx or YAML")
    } else {
      edited = try yaml(source, target, edits)
    }
    try write(edited, over: source, in: target, file, expecting: before.applying(changes), calendar)
    return target
  }

  /// Writes the file, reads the ledger again, and puts the old file back where it isn't what was meant.
  private static func write(
    _ edited: [UInt8], over source: [UInt8], in target: String, _ file: String, expecting ledger: Ledger,
    _ calendar: WorkdayCalendar
  ) throws(Failure) {
    func put(_ bytes: [UInt8]) throws(Failure) {
      do throws(AtomicFile.Failure) { try AtomicFile.write(bytes, to: target, replacing: true) } catch {
        throw Failure(description: "\(target): \(error.reason)")
      }
    }
    try put(edited)
    let after = LedgerReader.drafted(file: file, calendar: calendar).reading.ledger
    guard after == ledger else {
      try put(source)
      throw Failure(
        description: "\(target) is written in a way that can't be changed safely; it stays as it was")
    }
  }

  private static func workbook(
    _ source: [UInt8], _ file: String, _ edits: [(SheetMerge.Change, LedgerDraft.Measure)]
  ) throws(Failure) -> [UInt8] {
    let columns = HeadingColumns(TableReader.read(source, file: file).tables)
    do {
      var editor = try SheetEditor(source)
      for (change, row) in edits {
        let texts = [(Heading.status, change.status.map(\.chinese)), (.progress, change.progress)]
        for case (let heading, let text?) in texts {
          guard let sheet = row.location.sheet, let line = row.location.line,
            let column = columns.column(heading, sheet: sheet, line: line)
          else {
            throw Failure(
              description: "\(file) has no column, or several, “\(heading.wordings[0])” for \(change.id)")
          }
          guard editor.set(text, sheet: sheet, line: line, column: column) else {
            throw Failure(
              description: "the cell of \(change.id) in \(file) can't be changed; save the workbook anew")
          }
        }
      }
      return try editor.bytes()
    } catch let failure as Failure { throw failure } catch {
      throw Failure(description: "\(file) can't be changed: \(error)")
    }
  }

  /// Lines of `status:` and `progress:` are replaced, or put below the measure's first line. From the end, so that lines
  /// keep their numbers.
  private static func yaml(
    _ source: [UInt8], _ file: String, _ edits: [(SheetMerge.Change, LedgerDraft.Measure)]
  ) throws(Failure) -> [UInt8] {
    var lines = String(decoding: source, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    )
    .map(String.init)
    for (change, row) in edits.sorted(by: { ($0.1.location.line ?? 0) > ($1.1.location.line ?? 0) }) {
      guard let first = row.location.line, let column = row.location.column else { continue }
      let indent = String(repeating: " ", count: column - 1)
      var values: [(key: String, line: Int?, text: String)] = []
      if let status = change.status { values.append(("status", row.status?.location.line, status.rawValue)) }
      if let progress = change.progress {
        values.append(("progress", row.progress?.location.line, YAMLScalar.block(progress)))
      }
      for value in values.sorted(by: { ($0.line ?? 0) > ($1.line ?? 0) }) {
        let text = "\(indent)\(value.key): \(value.text)"
        if let line = value.line, lines.indices.contains(line - 1) {
          lines[line - 1] = text
        } else if lines.indices.contains(first - 1) {
          lines.insert(text, at: first)
        }
      }
    }
    return Array(lines.joined(separator: "\n").utf8)
  }
}

extension Ledger {
  /// The ledger with these changes.
  public func applying(_ changes: [SheetMerge.Change]) -> Ledger {
    var ledger = self
    for change in changes {
      for area in ledger.areas.indices {
        for place in ledger.areas[area].measures.indices
        where ledger.areas[area].measures[place].id == change.id {
          if let status = change.status { ledger.areas[area].measures[place].status = status }
          if let progress = change.progress { ledger.areas[area].measures[place].progress = progress }
        }
      }
    }
    return ledger
  }
}

/// In which column of which table of a workbook a field is.
private struct HeadingColumns {
  private var tables: [(sheet: String, lines: Range<Int>, map: ColumnMap)] = []

  init(_ sheets: [Table]) {
    for sheet in sheets {
      let blocks = TableBlocks.split(sheet)
      for block in blocks {
        guard let name = sheet.sheet, let header = TableHeader(block), header.holdsMeasures,
          let first = block.rows.first, let last = block.rows.last
        else { continue }
        tables.append((name, Int(first.line)..<Int(last.line) + 1, ColumnMap(block, header, needed: [])))
      }
    }
  }

  /// Counted from 1.
  func column(_ heading: Heading, sheet: String, line: Int) -> Int? {
    // Of 3月进展 | 4月进展 nobody knows which the words belong into.
    let columns = tables.first { $0.sheet == sheet && $0.lines.contains(line) }?.map.columns(heading) ?? []
    return heading == .progress && columns.count > 1 ? nil : columns.first.map { $0.index + 1 }
  }
}

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
      text.isEmpty
      ? "/>"
      : " t=\"inlineStr\"><is><t xml:space=\"preserve\">\(XMLText.escaped(EscapedText.escaped(text)))</t></is></c>"
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
