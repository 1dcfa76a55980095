import DubanCore

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
