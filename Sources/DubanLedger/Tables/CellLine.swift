extension String {
  /// On one line: people break a name over two lines to fit a narrow column.
  ///
  /// Between Chinese characters the break goes without a trace; elsewhere it stands for a space.
  var onOneLine: String {
    var text = self
    let isOneLine = text.withUTF8 { bytes in !bytes.contains { $0 == 0x0A || $0 == 0x0D } }
    if isOneLine { return text.trimmedWhitespace }
    let lines = split(whereSeparator: \.isLineBreak).map { String($0).trimmedWhitespace }.filter {
      !$0.isEmpty
    }
    return lines.reduce(into: "") { result, line in
      let needsSpace = result.last?.isASCII ?? false && line.first?.isASCII ?? false
      result += (needsSpace ? " " : "") + line
    }
  }
}

extension Character {
  /// LF, CR or CRLF: what breaks a line in a cell.
  var isLineBreak: Bool { self == "\n" || self == "\r" || self == "\r\n" }
}
