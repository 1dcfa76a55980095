internal import Mustache

/// Escapes text for HTML by byte.
///
/// swift-mustache's own escaping goes by character, and a quote followed by a combining mark is another character
/// than a quote: it would pass, and end an attribute.
struct StrictHTML: MustacheContentType {
  /// The name in the pragma that each HTML template is given.
  static let name = "DUBAN-HTML"

  func escapeText(_ text: String) -> String {
    var text = text
    return text.withUTF8 { text in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(text.count + 32)
      Self.append(text, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// Appends text, escaped.
  static func append(_ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    text.forEachPiece(escaping: escaped) { output.append(contentsOf: $0) }
  }

  /// The bytes of a text once it is escaped.
  static func size(_ text: some Sequence<UInt8>) -> Int {
    text.reduce(0) { $0 + (escaped($1)?.utf8CodeUnitCount ?? 1) }
  }

  private static func escaped(_ byte: UInt8) -> StaticString? {
    switch byte {
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#39;"
    default: nil
    }
  }
}
