import CExpat
import CZip

/// Reads one XML part of a workbook and hands its elements over by their local names.
///
/// The prefix of a name is dropped: Excel writes none, other programs do. A document type declaration is refused
/// before parsing, so there are no entities to expand and nothing outside the part to fetch.
final class XMLPart {
  /// What wants to know about the part's elements.
  protocol Handler: AnyObject {
    /// An element begins. Attributes go by their qualified names.
    func begin(_ element: Substring, _ attributes: [String: String])
    func end(_ element: Substring)
    /// Characters between tags, as many calls as it takes.
    func characters(_ text: String)
    /// Whether enough was read, or too much.
    var isDone: Bool { get }
  }

  /// Why a part can't be read.
  enum Failure: Error, Equatable {
    /// Not well-formed, with the line.
    case malformed(line: Int)
    case declaresDocumentType
    /// Its characters aren't UTF-8.
    case notUTF8
    /// There is no memory for a parser.
    case noParser
  }

  /// How much is handed to the parser at once: it counts in 32 bits, and stops only between its calls.
  private static let pieceSize = 1 << 20

  private let handler: any Handler
  private let parser: XML_Parser

  private init(_ handler: any Handler) throws(Failure) {
    guard let parser = XML_ParserCreate("UTF-8") else { throw .noParser }
    (self.handler, self.parser) = (handler, parser)
    // Unretained: this object owns the parser, and expat calls back from `parse(_:)` alone.
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { context, name, attributes in
        guard let name else { return }
        XMLPart.at(context)?.begin(name, attributes)
      },
      { context, name in
        guard let name else { return }
        XMLPart.at(context)?.end(name)
      })
    XML_SetCharacterDataHandler(parser) { context, text, count in
      // Valid during this call only, and copied into the string.
      text?.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { text in
        let text = UnsafeBufferPointer(start: text, count: Int(count))
        XMLPart.at(context)?.handler.characters(String(decoding: text, as: UTF8.self))
      }
    }
  }

  deinit { XML_ParserFree(parser) }

  /// Reads the part in `bytes`.
  static func read(_ bytes: [UInt8], with handler: any Handler) throws(Failure) {
    // UTF-16 and its kind would hide a declaration from the search below.
    let head = String(decoding: bytes.prefix(200), as: UTF8.self).lowercased()
    let declaration = head.firstRange(of: "?>").map { head[..<$0.lowerBound] } ?? ""
    if bytes.contains(0) || UTF8Census(bytes).firstFlaw != nil
      || declaration.contains("encoding") && !declaration.contains("utf-8")
    {
      throw .notUTF8
    }
    // From tag to tag: a general search of many megabytes takes seconds.
    var rest = bytes[...]
    while let tag = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[tag...]
      if rest.starts(with: "<!DOCTYPE".utf8) { throw .declaresDocumentType }
      rest.removeFirst()
    }
    let part = try XMLPart(handler)
    guard part.parse(bytes) || handler.isDone else {
      throw .malformed(line: Int(duban_xml_line(part.parser)))
    }
  }

  /// Whether the part is whole and well-formed.
  private func parse(_ bytes: [UInt8]) -> Bool {
    // expat takes a pointer and a length; the pieces are of one array, without copies.
    bytes.withUnsafeBytes { bytes in
      var rest = bytes[...]
      repeat {
        let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(Self.pieceSize))
        rest = rest.dropFirst(piece.count)
        let start = piece.baseAddress?.assumingMemoryBound(to: CChar.self)
        guard XML_Parse(parser, start, Int32(piece.count), rest.isEmpty ? 1 : 0) == XML_STATUS_OK else {
          return false
        }
      } while !rest.isEmpty
      return true
    }
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> XMLPart? {
    context.map { Unmanaged<XMLPart>.fromOpaque($0).takeUnretainedValue() }
  }

  private func begin(
    _ name: UnsafePointer<XML_Char>, _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?
  ) {
    // Names and values by turns, up to a null.
    var values: [String: String] = [:]
    var next = attributes
    while let pair = next, let name = pair[0], let value = pair[1] {
      values[String(cString: name)] = String(cString: value)
      next = pair + 2
    }
    handler.begin(Self.localName(String(cString: name)), values)
    if handler.isDone { XML_StopParser(parser, 0) }
  }

  private func end(_ name: UnsafePointer<XML_Char>) {
    handler.end(Self.localName(String(cString: name)))
    if handler.isDone { XML_StopParser(parser, 0) }
  }

  private static func localName(_ name: String) -> Substring {
    guard let colon = name.lastIndex(of: ":") else { return name[...] }
    return name[name.index(after: colon)...]
  }
}

extension XMLPart.Handler {
  func end(_ element: Substring) {}
  func characters(_ text: String) {}
  var isDone: Bool { false }
}

extension [String: String] {
  /// The value of the attribute of that local name that has a prefix, such as `r:id`.
  func prefixed(_ name: String) -> String? { first { $0.key.hasSuffix(":" + name) }?.value }
}

/// Reads the entries of a zip container that lies in memory, within limits.
///
/// Belongs to the one thread that made it: libzip keeps the archive's state.
final class ZipArchive {
  /// Why a container or an entry can't be read.
  enum Failure: Error, Equatable {
    /// No zip container, or a damaged one; in libzip's words.
    case damaged(String)
    /// The container has no such entry.
    case missing(String)
    case encrypted(String)
    /// An entry is larger than the limits allow.
    case tooLarge(String)
  }

  private let archive: OpaquePointer
  /// libzip reads from here as long as the archive is open, so it is freed after that.
  private let bytes: UnsafeMutableRawBufferPointer
  private let limits: TableLimits
  private var bytesRead = 0

  /// Opens the container in `bytes`.
  init(_ bytes: [UInt8], limits: TableLimits = .standard) throws(Failure) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
    copy.copyBytes(from: bytes)
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    let source = zip_source_buffer_create(copy.baseAddress, UInt64(bytes.count), 0, &error)
    guard let archive = source.flatMap({ zip_open_from_source($0, ZIP_RDONLY, &error) }) else {
      // The archive takes its source over only when it opens.
      zip_source_free(source)
      copy.deallocate()
      throw .damaged(String(cString: zip_error_strerror(&error)))
    }
    self.archive = archive
    self.bytes = copy
    self.limits = limits
    // Of two entries of one name, programs read one or the other.
    var seen: Set<String> = []
    if let twice = names.first(where: { !seen.insert($0).inserted }) {
      throw .damaged("\(twice) is in it twice")
    }
  }

  deinit {
    zip_discard(archive)
    bytes.deallocate()
  }

  /// The entries' names, in the container's order.
  var names: [String] {
    (0..<zip_get_num_entries(archive, 0)).compactMap { index in
      zip_get_name(archive, zip_uint64_t(index), 0).map { String(cString: $0) }
    }
  }

  /// Whether there is such an entry.
  func contains(_ name: String) -> Bool { zip_name_locate(archive, name, 0) >= 0 }

  /// The entry's bytes, unpacked and its checksum tested.
  func read(_ name: String) throws(Failure) -> [UInt8] {
    let index = zip_name_locate(archive, name, 0)
    var stat = zip_stat_t()
    zip_stat_init(&stat)
    guard index >= 0, zip_stat_index(archive, zip_uint64_t(index), 0, &stat) == 0 else {
      throw .missing(name)
    }
    if stat.encryption_method != ZIP_EM_NONE { throw .encrypted(name) }
    let allowed = min(limits.entryBytes, limits.totalBytes - bytesRead)
    let ratio = max(Int(clamping: stat.comp_size), 1).multipliedReportingOverflow(by: limits.ratio)
    let byRatio = ratio.overflow ? Int.max : max(ratio.partialValue, limits.ratioExempt)
    guard stat.size <= UInt64(min(allowed, byRatio)) else { throw .tooLarge(name) }
    guard let file = zip_fopen_index(archive, zip_uint64_t(index), 0) else { throw damage() }
    defer { zip_fclose(file) }
    // One byte more than announced is asked for: an entry that goes on is damaged or a trap.
    let announced = Int(stat.size)
    var content = [UInt8](repeating: 0, count: announced + 1)
    var count = 0
    while count < content.count {
      // libzip unpacks into the array itself.
      let got = content.withUnsafeMutableBytes { buffer in
        guard let start = buffer.baseAddress else { return zip_int64_t(0) }
        return zip_fread(file, start + count, UInt64(buffer.count - count))
      }
      if got < 0 { throw .damaged("\(name): \(String(cString: zip_file_strerror(file)))") }
      if got == 0 { break }
      count += Int(got)
    }
    guard count == announced else { throw .damaged("\(name): its size is not as announced") }
    bytesRead += count
    content.removeLast()
    return content
  }

  private func damage() -> Failure { .damaged(String(cString: zip_strerror(archive))) }
}
