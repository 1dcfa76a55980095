import DubanCore

/// Message-IDs in header fields.
enum MailID {
  /// The ids in angle brackets, in order, without them.
  static func ids(in text: String) -> [String] {
    var result: [String] = []
    var rest = text.utf8[...]
    while let open = rest.firstIndex(of: 0x3C) {
      rest = rest[open...].dropFirst()
      guard let end = rest.firstIndex(where: { $0 == 0x3C || $0 == 0x3E }) else { break }
      guard rest[end] == 0x3E else {
        rest = rest[end...]
        continue
      }
      let id = trimmed(String(decoding: rest[..<end], as: UTF8.self))
      if id.holds("@"), !id.hasPrefix("@"), !id.hasSuffix("@"), !id.contains(where: \.isWhitespace) {
        result.append(id)
      }
      rest = rest[end...]
    }
    return result
  }
}

/// Mail addresses in header fields and texts.
enum Address {
  /// The addresses in a text, in order, in small letters.
  static func all(in text: String) -> [String] {
    var result: [String] = []
    let bytes = Array(text.utf8.prefix(40_000))
    var (start, index) = (0, 0)
    while let at = bytes[index...].firstIndex(of: 0x40) {
      index = at + 1
      let local = localLength(bytes[start..<at])
      let domain = bytes[index...].prefix { isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x2E }
      let labels = String(decoding: domain, as: UTF8.self).lowercased().split(
        separator: ".", omittingEmptySubsequences: false)
      // A full stop behind an address belongs to the sentence.
      let names = labels.prefix { !$0.isEmpty }
      guard local > 0, names.count >= 2, names.first?.hasPrefix("-") == false else { continue }
      let name = String(decoding: bytes[(at - local)..<at], as: UTF8.self).lowercased()
      let last = names.joined(separator: ".")
      result.append("\(name)@\(last.hasSuffix("-") ? String(last.dropLast()) : last)")
      index = at + 1 + last.utf8.count
      start = index
    }
    return result
  }

  /// The address in angle brackets, else the last one named.
  static func first(in text: String?) -> String? {
    guard let text else { return nil }
    return MailID.ids(in: text).first?.lowercased() ?? all(in: text).last
  }

  /// How many of these bytes, at their end, are the local part of an address: a word or a quoted text.
  private static func localLength(_ bytes: ArraySlice<UInt8>) -> Int {
    if bytes.last == 0x22, let open = bytes.suffix(66).dropLast().lastIndex(of: 0x22) {
      return bytes.endIndex - open
    }
    return bytes.reversed().prefix(while: isLocal).count
  }

  private static func isLocal(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || ".!#$%&'*+/=?^_`{|}~-".utf8.contains(byte)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}

/// The day of a Date field (RFC 5322), in the sender's own zone.
enum MailDay {
  /// The number of a month that this names, in letters of either case.
  static func month(_ name: some StringProtocol) -> Int? {
    let small = name.prefix(3).lowercased()
    return CivilDate.englishMonths.firstIndex { $0.lowercased() == small }.map { $0 + 1 }
  }

  static func day(_ text: String) -> CivilDate? {
    let words = text.prefix(200).split { $0.isWhitespace || $0 == "," }
    for place in words.indices.dropLast(2) {
      guard let day = Int(words[place]),
        let month = month(words[place + 1]),
        let year = Int(words[place + 2])
      else { continue }
      return CivilDate(year: year, month: month, day: day)
    }
    return nil
  }
}
