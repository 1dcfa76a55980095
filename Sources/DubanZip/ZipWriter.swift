import CZip

/// Writes a zip container in memory, with libzip.
package enum ZipWriter {
  /// libzip couldn't write, in its own words.
  package struct Failure: Error, CustomStringConvertible {
    /// In libzip's words.
    package let description: String
  }

  /// A zip has no moment before 1980; the papers' own is in their text, and the same paper is the same bytes.
  private static let moment: (date: UInt16, time: UInt16) = (0x21, 0)

  /// The container of these entries, in their order.
  package static func bytes(_ entries: [(name: String, bytes: [UInt8])]) throws(Failure) -> [UInt8] {
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let target = zip_source_buffer_create(nil, 0, 0, &error) else { throw failure(&error) }
    defer { zip_source_free(target) }
    zip_source_keep(target)
    guard let archive = zip_open_from_source(target, ZIP_TRUNCATE, &error) else {
      zip_source_free(target)
      throw failure(&error)
    }
    // libzip reads what is added when the archive is closed: until then the bytes have to stay where they are.
    let held = entries.map { entry in
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, entry.bytes.count), alignment: 1)
      copy.copyBytes(from: entry.bytes)
      return copy
    }
    defer { for copy in held { copy.deallocate() } }
    for (entry, copy) in zip(entries, held) {
      let source = zip_source_buffer(archive, copy.baseAddress, UInt64(entry.bytes.count), 0)
      let index = source.map { zip_file_add(archive, entry.name, $0, UInt32(ZIP_FL_ENC_UTF_8)) } ?? -1
      guard index >= 0,
        zip_file_set_dostime(archive, UInt64(index), moment.time, moment.date, 0) == 0
      else {
        if index < 0 { zip_source_free(source) }
        let problem = Failure(description: String(cString: zip_strerror(archive)))
        zip_discard(archive)
        throw problem
      }
    }
    guard zip_close(archive) == 0 else {
      let problem = Failure(description: String(cString: zip_strerror(archive)))
      zip_discard(archive)
      throw problem
    }
    return try read(target)
  }

  private static func read(_ source: OpaquePointer) throws(Failure) -> [UInt8] {
    guard zip_source_open(source) == 0 else { throw failure(of: source) }
    defer { zip_source_close(source) }
    guard zip_source_seek(source, 0, Int32(SEEK_END)) == 0, case let size = zip_source_tell(source),
      size >= 0,
      zip_source_seek(source, 0, Int32(SEEK_SET)) == 0
    else { throw failure(of: source) }
    var bytes = [UInt8](repeating: 0, count: Int(size))
    // libzip writes into the array itself.
    let count = bytes.withUnsafeMutableBytes { buffer in
      buffer.baseAddress.map { zip_source_read(source, $0, UInt64(buffer.count)) } ?? 0
    }
    guard count == size else { throw failure(of: source) }
    return bytes
  }

  private static func failure(_ error: inout zip_error_t) -> Failure {
    Failure(description: String(cString: zip_error_strerror(&error)))
  }

  private static func failure(of source: OpaquePointer) -> Failure {
    // Debian 13's header says that it is never missing, Debian 12's doesn't.
    let error: UnsafeMutablePointer<zip_error_t>? = zip_source_error(source)
    return Failure(description: error.map { String(cString: zip_error_strerror($0)) } ?? "no words")
  }
}
