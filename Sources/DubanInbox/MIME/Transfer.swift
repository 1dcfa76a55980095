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
