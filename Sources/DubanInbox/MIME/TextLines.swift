/// The lines of a text part as a person reads them.
enum TextLines {
  /// Beyond so many bytes a text is cut: nobody writes an answer of that length.
  static let most = 2_000_000

  /// The lines of text/plain (format=flowed undone, RFC 3676) or text/html.
  static func lines(_ part: MailPart) -> [String] {
    var text = part.text
    if text.utf8.count > most { text = String(decoding: text.utf8.prefix(most), as: UTF8.self) }
    if part.type == "text/html" { return html(text) }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.unicodeScalars.filter { $0 != "\0" && $0 != "\u{FEFF}" && $0 != "\u{200B}" })
    }
    guard part.parameters["format"]?.lowercased() == "flowed" else { return lines }
    return unflowed(lines, deletesSpace: part.parameters["delsp"]?.lowercased() == "yes")
  }

  private static func unflowed(_ lines: [String], deletesSpace: Bool) -> [String] {
    var result: [String] = []
    var isOpen = false
    for line in lines {
      let isQuoted = line.hasPrefix(">")
      var shown = line
      if !isQuoted, line.hasPrefix(" ") { shown.removeFirst() }
      let flows = shown.hasSuffix(" ") && shown != "-- "
      if isOpen, !isQuoted, shown != "-- ", let last = result.popLast() {
        result.append((deletesSpace ? String(last.dropLast()) : last) + shown)
      } else {
        result.append(shown)
      }
      isOpen = flows && !isQuoted
    }
    return result
  }

  /// Each block, cell and line break begins a line; styles, scripts and what is hidden isn't shown.
  static func html(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    var lines: [String] = []
    var line: [UInt8] = []
    var hidden: String?
    func end() {
      lines.append(String(decoding: line, as: UTF8.self).replacing("\u{FEFF}", with: ""))
      line = []
    }
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case 0x3C:
        if bytes[index...].starts(with: Array("<!--".utf8)) {
          index = after("-->", bytes, index) ?? bytes.count
          continue
        }
        let close = bytes[index...].firstIndex(of: 0x3E) ?? bytes.count
        var name = bytes[(index + 1)..<close].prefix { $0 > 0x20 && $0 != 0x2F || $0 == 0x2F }.prefix(12)
        let isEnd = name.first == 0x2F
        if isEnd { name.removeFirst() }
        let tag = String(decoding: name, as: UTF8.self).lowercased().replacing("/", with: "")
        if let awaited = hidden {
          if isEnd, tag == awaited { hidden = nil }
        } else if !isEnd, ["style", "script", "head", "title"].contains(tag) {
          hidden = tag
        } else if [
          "br", "p", "div", "tr", "td", "th", "table", "li", "ul", "ol", "hr", "blockquote", "h1", "h2", "h3",
          "h4", "body", "pre",
        ].contains(tag) {
          if !line.isEmpty || tag == "br" { end() }
        }
        index = close + 1
      case 0x26 where hidden == nil:
        let (shown, length) = entity(bytes, index)
        line += Array(shown.utf8)
        index += length
      case 0x0A, 0x0D:
        if hidden == nil, !line.isEmpty, line.last != 0x20 { line.append(0x20) }
        index += 1
      case 0: index += 1
      default:
        if hidden == nil { line.append(bytes[index]) }
        index += 1
      }
    }
    end()
    return lines
  }

  private static func after(_ mark: String, _ bytes: [UInt8], _ start: Int) -> Int? {
    let mark = Array(mark.utf8)
    var index = start
    while index + mark.count <= bytes.count {
      if bytes[index] == mark[0], bytes[index...].starts(with: mark) { return index + mark.count }
      index += 1
    }
    return nil
  }

  private static func entity(_ bytes: [UInt8], _ start: Int) -> (String, Int) {
    guard let end = bytes[start...].prefix(12).firstIndex(of: 0x3B) else { return ("&", 1) }
    let name = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
    let named = [
      "nbsp": " ", "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'", "ldquo": "“", "rdquo": "”",
      "mdash": "—", "hellip": "…", "middot": "·", "ensp": " ", "emsp": " ",
    ]
    if let shown = named[name] { return (shown, end - start + 1) }
    if name.hasPrefix("#") {
      let digits = name.dropFirst()
      let isHex = digits.first == "x" || digits.first == "X"
      let value = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      if let scalar = value.flatMap(Unicode.Scalar.init), scalar.value > 0 {
        return (String(Character(scalar)), end - start + 1)
      }
    }
    return ("&", 1)
  }
}

/// A text without any white space: what is compared, since every mailer wraps and indents in its own way.
func squeezed(_ text: some StringProtocol) -> String {
  String(
    String.UnicodeScalarView(
      text.unicodeScalars.filter {
        !$0.properties.isWhitespace && $0.value >= 0x20 && $0 != "\u{FEFF}" && $0 != "\u{200B}"
      }))
}
