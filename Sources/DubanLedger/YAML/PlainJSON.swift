import DubanCore

/// Reads the plainest JSON, such as the holiday files are, into the tree that the YAML reader would make of it, at a
/// tenth of the cost.
///
/// Gives up on anything that it would have to judge: escapes, tabs, keys that stand twice, whatever is wrong. The YAML
/// reader then reads the file, and says what there is to say.
struct PlainJSON {
  /// Deeper files, and mappings with more keys, are left to the YAML reader.
  private static let depthLimit = 16
  private static let keyLimit = 64
  /// A key longer than this is none to YAML.
  private static let lengthLimit = 1000

  private let file: String
  private let text: UnsafeBufferPointer<UInt8>
  private var index = 0
  private var line = 1
  /// Where the line begins, and how many bytes of it so far only continue a scalar.
  private var lineStart = 0
  private var continuations = 0

  /// The root; nil for what is left to the YAML reader.
  static func root(of text: String, file: String) -> YAMLValue? {
    var text = text
    return text.withUTF8 { bytes in
      var reader = PlainJSON(file: file, text: bytes)
      reader.skipSpace()
      guard reader.byte == UInt8(ascii: "{"), let root = reader.value(depth: 0) else { return nil }
      reader.skipSpace()
      return reader.byte == nil ? root : nil
    }
  }

  private init(file: String, text: UnsafeBufferPointer<UInt8>) {
    self.file = file
    self.text = text
  }

  private var byte: UInt8? { index < text.count ? text[index] : nil }

  private var location: Diagnostic.Location {
    Diagnostic.Location(file: file, line: line, column: index - lineStart - continuations + 1)
  }

  private mutating func skipSpace() {
    while let byte, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") {
      index += 1
      if byte == UInt8(ascii: "\n") { (line, lineStart, continuations) = (line + 1, index, 0) }
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard byte == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func value(depth: Int) -> YAMLValue? {
    guard depth < Self.depthLimit, let byte else { return nil }
    let place = location
    let content: YAMLValue.Content?
    switch byte {
    case UInt8(ascii: "{"): content = mapping(depth: depth)
    case UInt8(ascii: "["): content = list(depth: depth)
    case UInt8(ascii: "\""): content = string().map { .text($0) }
    default: content = word().map { $0.lowercased() == "null" ? .empty : .text($0) }
    }
    return content.map { YAMLValue(content: $0, location: place) }
  }

  private mutating func mapping(depth: Int) -> YAMLValue.Content? {
    index += 1
    var entries: [YAMLValue.Entry] = []
    skipSpace()
    if take("}") { return .mapping([]) }
    repeat {
      skipSpace()
      let place = location
      guard byte == UInt8(ascii: "\""), let key = string(), take(":") else { return nil }
      skipSpace()
      guard let value = value(depth: depth + 1) else { return nil }
      let located = LocatedText(key, at: place)
      guard entries.count < Self.keyLimit, !entries.contains(where: { $0.key.text == located.text }) else {
        return nil
      }
      entries.append(YAMLValue.Entry(key: located, value: value))
      skipSpace()
    } while take(",")
    return take("}") ? .mapping(entries) : nil
  }

  private mutating func list(depth: Int) -> YAMLValue.Content? {
    index += 1
    var values: [YAMLValue] = []
    skipSpace()
    if take("]") { return .list([]) }
    repeat {
      skipSpace()
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
      skipSpace()
    } while take(",")
    return take("]") ? .list(values) : nil
  }

  /// A string without escapes and without what YAML takes for a line break.
  private mutating func string() -> String? {
    let start = index + 1
    index = start
    while let byte, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20, byte != UInt8(ascii: "\\"), byte != 0xC2, !isSeparator else { return nil }
      if byte & 0xC0 == 0x80 { continuations += 1 }
      index += 1
    }
    guard byte != nil, index - start <= Self.lengthLimit else { return nil }
    index += 1
    return String(decoding: text[start..<(index - 1)], as: UTF8.self)
  }

  /// Whether U+2028 or U+2029 stands here.
  private var isSeparator: Bool {
    text[index] == 0xE2 && index + 2 < text.count && text[index + 1] == 0x80 && text[index + 2] & 0xFE == 0xA8
  }

  /// A number or one of JSON's words, as written.
  private mutating func word() -> String? {
    let start = index
    while let byte, isWord(byte) { index += 1 }
    let word = String(decoding: text[start..<index], as: UTF8.self)
    return word.first.map { $0.isNumber } ?? false || ["true", "false", "null"].contains(word) ? word : nil
  }

  private func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."): true
    default: false
    }
  }
}
