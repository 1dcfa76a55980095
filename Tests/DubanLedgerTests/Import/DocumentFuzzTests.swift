import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanLedger

/// Mutated documents of every kind are read without a crash and without a hang.
///
/// `DUBAN_FUZZ_DOCUMENTS` sets how many, `DUBAN_FUZZ_SEED` the first one's seed: scripts/fuzz-import runs many.
@Suite struct DocumentFuzzTests {
  private static func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  /// Longer than any of these documents may take, on a busy machine too.
  private static let longest = Duration.seconds(20)

  @Test func mutatedDocuments() throws {
    let first = UInt64(Self.setting("DUBAN_FUZZ_SEED") ?? 1)
    let sources = try Sources()
    for seed in first..<first + UInt64(Self.setting("DUBAN_FUZZ_DOCUMENTS") ?? 400) {
      var mutation = Mutation(seed: seed)
      let duration = try ContinuousClock().measure {
        for document in try sources.documents(seed, &mutation) { try Self.check(document, seed) }
      }
      try #require(duration < Self.longest, "seed \(seed) took \(duration)")
    }
  }

  private static func check(_ document: PlanDocument, _ seed: UInt64) throws {
    let imported = PlanImporter.plan(from: document, calendar: WorkdayCalendar())
    try #require(imported.counts.read == imported.ledger.measures.count, "seed \(seed)")
    let isPlaced = imported.ledger.measures.allSatisfy { imported.places[$0.id] != nil }
    try #require(isPlaced, "seed \(seed)")
    try #require(!ImportReport(document, imported, file: "f", translate: { $0 }).html.isEmpty, "seed \(seed)")
    let yaml = Array(LedgerYAML.text(imported.ledger).utf8)
    let reading = LedgerReader.read(yaml, file: "ledger.yaml", calendar: WorkdayCalendar(), today: nil)
    let malformed = reading.diagnostics.filter { $0.message.contains("YAML") || $0.message.contains("key") }
    try #require(malformed == [], "seed \(seed)")
  }

  /// The documents that mutations begin with.
  private struct Sources {
    private let words: [[UInt8]]
    private let drawings: [UInt8]
    private let word: [UInt8]
    private let sheet: [(name: String, bytes: [UInt8])]
    private let csv: [UInt8]

    init() throws {
      let documents = RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/documents")
      let docx = try ZipArchive(Array(Data(contentsOf: documents.appendingPathComponent("numbered.docx"))))
      word = try docx.read("word/document.xml")
      let archive = try ZipArchive(try SheetFixture.bytes("office-openpyxl.xlsx"))
      sheet = try archive.names.map { ($0, try archive.read($0)) }
      csv = try SheetFixture.bytes("office-comma-utf8.csv")
      func printed(_ name: String, _ arguments: String..., file: String) throws -> [UInt8] {
        let output = Pipe()
        var read = Data()
        _ = try #require(Program(name)).run(
          arguments + [documents.appendingPathComponent(file).path, "-"], seconds: 60, output: output,
          complaints: FileHandle.nullDevice
        ) { _ in read = (try? output.fileHandleForReading.readToEnd()) ?? Data() }
        return Array(read)
      }
      words = try ["centred-table.pdf", "ruled-table.pdf"].map {
        try printed("pdftotext", "-bbox-layout", file: $0)
      }
      // Without the characters' shapes, of which nothing is read.
      drawings = Array(
        String(
          decoding: try printed("pdftocairo", "-svg", "-noshrink", "-nocenter", file: "ruled-table.pdf"),
          as: UTF8.self
        )
        .split(separator: "\n").filter { !$0.contains("<use") && !$0.contains(" C ") }.joined(separator: "\n")
        .utf8)
    }

    /// What is read of the seed's document; nothing where it is refused.
    func documents(_ seed: UInt64, _ mutation: inout Mutation) throws -> [PlanDocument] {
      switch seed % 4 {
      case 0:
        // What stands before the place where the markup breaks is read too.
        let body = DocxBody(numbering: DocxNumbering(), styles: DocxStyles())
        try? XMLPart.read(mutation.markup(word), with: body)
        return [body.document]
      case 1:
        let isRuled = seed % 8 == 1
        let mutated = Data(mutation.markup(words[isRuled ? 1 : 0]))
        let drawings = isRuled ? Data(mutation.markup(drawings)) : nil
        return [try? PDFDocument.document(ofWords: mutated, drawings: drawings)].compactMap { $0 }
      case 2:
        let parts = sheet.map { part in
          (name: part.name, bytes: part.name.contains("sheet1") ? mutation.markup(part.bytes) : part.bytes)
        }
        let bytes = StoredZip.bytes(parts)
        _ = TableLedger.read(bytes, file: "t.xlsx", for: .measures)
        return [try? PlanFile.office(bytes, file: "t.xlsx").get()].compactMap { $0 }
      default:
        let bytes = mutation.text(csv)
        _ = TableLedger.read(bytes, file: "t.csv", for: .measures)
        return [PlanDocument(text: String(decoding: bytes, as: UTF8.self).replacing(",", with: "\t"))]
      }
    }
  }
}

/// Changes documents by their pieces, so that most of them stay what they are.
private struct Mutation {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  private static let texts = [
    "责任单位：", "责任人", "完成时限：", "1.", "（一）", "措施1：", "问题一：", "（县财政局牵头，6月底前完成）", "各乡镇", "每月28日前", "序号", "整改措施",
    "同上",
    "99999999999999999999", "2023年2月30日", "、、、、", "（（（", "》", "\u{0}", "\u{FEFF}", "👩‍👩‍👧", "a@b.c",
    "县局 何清 5550101",
    String(repeating: "长", count: 3000), String(repeating: "（", count: 500),
    String(repeating: "1、", count: 300), "\n", "\t\t",
  ]
  private static let numbers = ["0", "-1", "64", "99999999", "nan", "1e308", "-inf", "", "restart", "x"]

  /// Markup with tags or texts taken out, doubled, swapped or changed.
  mutating func markup(_ bytes: [UInt8]) -> [UInt8] {
    var pieces: [Substring] = []
    var rest = String(decoding: bytes, as: UTF8.self)[...]
    while let open = rest.firstIndex(of: "<") {
      if open > rest.startIndex { pieces.append(rest[..<open]) }
      let close = rest[open...].firstIndex(of: ">").map(rest.index(after:)) ?? rest.endIndex
      pieces.append(rest[open..<close])
      rest = rest[close...]
    }
    for _ in 0..<pick(1...12) where pieces.count > 8 { change(&pieces) }
    return Array(pieces.joined().utf8)
  }

  private mutating func change(_ pieces: inout [Substring]) {
    let place = pick(0...pieces.count - 1)
    let end = min(pieces.count, place + pick(1...40))
    switch pick(0...6) {
    case 0: pieces.removeSubrange(place..<min(end, place + 2))
    case 1: pieces.insert(contentsOf: pieces[place..<end], at: end)
    case 2: pieces.swapAt(place, pick(0...pieces.count - 1))
    case 3...4:
      let texts = pieces.indices.filter { !pieces[$0].hasPrefix("<") }
      if !texts.isEmpty {
        pieces[texts[pick(0...texts.count - 1)]] = Self.texts[pick(0...Self.texts.count - 1)][...]
      }
    default:
      guard let quote = pieces[place].firstIndex(of: "\"") else { return }
      let rest = pieces[place].index(after: quote)
      guard let close = pieces[place][rest...].firstIndex(of: "\"") else { return }
      pieces[place] =
        pieces[place][..<rest] + Self.numbers[pick(0...Self.numbers.count - 1)] + pieces[place][close...]
    }
  }

  /// Text with cells, lines or bytes changed.
  mutating func text(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<pick(1...12) {
      let place = pick(0...max(0, bytes.count - 1))
      switch pick(0...4) {
      case 0: bytes.removeSubrange(place..<min(bytes.count, place + pick(1...60)))
      case 1: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + pick(1...200))], at: place)
      case 2: bytes.insert(contentsOf: Self.texts[pick(0...Self.texts.count - 1)].utf8, at: place)
      case 3: bytes.insert(contentsOf: Array([",", "\"", "\n", "\t", ",,,,,,"][pick(0...4)].utf8), at: place)
      default: if place < bytes.count { bytes[place] = UInt8(pick(0...255)) }
      }
    }
    return bytes
  }

  private mutating func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
}
