/// Cuts a phrase into the words of the ``Vocabulary``, numbers, and text that neither knows.
struct Lexer {
  private let letters: [FoldedCharacter]
  private var tokens: [Token] = []
  private var position = 0

  /// The tokens of a phrase, in order. Quotation marks and white space leave none.
  static func tokens(of letters: [FoldedCharacter]) -> [Token] {
    var lexer = Lexer(letters: letters)
    lexer.run(.standard)
    return lexer.tokens
  }

  private init(letters: [FoldedCharacter]) {
    self.letters = letters
    tokens.reserveCapacity(letters.count + 1)
  }

  private mutating func run(_ table: WordTable) {
    while position < letters.count {
      let code = letters[position].code
      if let count = damagedNumber() {
        append(.number, value: Token.damaged, digits: UInt8(min(count, 255)), count: count)
      } else if isDigit(code) {
        readDigits()
      } else if code == 0x300A {
        skipTitle()
      } else if let word = word(table) {
        append(word.word, value: word.value, count: word.count)
      } else if Numerals.isNumeral(code) {
        readNumeral(table)
      } else if code == Lexer.quote {
        position += 1
      } else {
        append(.text, count: 1)
      }
    }
  }

  private func word(_ table: WordTable) -> WordTable.Match? {
    let last = tokens.last?.word
    return switch last {
    case .number, .numeral, .end, .day, .month, .year: table.word(in: letters, at: position, behind: last)
    default: table.word(in: letters, at: position)
    }
  }

  private static let quote: UInt16 = 0x22

  private func isDigit(_ code: UInt16) -> Bool { (0x30...0x39).contains(code) }

  private mutating func append(_ word: Word, value: Int32 = 0, digits: UInt8 = 0, count: Int) {
    let (start, end) = (letters[position].source, letters[position + count - 1].source + 1)
    position += count
    // Runs of unknown text and of dashes are one token each: ——, 新建项目.
    if let last = tokens.indices.last, word == .text || word == .dash, tokens[last].word == word {
      tokens[last].end = end
    } else {
      tokens.append(Token(word: word, value: value, digits: digits, start: start, end: end))
    }
  }

  /// The length of a number before 年, 月 or 日 in which a letter stands for a digit: 2O22年, l2月; or of a day in such
  /// numbers, or with 一 for a dash: 2O22-12-31, 2022一12一31. Which digit it stands for isn't guessed.
  private func damagedNumber() -> Int? {
    guard isDigit(letters[position].code) || isLookalike(letters[position].code) else { return nil }
    let end = endOfNumber(from: position)
    let run = letters[position..<end]
    if run.count == 4, run.first?.code == 0x32, end + 1 < letters.endIndex,
      Self.parts.contains(letters[end].code)
    {
      let month = endOfNumber(from: end + 1)
      var last = month
      if month + 1 < letters.endIndex, letters[month].code == letters[end].code {
        last = endOfNumber(from: month + 1)
      }
      let whole = letters[position..<last]
      let isOdd = whole.contains { isLookalike($0.code) } || letters[end].code == Self.one
      if month > end + 1, isOdd { return whole.count }
    }
    guard end < letters.endIndex, Self.units.contains(letters[end].code),
      run.contains(where: { isDigit($0.code) }),
      run.contains(where: { isLookalike($0.code) })
    else { return nil }
    return run.count
  }

  private func endOfNumber(from start: Int) -> Int {
    letters[start...].firstIndex { !isDigit($0.code) && !isLookalike($0.code) } ?? letters.endIndex
  }

  /// What is between year, month and day: a dash, slash, dot, or 一.
  private static let parts: [UInt16] = [0x2D, 0x2F, 0x2E, one]
  private static let one: UInt16 = 0x4E00

  /// O, o, l, I, 〇 and |, which a scan or a typist puts for 0 and 1.
  private func isLookalike(_ code: UInt16) -> Bool { [0x4F, 0x6F, 0x6C, 0x49, 0x7C, 0x3007].contains(code) }

  /// 年, 月 and 日.
  private static let units: [UInt16] = [0x5E74, 0x6708, 0x65E5]

  /// A run of digits that no space interrupts: what a space parts may be two numbers, so it isn't joined.
  private mutating func readDigits() {
    var (count, value) = (0, Int32(0))
    while position + count < letters.count, isDigit(letters[position + count].code),
      count == 0 || !letters[position + count].afterSpace
    {
      if count < 9 { value = value * 10 + Int32(letters[position + count].code - 0x30) }
      count += 1
    }
    append(.number, value: count > 9 ? -1 : value, digits: UInt8(min(count, 255)), count: count)
  }

  private mutating func readNumeral(_ table: WordTable) {
    var count = 1
    while position + count < letters.count, continuesNumeral(position + count, table) { count += 1 }
    let run = letters[position..<position + count]
    append(.numeral, value: Numerals.value(of: run), digits: UInt8(min(count, 255)), count: count)
  }

  /// An ASCII zero or letter O between Chinese numerals is one of them: 二0二二年.
  private func continuesNumeral(_ index: Int, _ table: WordTable) -> Bool {
    let code = letters[index].code
    if Numerals.isNumeral(code) { return table.word(in: letters, at: index)?.word != .fiveYears }
    guard Numerals.isZeroLike(code), index + 1 < letters.count else { return false }
    return Numerals.isNumeral(letters[index + 1].code) || Numerals.isZeroLike(letters[index + 1].code)
  }

  /// A title in 《》 is a name, whatever dates it holds. One that never closes hides the rest of the phrase.
  private mutating func skipTitle() {
    var (depth, count) = (0, 0)
    repeat {
      let code = letters[position + count].code
      if code == 0x300A { depth += 1 }
      if code == 0x300B { depth -= 1 }
      count += 1
    } while depth > 0 && position + count < letters.count
    append(.text, count: count)
  }
}

/// Numbers in Chinese numerals: 十二, 三十一, 二〇二二.
enum Numerals {
  /// Whether the character is a digit, 十, 百, 千 or 两.
  static func isNumeral(_ code: UInt16) -> Bool { digit(code) != nil || magnitude(code) != nil }

  /// Whether the character is typed in place of 〇.
  static func isZeroLike(_ code: UInt16) -> Bool { code == 0x30 || code == 0x4F || code == 0x6F }

  /// The number that the run says, place by place (二〇二二) or with 十 and 百 (三十一); -1 for neither.
  static func value(of run: ArraySlice<FoldedCharacter>) -> Int32 {
    if run.contains(where: { magnitude($0.code) != nil }) { return spoken(run) }
    guard run.count == 1 || run.count == 4 else { return -1 }
    return run.reduce(0) { $0 * 10 + (isZeroLike($1.code) ? 0 : digit($1.code) ?? 0) }
  }

  private static func spoken(_ run: ArraySlice<FoldedCharacter>) -> Int32 {
    var (total, pending, ceiling) = (Int32(0), Int32(-1), Int32(10_000))
    for letter in run {
      if let power = magnitude(letter.code) {
        guard power < ceiling, pending != 0 else { return -1 }
        total += (pending < 0 ? 1 : pending) * power
        (pending, ceiling) = (-1, power)
      } else if let digit = digit(letter.code) {
        guard pending <= 0 else { return -1 }
        pending = digit
      } else {
        return -1
      }
    }
    return total + max(pending, 0)
  }

  private static func digit(_ code: UInt16) -> Int32? {
    switch code {
    case 0x3007: 0  // 〇
    case 0x4E00: 1  // 一
    case 0x4E8C, 0x4E24: 2  // 二, 两
    case 0x4E09: 3  // 三
    case 0x56DB: 4  // 四
    case 0x4E94: 5  // 五
    case 0x516D: 6  // 六
    case 0x4E03: 7  // 七
    case 0x516B: 8  // 八
    case 0x4E5D: 9  // 九
    default: nil
    }
  }

  private static func magnitude(_ code: UInt16) -> Int32? {
    switch code {
    case 0x5341: 10  // 十
    case 0x767E: 100  // 百
    case 0x5343: 1000  // 千
    default: nil
    }
  }
}

/// Folds the many forms of a character into one: full-width signs, traditional characters, the radicals that
/// PDF files hold in place of characters.
struct Folding: Sendable {
  static let space: UInt16 = 0x20
  /// What an invisible character becomes.
  static let nothing: UInt16 = 0

  static let standard = Folding()

  /// What each scalar of the basic plane becomes.
  private let table: [UInt16]

  /// The plain form of a scalar; U+FFFD for one outside the basic plane.
  func folded(_ scalar: UInt32) -> UInt16 { scalar > 0xFFFF ? 0xFFFD : table[Int(scalar)] }

  private init() {
    var table = [UInt16](0...UInt16.max)
    for code in 0xFF01...0xFF5E { table[code] = UInt16(code - 0xFEE0) }
    for (forms, plain) in Self.groups {
      guard let plain = plain.utf16.first else { continue }
      for form in forms.utf16 { table[Int(form)] = plain }
    }
    for code in Array(0x00...0x1F) + [0x7F] { table[code] = Self.nothing }
    for code in Array(0x09...0x0D) + [0x3000, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x85]
      + Array(0x2000...0x200A)
    {
      table[code] = Self.space
    }
    for code in [0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xAD] + Array(0xFE00...0xFE0F) {
      table[code] = Self.nothing
    }
    self.table = table
  }

  private static let groups: [(forms: String, plain: String)] = [
    ("—–−―─━‐‑‒﹣－~～〜∼﹘", "-"), ("“”„‟「」『』＂〝〞″", "\""), ("，﹐", ","), ("；。！？!﹔", ";"),
    ("（﹙〔[［【｛{", "("), ("）﹚〕]］】｝}", ")"), ("：﹕︰∶", ":"), ("．﹒·•", "."), ("／", "/"), ("％", "%"),
    ("○◯Ｏ零", "〇"), ("⽉", "月"), ("⽇", "日"), ("⽴", "立"), ("⾏", "行"), ("⻓⾧", "长"), ("⼀", "一"), ("⼆", "二"),
    ("⼗", "十"), ("⼋", "八"), ("⽌", "止"), ("⼯", "工"), ("⼊", "入"), ("⼒", "力"), ("⾄", "至"), ("⼦", "子"),
    ("⽇", "日"), ("⻅⾒", "见"), ("⾃", "自"), ("⽣", "生"), ("⽤", "用"), ("⽅", "方"), ("⼈", "人"), ("⼤", "大"),
    ("⼩", "小"), ("⼝", "口"), ("⽬", "目"), ("⽐", "比"),
    ("農", "农"), ("曆歷", "历"), ("個箇", "个"), ("內", "内"), ("後", "后"), ("週", "周"), ("長", "长"), ("號", "号"),
    ("兩", "两"), ("點", "点"),
    ("時", "时"), ("當", "当"), ("開", "开"), ("實", "实"), ("現", "现"), ("進", "进"), ("續", "续"), ("間", "间"),
    ("於", "于"), ("從", "从"), ("達", "达"), ("報", "报"), ("務", "务"), ("確", "确"), ("爭", "争"), ("則", "则"),
    ("據", "据"), ("為", "为"), ("畫劃", "划"), ("動", "动"), ("態", "态"), ("馬", "马"), ("邊", "边"), ("結", "结"),
    ("終", "终"), ("雙", "双"), ("單", "单"), ("發", "发"), ("鐘", "钟"), ("規", "规"), ("過", "过"), ("遲", "迟"),
    ("應", "应"), ("將", "将"), ("須", "须"), ("試", "试"), ("備", "备"), ("辦", "办"), ("壓", "压"), ("縮", "缩"),
    ("減", "减"), ("啟啓", "启"), ("設", "设"), ("創", "创"), ("銷", "销"), ("驗", "验"), ("總", "总"), ("機", "机"),
  ]
}

/// One character of a phrase in its plain form, and where it came from.
struct FoldedCharacter {
  /// The character's code in the basic plane, folded: half width, simplified, one sign for each dash or quote.
  var code: UInt16
  /// Whether white space was before it.
  var afterSpace: Bool
  /// Its place among the scalars of the original text.
  var source: Int32

  /// The characters of a text, without white space and invisible ones.
  static func all(of text: String) -> [FoldedCharacter] {
    let folding = Folding.standard
    var characters: [FoldedCharacter] = []
    characters.reserveCapacity(text.utf8.count)
    var (source, isSpaced) = (Int32(0), false)
    for scalar in text.unicodeScalars {
      let code = folding.folded(scalar.value)
      if code == Folding.space {
        isSpaced = true
      } else if code != Folding.nothing {
        characters.append(FoldedCharacter(code: code, afterSpace: isSpaced, source: source))
        isSpaced = false
      }
      source += 1
    }
    return characters
  }
}

/// Finds the longest word of the ``Vocabulary`` at a place of a phrase.
struct WordTable: Sendable {
  /// A word of the vocabulary that is at a place of a phrase.
  struct Match: Equatable {
    var word: Word
    var value: Int32
    /// In characters.
    var count: Int
  }

  static let standard = WordTable(Vocabulary.entries)

  private struct Candidate {
    let spelling: [UInt16]
    let match: Match
    /// The place of the next with the same first character, which is no longer; -1 behind the last.
    var next: Int16
  }

  private var candidates: [Candidate] = []
  /// By the code of the first character, the place of the longest; -1 where no word begins with it.
  private var first = [Int16](repeating: -1, count: 1 << 16)

  /// A table of these words, whose characters are folded as those of phrases are. Of a spelling that occurs twice, the
  /// first holds.
  init(_ entries: [Vocabulary.Spellings]) {
    for entry in entries {
      for text in entry.spellings.split(separator: " ") {
        let spelling = text.utf16.map { Folding.standard.folded(UInt32($0)) }
        add(spelling, Match(word: entry.word, value: entry.value, count: spelling.count))
      }
    }
  }

  /// Puts a word behind those that are as long or longer.
  private mutating func add(_ spelling: [UInt16], _ match: Match) {
    var (before, next) = (Int16(-1), first[Int(spelling[0])])
    while next >= 0, candidates[Int(next)].match.count >= match.count {
      (before, next) = (next, candidates[Int(next)].next)
    }
    let place = Int16(candidates.count)
    if before >= 0 { candidates[Int(before)].next = place } else { first[Int(spelling[0])] = place }
    candidates.append(Candidate(spelling: spelling, match: match, next: next))
  }

  /// The longest word that begins at `position`; nil where none does.
  ///
  /// Behind a number a unit wins over longer words, and 前 behind a date: 20日报送 is 20日 and 报送, not a 日报;
  /// 年底前进行 is 年底前 and 进行.
  func word(in characters: [FoldedCharacter], at position: Int, behind last: Word? = nil) -> Match? {
    var longest: Match?
    var place = Int(first[Int(characters[position].code)])
    while place >= 0 {
      let match = candidates[place].match
      if characters.holds(candidates[place].spelling, at: position) {
        if match.word.belongs(behind: last) { return match }
        longest = longest ?? match
      }
      place = Int(candidates[place].next)
    }
    return longest
  }
}

extension [FoldedCharacter] {
  /// Whether these letters are there from a place on.
  func holds(_ spelling: [UInt16], at place: Int) -> Bool {
    guard place + spelling.count <= count else { return false }
    for offset in spelling.indices where self[place + offset].code != spelling[offset] { return false }
    return true
  }
}

extension Word {
  /// Whether the word is the unit of a number before it, or the 前 of a date before it; any is behind nothing.
  fileprivate func belongs(behind last: Word?) -> Bool {
    switch last {
    case nil: true
    case .number, .numeral: isUnit
    default: self == .before || self == .around
    }
  }

  private var isUnit: Bool {
    switch self {
    case .year, .month, .day, .quarter, .months, .days, .workdays, .weeks, .hours, .hour, .minute, .times,
      .piece:
      true
    default: false
    }
  }
}
