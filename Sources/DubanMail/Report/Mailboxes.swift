/// Takes mailboxes out of a text that a mail server wrote.
enum Mailboxes {
  /// The text with `…` in place of everything around an `@` that could be an address.
  static func hidden(in text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
    var result: [UInt8] = []
    var word: [UInt8] = []
    func finish() {
      result += word.contains(UInt8(ascii: "@")) ? Array("…".utf8) : word
      word = []
    }
    for byte in text.utf8 {
      if isPartOfAddress(byte) {
        word.append(byte)
      } else {
        finish()
        result.append(byte)
      }
    }
    finish()
    return String(decoding: result, as: UTF8.self)
  }

  /// `atext`, dots and what stands in domains (RFC 5322, section 3.2.3); other alphabets count too (RFC 6531).
  private static func isPartOfAddress(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
      true
    default: ".@!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
  }
}
