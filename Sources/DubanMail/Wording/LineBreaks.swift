internal import DubanCore

/// Breaks plain text into lines in which a Chinese character takes two columns.
enum TextWrap {
  /// The text in lines of at most `width` columns, each after `indent`.
  ///
  /// Chinese breaks anywhere, except that a closing mark never starts a line and an opening one never ends it; Latin words and numbers stay whole
  /// where they fit on a line.
  static func lines(_ text: String, width: Int, indent: String = "") -> String {
    let room = width - DisplayWidth.of(indent)
    var wrapped = ""
    for paragraph in text.utf8.split(separator: UInt8(ascii: "\n")) {
      for line in lines(of: Substring(paragraph), width: room) {
        if !wrapped.isEmpty { wrapped += "\n" }
        wrapped += indent
        wrapped += line
      }
    }
    return wrapped
  }

  private static func lines(of text: Substring, width: Int) -> [Substring] {
    var lines: [Substring] = []
    // Where the open line begins, and its columns.
    var (start, used) = (text.startIndex, 0)
    var place = text.startIndex
    while place < text.endIndex {
      let end = endOfPiece(from: place, in: text)
      let piece = text[place..<end]
      let size = DisplayWidth.of(piece)
      if used + size > width, start < place, !isClosing(piece) {
        lines.append(text[start..<place])
        (start, used) = (place, 0)
      }
      if start == place, piece == " " { start = end } else { used += size }
      place = end
    }
    return start < text.endIndex ? lines + [text[start...]] : lines
  }

  /// The end of what isn't broken: a Latin word or a number of at most 40 columns, or one character; an opening mark
  /// together with what follows.
  private static func endOfPiece(from start: Substring.Index, in text: Substring) -> Substring.Index {
    var place = start
    while place < text.endIndex {
      let isWord = isOfWord(text, place)
      let wordStart = place
      repeat {
        place = text.index(after: place)
      } while isWord && place < text.endIndex && isOfWord(text, place)
        && text.utf8.distance(from: wordStart, to: place) < longestWord
      guard isOpening(text.unicodeScalars[text.unicodeScalars.index(before: place)]) else { break }
    }
    return place
  }

  private static func isOfWord(_ text: Substring, _ place: Substring.Index) -> Bool {
    (0x21..<0x80).contains(text.utf8[place])
  }

  /// Columns of a Latin word that are kept together.
  private static let longestWord = 40

  /// Whether a mark never ends a line.
  private static func isOpening(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "（", "《", "“", "‘", "「", "『", "【", "〔", "(": true
    default: false
    }
  }

  /// Whether a piece is a mark that never starts a line.
  private static func isClosing(_ piece: Substring) -> Bool {
    let scalars = piece.unicodeScalars
    guard let mark = scalars.first, scalars.count == 1 else { return false }
    switch mark {
    case "，", "。", "、", "；", "：", "？", "！", "）", "》", "”", "’", "」", "』", "】", "〕", "…": return true
    default: return false
    }
  }
}

/// Keeps a date and its brackets on one line in a mail's HTML: a phone's narrow lines break a long clause anywhere, also
/// between 日 and （周二）.
enum KeptDates {
  private static let opening = Array("<span style=\"white-space:nowrap\">".utf8)
  private static let closing = Array("</span>".utf8)
  private static let (month, year, day) = (Array("月".utf8), Array("年".utf8), Array("日".utf8))
  private static let (open, close, week) = (Array("（".utf8), Array("）".utf8), Array("（周".utf8))
  /// What is between brackets with a date at their start, in bytes: `（12月31日前报送）`.
  private static let longestBracket = 36

  /// The same page with each `12月27日（周二）` and `（12月31日）` of its texts in a span that isn't broken.
  static func html(_ page: [UInt8]) -> [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(page.count + 4096)
    var (place, copied) = (0, 0)
    while place < page.count {
      if page[place] == UInt8(ascii: "<") {
        place = end(ofTag: place, in: page)
      } else if page[place] == day[0], holds(day, at: place, in: page),
        let first = start(before: place, page),
        first >= copied, let found = range(first, place + day.count, in: page),
        !page[..<found.lowerBound].hasSuffix("nowrap\">")
      {
        kept += page[copied..<found.lowerBound]
        kept += opening
        kept += page[found]
        kept += closing
        (place, copied) = (found.upperBound, found.upperBound)
      } else {
        place += 1
      }
    }
    return kept + page[copied...]
  }

  /// Behind a tag; of a title or style behind all of it, since no tag may be in there.
  private static func end(ofTag place: Int, in page: [UInt8]) -> Int {
    for name in ["title", "style"] where page[(place + 1)...].starts(with: name.utf8) {
      let closing = Array("</\(name)>".utf8)
      return (place..<page.count).first { holds(closing, at: $0, in: page) } ?? page.count
    }
    return page[place...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? page.count
  }

  /// Where a date begins whose 日 is there: `2022年12月27日` or `12月27日`.
  private static func start(before place: Int, _ page: [UInt8]) -> Int? {
    guard let month = digits(before: place, page), month >= self.month.count,
      holds(self.month, at: month - self.month.count, in: page),
      let first = digits(before: month - self.month.count, page)
    else { return nil }
    let year = first - self.year.count
    guard year >= 0, holds(self.year, at: year, in: page) else { return first }
    return digits(before: year, page) ?? first
  }

  private static func digits(before place: Int, _ page: [UInt8]) -> Int? {
    var first = place
    while first > 0, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(page[first - 1]) { first -= 1 }
    return first < place ? first : nil
  }

  /// The date with its weekday, or with the brackets around it; nil where it has neither.
  private static func range(_ first: Int, _ last: Int, in page: [UInt8]) -> Range<Int>? {
    if holds(week, at: last, in: page), holds(close, at: last + week.count + 3, in: page) {
      return first..<last + week.count + 3 + close.count
    }
    guard first >= open.count, holds(open, at: first - open.count, in: page) else { return nil }
    for end in last..<min(page.count, last + longestBracket) {
      if page[end] == UInt8(ascii: "<") { return nil }
      if holds(close, at: end, in: page) { return first - open.count..<end + close.count }
    }
    return nil
  }

  private static func holds(_ bytes: [UInt8], at place: Int, in page: [UInt8]) -> Bool {
    place >= 0 && place + bytes.count <= page.count
      && bytes.indices.allSatisfy { page[place + $0] == bytes[$0] }
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSuffix(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
