import DubanText

/// Turns bytes of a declared charset into text, as mails really use the names: whatever calls itself gb2312 or gbk is
/// read as GB18030, which holds both.
enum Charset {
  /// The text of these bytes. Bytes that aren't the charset's become U+FFFD; without a charset, or where UTF-8 is
  /// declared and isn't, UTF-8 and GB18030 are tried in turn.
  static func text(_ bytes: [UInt8], _ declared: String?) -> String {
    let name = (declared ?? "").lowercased()
    if name.hasPrefix("hz") { return converted(unHZ(bytes), "GB18030") }
    if name.hasPrefix("iso-2022-cn") { return converted(bytes, "ISO-2022-CN") }
    let national = [
      "gb2312", "gbk", "gb18030", "gb_2312-80", "chinese", "x-gbk", "cp936", "ms936", "euc-cn", "936",
      "x-euc-cn",
    ]
    if national.contains(name) {
      return chineseUTF8(bytes) ?? converted(bytes, "GB18030")
    }
    if ["", "utf-8", "utf8", "us-ascii", "ascii", "unknown-8bit", "8bit", "default", "binary"].contains(name)
    {
      if let text = utf8(bytes) { return text }
      let read = converted(bytes, "GB18030")
      return read.unicodeScalars.contains("\u{FFFD}") ? String(decoding: bytes, as: UTF8.self) : read
    }
    let isName = name.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || "-_.:".utf8.contains($0)
    }
    return converted(bytes, isName && name.utf8.count < 40 ? name : "GB18030")
  }

  /// Bytes that call themselves GB, where they are UTF-8: four characters of three bytes each are no accident, as two of
  /// two are (联通).
  private static func chineseUTF8(_ bytes: [UInt8]) -> String? {
    let leads = bytes.filter { $0 >= 0xC0 }
    return leads.count >= 4 && leads.allSatisfy { $0 >= 0xE2 } ? utf8(bytes) : nil
  }

  /// The text where it is UTF-8. One that was cut in the middle of a character still is, without that one: what is
  /// before shows that it isn't a last character of GB.
  private static func utf8(_ bytes: [UInt8]) -> String? {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    guard let lead = bytes.suffix(3).lastIndex(where: { $0 >= 0xC0 }),
      bytes[..<lead].contains(where: { $0 >= 0x80 })
    else { return nil }
    let length = bytes[lead] >= 0xF0 ? 4 : bytes[lead] >= 0xE0 ? 3 : 2
    let isCut = bytes.count - lead < length && bytes[(lead + 1)...].allSatisfy { 0x80...0xBF ~= $0 }
    return isCut ? String(validating: bytes[..<lead], as: UTF8.self) : nil
  }

  /// A charset that iconv doesn't know is read as UTF-8.
  private static func converted(_ bytes: [UInt8], _ charset: String) -> String {
    String(
      decoding: Transcoder.utf8(bytes, from: charset, replacing: true)?.bytes ?? bytes, as: UTF8.self)
  }

  /// RFC 1843: between ~{ and ~} are pairs of seven bits, which with the eighth set are GB 2312.
  private static func unHZ(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var (index, isChinese) = (0, false)
    while index < bytes.count {
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      switch (bytes[index], next) {
      case (0x7E, 0x7B): (isChinese, index) = (true, index + 2)
      case (0x7E, 0x7D): (isChinese, index) = (false, index + 2)
      case (0x7E, 0x0A): index += 2
      case (0x7E, 0x7E) where !isChinese:
        result.append(0x7E)
        index += 2
      case (0x0A, _):
        result.append(0x0A)
        (isChinese, index) = (false, index + 1)
      default:
        result.append(isChinese && bytes[index] > 0x20 ? bytes[index] | 0x80 : bytes[index])
        index += 1
      }
    }
    return result
  }
}

/// Content-Transfer-Encodings as they really come (RFC 2045 section 6).
enum Transfer {
  /// The bytes behind an encoding, no more than so many; an unknown encoding is taken as none.
  static func decoded(_ bytes: ArraySlice<UInt8>, _ encoding: String, atMost most: Int) -> [UInt8] {
    switch encoding.lowercased() {
    case "base64": base64(bytes, atMost: most)
    case "quoted-printable": quotedPrintable(bytes, atMost: most)
    default: Array(bytes.prefix(most))
    }
  }

  /// Passes over what isn't of the alphabet; padding in the middle ends one encoded piece and the next begins.
  ///
  /// Not Foundation's, which gives nothing at all for a mail that was cut off, for one piece behind another and for the
  /// letters of web addresses, and can't end after the first bytes of a large file.
  static func base64(_ bytes: some Sequence<UInt8>, atMost most: Int = .max) -> [UInt8] {
    var result: [UInt8] = []
    var (value, bits): (UInt32, Int) = (0, 0)
    for byte in bytes {
      let six: UInt8
      switch byte {
      case 0x41...0x5A: six = byte - 0x41
      case 0x61...0x7A: six = byte - 0x47
      case 0x30...0x39: six = byte + 4
      case 0x2B, 0x2D: six = 62
      case 0x2F, 0x5F: six = 63
      case 0x3D:
        (value, bits) = (0, 0)
        continue
      default: continue
      }
      value = (value << 6 | UInt32(six)) & 0xFFFF
      bits += 6
      if bits >= 8 {
        guard result.count < most else { break }
        bits -= 8
        result.append(UInt8(truncatingIfNeeded: value >> UInt32(bits)))
      }
    }
    return result
  }

  /// An = that begins no code stays as it is; blanks at a line's end go, for they are the way's.
  static func quotedPrintable(_ bytes: ArraySlice<UInt8>, atMost most: Int = .max) -> [UInt8] {
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex, result.count < most {
      guard bytes[index] == 0x3D else {
        result.append(bytes[index])
        index += 1
        continue
      }
      var end = index + 1
      while end < bytes.endIndex, bytes[end] == 0x20 || bytes[end] == 0x09 || bytes[end] == 0x0D { end += 1 }
      if end >= bytes.endIndex || bytes[end] == 0x0A {
        index = end + 1
      } else if index + 2 < bytes.endIndex, let high = hex(bytes[index + 1]), let low = hex(bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(0x3D)
        index += 1
      }
    }
    return result
  }

  /// The value of a hexadecimal digit.
  static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
