import CZip

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
