/// The longest line that we keep of what others say; a reply line may have 512 bytes (RFC 5321, section 4.5.3.1.5).
private let longestLine = 600

/// Words from outside as one printable line: control and formatting characters (line ends, escape sequences, bidi
/// overrides) become spaces, runs of spaces become one, and what is over-long is cut with `…`.
func printableLine(_ text: some StringProtocol) -> String {
  if isPlainLine(text.utf8) { return String(text) }
  var line = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    let isBlank: Bool
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate, .privateUse,
      .unassigned:
      isBlank = true
    default: isBlank = false
    }
    if isBlank && (line.isEmpty || line.last == " ") { continue }
    if line.count == longestLine { return String(line) + "…" }
    line.append(isBlank ? " " : scalar)
  }
  if line.last == " " { line.removeLast() }
  return String(line)
}

/// Whether it is printed as it is: ASCII words with one space between, as almost every reply has them.
private func isPlainLine(_ text: some Collection<UInt8>) -> Bool {
  var (count, previous) = (0, UInt8(ascii: " "))
  for byte in text {
    guard (0x21...0x7E).contains(byte) || byte == 0x20 && previous != 0x20 else { return false }
    (count, previous) = (count + 1, byte)
  }
  return previous != 0x20 && count <= longestLine || count == 0
}
