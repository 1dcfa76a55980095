import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanLedger

/// Documents that LibreOffice turns into .docx or .xlsx first.
@Suite struct OfficeDocumentTests {
  /// A document in RTF: what isn't ASCII as `\uN`.
  private static func rtf(_ paragraphs: [String]) -> [UInt8] {
    let text = paragraphs.map { paragraph in
      paragraph.utf16.map { $0 < 0x80 ? String(UnicodeScalar(UInt8($0))) : "\\u\(Int16(bitPattern: $0))?" }
        .joined()
    }
    return Array("{\\rtf1\\ansi \(text.joined(separator: "\\par "))\\par}".utf8)
  }

  private static let plan = [
    "桃溪县任务清单", "2023年3月6日", "一、提升效率", "1.精简材料。（县司法局负责，2023年6月底前完成）", "2.推行预约。（县政务局负责，长期坚持）",
  ]

  /// Runs a shell script in LibreOffice's place; nil for none.
  private static func converted(
    _ bytes: [UInt8], by script: String?, seconds: Int = 30, in scratch: ScratchDirectory
  ) throws -> Result<[UInt8], Diagnostic> {
    if let script {
      let program = scratch.url.appendingPathComponent("soffice")
      try Data("#!/bin/sh\n\(script)\n".utf8).write(to: program)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    }
    let kind = try #require(OfficeDocument.Kind(bytes, name: "plan"))
    return OfficeDocument.converted(
      bytes, kind, file: "plan.rtf", searchPath: scratch.url.path, seconds: seconds)
  }

  private static func message(_ result: Result<[UInt8], Diagnostic>) -> String {
    if case .failure(let diagnostic) = result { "\(diagnostic)" } else { "" }
  }

  @Test func withoutTheProgramOneSentenceSaysWhatToDo() throws {
    let result = try Self.converted(Self.rtf(Self.plan), by: nil, in: try ScratchDirectory())
    #expect(Self.message(result).contains("read with LibreOffice, which is not installed; install it"))
  }

  @Test func whatTheProgramCantReadIsSaid() throws {
    let scratch = try ScratchDirectory()
    let result = try Self.converted(
      Self.rtf(Self.plan),
      by: "pwd > \(scratch.url.path)/where; echo 'Error: source file could not be loaded' >&2",
      in: scratch)
    #expect(
      Self.message(result).contains(
        "LibreOffice can't read the document: Error: source file could not be loaded"))
    // Its directory is gone.
    let folder = try String(contentsOf: scratch.url.appendingPathComponent("where"), encoding: .utf8)
      .trimmedWhitespace
    #expect(!folder.isEmpty && !FileManager.default.fileExists(atPath: folder))
  }

  /// The launcher and the process that it waits for both end.
  @Test func aProgramThatHangsIsKilledWithItsChildren() throws {
    let scratch = try ScratchDirectory()
    let result = try Self.converted(
      Self.rtf(Self.plan), by: "sleep 600 & echo $! > \(scratch.url.path)/child; wait", seconds: 1,
      in: scratch)
    #expect(Self.message(result).contains("LibreOffice took longer than 1 s"))
    let child = try String(contentsOf: scratch.url.appendingPathComponent("child"), encoding: .utf8)
    let status = try? String(contentsOfFile: "/proc/\(child.trimmedWhitespace)/stat", encoding: .utf8)
    #expect(status?.contains(") Z ") ?? true)
  }

  /// By what stands in a file; the name only helps where nothing does.
  @Test func kinds() {
    func compound(_ stream: String) -> [UInt8] {
      OfficeDocument.compound + [0xA1, 0xB1, 0x1A, 0xE1]
        + stream.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }
    func container(_ type: String) -> [UInt8] {
      Array("PK\u{3}\u{4}..........................mimetypeapplication/vnd.oasis.opendocument.\(type)PK".utf8)
    }
    let cases: [([UInt8], String, OfficeDocument.Kind?)] = [
      (compound("WordDocument"), "a.xls", .text), (compound("Workbook"), "a.doc", .sheet),
      (compound(""), "a.ET", .sheet),
      (compound(""), "a.wps", .text), (Self.rtf([]), "a.doc", .text), (container("text"), "a", .text),
      (container("spreadsheet"), "a", .sheet), (container("graphics"), "a", nil),
      (Array("一、".utf8), "a.doc", nil),
    ]
    for (bytes, name, kind) in cases { #expect(OfficeDocument.Kind(bytes, name: name) == kind, "\(name)") }
  }

  @Test func aPasswordIsSaid() throws {
    let bytes =
      OfficeDocument.compound + "EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let result = try Self.converted(bytes, by: nil, in: try ScratchDirectory())
    #expect(Self.message(result).contains("encrypted"))
  }

  @Test(.enabled(if: Program("soffice") != nil, "LibreOffice is not installed"))
  func readsWhatLibreOfficeSaves() throws {
    let scratch = try ScratchDirectory()
    let file = scratch.url.appendingPathComponent("plan.doc")
    try Data(Self.rtf(Self.plan)).write(to: file)
    let ledger = PlanImporter.plan(
      from: try PlanFile.document(of: file.path).get(), calendar: WorkdayCalendar()
    )
    .ledger
    #expect(ledger.plan.title == "桃溪县任务清单")
    #expect(ledger.measures.map(\.title) == ["精简材料", "推行预约"])
  }
}
