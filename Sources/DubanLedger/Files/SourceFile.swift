public import DubanCore
import Glibc

/// Reads a whole file that people keep, or says why it can't be read.
public enum SourceFile {
  /// 8 MiB: a hundred times a country's largest plan, and little enough to read into memory whole.
  public static let usualLimit = 8 << 20

  /// The file's bytes; an error located at the file when it is missing, no regular file, not readable or larger
  /// than `limit` bytes.
  public static func bytes(_ file: String, limit: Int = usualLimit) -> Result<[UInt8], Diagnostic> {
    // Non-blocking, or else opening a named pipe would wait for a writer for ever.
    let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return .failure(refusal(file, errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return .failure(refusal(file, errno)) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: return .failure(error(file, "this is a directory", help: "expected a file"))
    default: return .failure(error(file, "this is no regular file", help: "expected a file of text"))
    }
    return contents(of: descriptor, file, size: Int(status.st_size), limit: limit)
  }

  private static func contents(
    of descriptor: Int32, _ file: String, size: Int, limit: Int
  ) -> Result<[UInt8], Diagnostic> {
    var bytes: [UInt8] = []
    // Room for one byte more, so that the end of most files is seen at the second reading.
    var chunk = [UInt8](repeating: 0, count: min(max(size + 1, 4 << 10), 64 << 10))
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { return .failure(refusal(file, errno)) }
      if count == 0 { return .success(bytes) }
      bytes += chunk[..<count]
      if bytes.count > limit {
        return .failure(
          error(
            file, "the file has more than \(limit) bytes",
            help: "at most that much is read: is it the right file?"))
      }
    }
  }

  private static func refusal(_ file: String, _ code: Int32) -> Diagnostic {
    switch code {
    case ENOENT, ENOTDIR: error(file, "there is no such file", help: "see whether the path is right")
    case EACCES: error(file, "this user may not read the file", help: access(to: file))
    default: error(file, "the file can't be read: \(String(cString: strerror(code)))", help: "")
    }
  }

  /// Who is asking, and whom the file lets read it.
  private static func access(to file: String) -> String {
    var status = stat()
    guard stat(file, &status) == 0 else { return "see the owner and the mode of its folder (ls -ld)" }
    let mode = String(status.st_mode & 0o7777, radix: 8)
    return
      "the user is \(SystemWords.user(geteuid())), the file is \(SystemWords.user(status.st_uid))'s with mode \(mode); "
      + "let the service's user read it (chmod, chgrp)"
  }

  private static func error(_ file: String, _ message: String, help: String) -> Diagnostic {
    Diagnostic(.error, at: Diagnostic.Location(file: file), message, help: help)
  }
}

/// Paths in a file are relative to that file's folder.
public enum RelativePath {
  /// `path` as seen from where `file` was named: absolute paths stay, others are put behind the file's folder.
  public static func resolve(_ path: String, from file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return file[...slash] + path
  }
}

/// How a file looks from outside: when two of these are equal, nobody has written to it or replaced it.
public struct FileStamp: Sendable, Equatable {
  private let inode: UInt64
  private let size: Int64
  private let written: [Int]
  private let changed: [Int]

  /// The stamp of the file at that path.
  public init(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      (inode, size, written, changed) = (0, -1, [], [])
      return
    }
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    written = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
  }

  /// Whether the file was there.
  public var exists: Bool { size >= 0 }
}

/// The text of a file that must be UTF-8 without control characters.
enum SourceText {
  /// Enough to see what is wrong; a binary file would give thousands.
  private static let reportedControls = 5

  /// The text without a byte order mark, or everything that keeps the bytes from being text.
  ///
  /// Lines and columns count from 1, columns in Unicode scalars, as libyaml counts them.
  static func decode(_ bytes: [UInt8], file: String) -> (text: String?, diagnostics: [Diagnostic]) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    if isPlain(bytes[start...]), let text = String(validating: bytes[start...], as: UTF8.self) {
      return (text, [])
    }
    var iterator = bytes[start...].makeIterator()
    var decoder = UTF8()
    var (offset, line, column) = (start, 1, 1)
    var text = String.UnicodeScalarView()
    var diagnostics: [Diagnostic] = []
    var wasReturn = false
    while true {
      let place = Diagnostic.Location(file: file, line: line, column: column)
      switch decoder.decode(&iterator) {
      case .emptyInput: return (diagnostics.isEmpty ? String(text) : nil, diagnostics)
      case .error: return (nil, diagnostics + [wrongEncoding(bytes, at: offset, place)])
      case .scalarValue(let scalar):
        if isControl(scalar) {
          diagnostics.append(control(scalar, at: place))
          if diagnostics.count == reportedControls { return (nil, diagnostics) }
        }
        offset += UTF8.width(scalar)
        text.append(scalar)
        if scalar == "\n", wasReturn {
          // The second half of CRLF: the line has been counted.
        } else if ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar) {
          (line, column) = (line + 1, 1)
        } else {
          column += 1
        }
        wasReturn = scalar == "\r"
      }
    }
  }

  /// Whether no byte begins what may be a control character: nearly every file is, and needs no look at its scalars.
  private static func isPlain(_ bytes: ArraySlice<UInt8>) -> Bool {
    for index in bytes.indices {
      switch bytes[index] {
      case 0x20...0x7E, 0x80...0xC1, 0xC3...0xEE, 0xF0..., 0x09, 0x0A, 0x0D: continue
      // U+0080 to U+009F.
      case 0xC2 where index + 1 < bytes.endIndex && bytes[index + 1] >= 0xA0: continue
      // U+FEFF, and U+FFFE with U+FFFF.
      case 0xEF where index + 2 < bytes.endIndex:
        let (second, third) = (bytes[index + 1], bytes[index + 2])
        if second == 0xBB ? third != 0xBF : second != 0xBF || third < 0xBE { continue }
        return false
      default: return false
      }
    }
    return true
  }

  /// What YAML 1.1, section 5.1, doesn't count as printable.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...:
      false
    default: true
    }
  }

  private static func control(_ scalar: Unicode.Scalar, at place: Diagnostic.Location) -> Diagnostic {
    Diagnostic(
      .error, at: place,
      "the character \(CleanText.name(of: scalar))\(scalar.value == 0 ? " (NUL)" : "") doesn't belong into a text",
      help: "take it out; if there are many, this is no text file")
  }

  private static func wrongEncoding(
    _ bytes: [UInt8], at offset: Int, _ place: Diagnostic.Location
  ) -> Diagnostic {
    let byte = String(bytes[offset], radix: 16, uppercase: true)
    let guess =
      if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
        "; it looks like UTF-16"
      } else {
        looksLikeGB18030(bytes) ? "; it looks like GB18030 (GBK)" : ""
      }
    return Diagnostic(
      .error, at: place, "the file is not UTF-8: byte \(offset + 1) is 0x\(byte)\(guess)",
      help: "save it as UTF-8 (iconv -f GB18030 -t UTF-8, or the editor's “save as”)")
  }

  /// Whether the bytes have the form of GB 18030-2022: one byte below 0x80, two, or four.
  private static func looksLikeGB18030(_ bytes: [UInt8]) -> Bool {
    func byte(_ index: Int, in ranges: ClosedRange<UInt8>...) -> Bool {
      index < bytes.count && ranges.contains { $0.contains(bytes[index]) }
    }
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
      } else if byte(index, in: 0x81...0xFE), byte(index + 1, in: 0x40...0x7E, 0x80...0xFE) {
        index += 2
      } else if byte(index, in: 0x81...0xFE), byte(index + 1, in: 0x30...0x39),
        byte(index + 2, in: 0x81...0xFE),
        byte(index + 3, in: 0x30...0x39)
      {
        index += 4
      } else {
        return false
      }
    }
    return true
  }
}
