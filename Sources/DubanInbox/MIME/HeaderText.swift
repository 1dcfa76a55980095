/// What a header field says: encoded words (RFC 2047), parameters (RFC 2231), raw bytes.
enum HeaderText {
  /// The text of an unstructured field. Neighbouring encoded words of one charset are joined before they are decoded,
  /// since mailers cut them in the middle of a character.
  static func text(_ bytes: [UInt8]) -> String {
    var result = ""
    var plain: [UInt8] = []
    var pending: (charset: String, bytes: [UInt8])?
    func flush() {
      if let word = pending { result += Charset.text(word.bytes, word.charset) }
      pending = nil
    }
    // No encoded word ends before here.
    var unended = 0
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x3D, let word = encodedWord(bytes, at: index, &unended) {
        let isBlank = plain.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        if isBlank, pending?.charset == word.charset {
          pending?.bytes += word.bytes
        } else {
          let follows = pending != nil
          flush()
          if !(isBlank && follows) { result += Charset.text(plain, nil) }
          pending = (word.charset, word.bytes)
        }
        plain = []
        index = word.end
      } else {
        plain.append(bytes[index])
        index += 1
      }
    }
    flush()
    return result + Charset.text(plain, nil)
  }

  private static func encodedWord(_ bytes: [UInt8], at start: Int, _ unended: inout Int) -> (
    charset: String, bytes: [UInt8], end: Int
  )? {
    guard start + 6 < bytes.count, bytes[start + 1] == 0x3F else { return nil }
    let limit = min(bytes.count, start + 2000)
    let names = bytes[(start + 2)..<min(limit, start + 42)]
    guard let first = names.firstIndex(of: 0x3F), first + 2 < limit, bytes[first + 2] == 0x3F else {
      return nil
    }
    let body = first + 3
    var end = max(body, unended)
    while end + 1 < limit, !(bytes[end] == 0x3F && bytes[end + 1] == 0x3D) { end += 1 }
    guard end + 1 < limit else {
      unended = max(unended, end)
      return nil
    }
    let name = String(decoding: bytes[(start + 2)..<first], as: UTF8.self).lowercased()
    let charset = name.split(separator: "*").first.map(String.init) ?? name
    switch bytes[first + 1] {
    case 0x42, 0x62: return (charset, Transfer.base64(bytes[body..<end]), end + 2)
    case 0x51, 0x71:
      let spaced = bytes[body..<end].map { $0 == 0x5F ? 0x20 : $0 }
      return (charset, Transfer.quotedPrintable(spaced[...]), end + 2)
    default: return nil
    }
  }

  /// The value before the first semicolon, in small letters, and the parameters behind it.
  static func structured(_ bytes: [UInt8]) -> (value: String, parameters: [String: String]) {
    var pieces: [[UInt8]] = [[]]
    var (isQuoted, isEscaped) = (false, false)
    for byte in bytes {
      if isEscaped {
        isEscaped = false
      } else if isQuoted, byte == 0x5C {
        isEscaped = true
        continue
      } else if byte == 0x22 {
        isQuoted.toggle()
        continue
      } else if byte == 0x3B, !isQuoted {
        guard pieces.count < 100 else { break }
        pieces.append([])
        continue
      }
      pieces[pieces.count - 1].append(byte)
    }
    var plain: [String: String] = [:]
    var parts: [String: [(Int, [UInt8])]] = [:]
    var charsets: [String: String] = [:]
    for piece in pieces.dropFirst() {
      guard let equals = piece.firstIndex(of: 0x3D) else { continue }
      let name = trimmed(String(decoding: piece[..<equals], as: UTF8.self)).lowercased()
      var value = Array(piece[(equals + 1)...])
      let marks = name.split(separator: "*", omittingEmptySubsequences: false)
      guard marks.count > 1, let base = marks.first.map(String.init) else {
        plain[name] = trimmed(text(value))
        continue
      }
      let number = Int(marks[1]) ?? 0
      if name.hasSuffix("*") {
        if number == 0 {
          let quotes = value.indices.filter { value[$0] == 0x27 }
          if quotes.count >= 2 {
            charsets[base] = trimmed(String(decoding: value[..<quotes[0]], as: UTF8.self))
            value.removeFirst(quotes[1] + 1)
          }
        }
        value = unpercent(value)
      }
      parts[base, default: []].append((number, value))
    }
    for (name, numbered) in parts {
      plain[name] = trimmed(Charset.text(numbered.sorted { $0.0 < $1.0 }.flatMap(\.1), charsets[name]))
    }
    return (trimmed(String(decoding: pieces[0], as: UTF8.self)).lowercased(), plain)
  }

  private static func unpercent(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x25, index + 2 < bytes.count, let high = Transfer.hex(bytes[index + 1]),
        let low = Transfer.hex(bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }
}
