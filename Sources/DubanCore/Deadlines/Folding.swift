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
  /// Whether white space stood before it.
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
