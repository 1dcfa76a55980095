import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanLedger

/// Whatever happened to a file: no crash, no hang, and either a ledger's part or an error.
@Suite struct TableFuzzTests {
  /// More rounds come from the environment, for a long run.
  private static let factor =
    ProcessInfo.processInfo.environment["DUBAN_FUZZ_FACTOR"].flatMap { Int($0) } ?? 1

  @Test(arguments: [
    ("office-libreoffice.xlsx", 150), ("office-openpyxl.xlsx", 100), ("office-comma-utf8.csv", 400),
    ("office-tab-gb18030.csv", 400), ("office-tab-utf16.csv", 200), ("office-password.xlsx", 50),
    ("office.xls", 50),
    ("office.ods", 50),
  ])
  func damagedFiles(name: String, rounds: Int) throws {
    let bytes = try SheetFixture.bytes(name)
    for seed in 0..<UInt64(rounds * Self.factor) {
      var generator = SeededGenerator(seed: seed)
      expectAnswer(Mutator.mutated(bytes, &generator), "\(name), seed \(seed)")
    }
  }

  /// Damage inside the parts, which the container's checksums would keep from the readers.
  @Test(arguments: ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"])
  func damagedParts(part: String) throws {
    let archive = try ZipArchive(try SheetFixture.bytes("office-libreoffice.xlsx"))
    var parts: [(name: String, bytes: [UInt8])] = []
    for name in archive.names { parts.append((name, try archive.read(name))) }
    let place = try #require(parts.firstIndex { $0.name == part })
    for seed in 0..<UInt64(60 * Self.factor) {
      var generator = SeededGenerator(seed: seed)
      var changed = parts
      changed[place].bytes = Mutator.mutated(parts[place].bytes, &generator)
      expectAnswer(StoredZip.bytes(changed), "\(part), seed \(seed)")
    }
  }

  @Test func storedPartsReadAsTheWhole() throws {
    let archive = try ZipArchive(try SheetFixture.bytes("office-libreoffice.xlsx"))
    var parts: [(name: String, bytes: [UInt8])] = []
    for name in archive.names { parts.append((name, try archive.read(name))) }
    let (draft, diagnostics) = TableLedger.read(StoredZip.bytes(parts), file: "t", for: .measures)
    #expect(!diagnostics.hasErrors)
    #expect(draft.areas.flatMap(\.measures).count == 6)
  }

  private func expectAnswer(_ bytes: [UInt8], _ what: String) {
    let (draft, diagnostics) = TableLedger.read(bytes, file: "t", for: .measures)
    #expect(!draft.areas.isEmpty || diagnostics.hasErrors, "\(what)")
    #expect(diagnostics.allSatisfy { $0.location.file == "t" && !$0.message.isEmpty }, "\(what)")
    #expect(diagnostics.allSatisfy { !$0.description.contains { $0.isNewline } }, "\(what)")
  }
}

/// Zip containers of entries that are stored as they are (APPNOTE 6.3.3), for parts that a test has changed.
enum StoredZip {
  static func bytes(_ parts: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var (body, directory) = ([UInt8](), [UInt8]())
    for part in parts {
      let name = Array(part.name.utf8)
      let common =
        number(20, 2) + number(0, 2) + number(0, 2) + number(0, 4) + number(crc(part.bytes), 4)
        + number(UInt32(part.bytes.count), 4) + number(UInt32(part.bytes.count), 4)
        + number(UInt32(name.count), 2)
        + number(0, 2)
      directory += number(0x0201_4B50, 4) + number(20, 2) + common
      directory +=
        number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4) + number(UInt32(body.count), 4) + name
      body += number(0x0403_4B50, 4) + common + name + part.bytes
    }
    let count = number(UInt32(parts.count), 2)
    return body + directory + number(0x0605_4B50, 4) + number(0, 4) + count + count
      + number(UInt32(directory.count), 4) + number(UInt32(body.count), 4) + number(0, 2)
  }

  private static func number(_ value: UInt32, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
