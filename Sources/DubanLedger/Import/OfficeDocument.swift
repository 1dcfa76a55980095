import DubanCore
import Foundation

/// Documents in the formats of other office programs, which LibreOffice saves as .docx or .xlsx.
enum OfficeDocument {
  /// What LibreOffice makes of a document.
  enum Kind: String {
    case text = "docx"
    case sheet = "xlsx"

    /// The kind of a document by its first bytes and what is in it; nil for one that needs no other program.
    init?(_ bytes: [UInt8], name: String) {
      if bytes.starts(with: Array("{\\rtf".utf8)) {
        self = .text
      } else if bytes.starts(with: OfficeDocument.compound) {
        // A compound file names its streams in UTF-16: `Workbook` or `WordDocument`.
        let isSheet = ["xls", "et", "xlt", "ett"].contains { name.lowercased().hasSuffix("." + $0) }
        let names = FileKind.compoundNames(bytes, among: ["WordDocument", "Workbook", "Book"])
        self = names.isEmpty ? (isSheet ? .sheet : .text) : names.contains("WordDocument") ? .text : .sheet
      } else if let type = Self.openDocument(bytes) {
        self = type
      } else {
        return nil
      }
    }

    /// What an OpenDocument container holds: its first entry is its type, not packed.
    private static func openDocument(_ bytes: [UInt8]) -> Kind? {
      guard bytes.starts(with: Array("PK".utf8)) else { return nil }
      let head = String(decoding: bytes.prefix(120), as: UTF8.self)
      guard let start = head.firstRange(of: "application/vnd.oasis.opendocument.")?.upperBound else {
        return nil
      }
      return head[start...].hasPrefix("text") ? .text : head[start...].hasPrefix("spreadsheet") ? .sheet : nil
    }
  }

  /// How compound files (.doc, .xls, .wps, .et) begin.
  static let compound: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0]

  /// The streams of a compound file that text or tables are in: Word's and WPS's, Excel's and ET's, Works'.
  private static let streams = ["WordDocument", "Workbook", "Book", "CONTENTS", "MatOST"]

  /// Seconds: a plan takes four.
  private static let longest = 120

  /// The document as .docx or .xlsx, or why there is none.
  ///
  /// LibreOffice works on a copy in a directory of its own, with a profile of its own that runs no macros and fetches no
  /// links, and the directory is removed afterwards.
  static func converted(
    _ bytes: [UInt8], _ kind: Kind, file: String,
    searchPath: String? = ProcessInfo.processInfo.environment["PATH"],
    seconds: Int = longest
  ) -> Result<[UInt8], Diagnostic> {
    func failure(_ message: String, help: String? = nil) -> Result<[UInt8], Diagnostic> {
      .failure(
        Diagnostic(
          .error, at: Diagnostic.Location(file: file), message,
          help: help ?? "open it in Word, WPS or LibreOffice and save it as .\(kind.rawValue)"))
    }
    if bytes.starts(with: compound), !FileKind.compoundNames(bytes, among: ["EncryptedPackage"]).isEmpty {
      return failure("the document is encrypted", help: "remove the password")
    }
    // LibreOffice would take the bytes of one that holds nothing for text.
    if bytes.starts(with: compound), FileKind.compoundNames(bytes, among: streams).isEmpty {
      return failure(
        "the document is damaged: no text or table of an office program is in it",
        help: "have it sent or copied again; if it opens in Word or WPS, save it as .\(kind.rawValue)")
    }
    guard let program = Program("soffice", "libreoffice", searchPath: searchPath) else {
      return failure(
        "this kind of document (.doc, .wps, .rtf, .odt, .xls, .et, .ods) is read with LibreOffice, which is not installed",
        help:
          "install it (apt-get install libreoffice-writer-nogui libreoffice-calc-nogui), or open the document in Word or WPS and save it as .\(kind.rawValue)"
      )
    }
    do {
      let scratch = try ScratchFolder()
      defer { scratch.remove() }
      return try convert(bytes, kind, with: program, in: scratch.url, seconds: seconds, failure)
    } catch {
      return failure("the document can't be handed to LibreOffice: \(SystemWords.of(error))")
    }
  }

  private static func convert(
    _ bytes: [UInt8], _ kind: Kind, with program: Program, in folder: URL, seconds: Int,
    _ failure: (String, String?) -> Result<[UInt8], Diagnostic>
  ) throws -> Result<[UInt8], Diagnostic> {
    let profile = folder.appendingPathComponent("profile/user", isDirectory: true)
    try FileManager.default.createDirectory(
      at: profile, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try Data(settings.utf8).write(to: profile.appendingPathComponent("registrymodifications.xcu"))
    let source = folder.appendingPathComponent("plan")
    try Data(bytes).write(to: source)
    let log = folder.appendingPathComponent("log")
    try Data().write(to: log)
    let words = try FileHandle(forWritingTo: log)
    let ending = program.run(
      [
        "-env:UserInstallation=\(profile.deletingLastPathComponent().absoluteString)", "--headless",
        "--norestore",
        "--nologo", "--nolockcheck", "--convert-to", kind.rawValue, "--outdir", folder.path, source.path,
      ], seconds: seconds, in: folder,
      environment: ["HOME": folder.path, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"],
      output: words, complaints: words)
    try words.close()
    let result = folder.appendingPathComponent("plan.\(kind.rawValue)")
    switch ending {
    case .timedOut: return failure("LibreOffice took longer than \(seconds) s over the document", nil)
    case .notStarted(let reason):
      return failure("LibreOffice can't be started: \(reason)", "see \(program.path)")
    case .exited, .crashed: break
    }
    // LibreOffice ends with 0 whether or not it could read the document.
    guard FileManager.default.fileExists(atPath: result.path) else {
      let said = try String(decoding: Data(contentsOf: log).prefix(4096), as: UTF8.self)
      let last = said.split(whereSeparator: \.isNewline).last.map(String.init)?.excerpt ?? "it says nothing"
      return failure("LibreOffice can't read the document: \(last)", nil)
    }
    return SourceFile.bytes(result.path, limit: PlanFile.limit)
  }

  /// No macro runs, and nothing that a document links to is fetched.
  private static let settings = """
    <?xml version="1.0" encoding="UTF-8"?>
    <oor:items xmlns:oor="http://openoffice.org/2001/registry">
    <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
    <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
    <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
    <item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
    <item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
    </oor:items>
    """
}

/// What a file that came by mail is, by its bytes.
public enum MailedFile: Sendable, Hashable {
  case workbook
  /// A workbook or document with macros: nothing is read of it.
  case macros
  case document
  case pdf
  case other

  /// Looks at the bytes.
  public init(_ bytes: [UInt8]) {
    if bytes.starts(with: Array("%PDF".utf8)) {
      self = .pdf
      return
    }
    guard FileKind(bytes) == .zip, let archive = try? ZipArchive(bytes, limits: .standard) else {
      self = .other
      return
    }
    if ["xl/vbaProject.bin", "word/vbaProject.bin"].contains(where: archive.contains) {
      self = .macros
    } else if archive.contains("xl/workbook.xml") {
      self = .workbook
    } else {
      self = archive.contains("word/document.xml") ? .document : .other
    }
  }
}
