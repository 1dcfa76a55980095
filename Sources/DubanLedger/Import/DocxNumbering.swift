/// The list formats of a document, and how far each list has counted (ECMA-376 part 1, section 17.9).
final class DocxNumbering: XMLPart.Handler {
  private struct Level {
    var format = "decimal"
    var text = ""
    var start = 1
  }

  let isDone = false
  private var formats: [String: [Int: Level]] = [:]
  private var formatOfList: [String: String] = [:]
  private var starts: [String: [Int: Int]] = [:]
  private var counters: [String: [Int: Int]] = [:]
  private var begun: Set<String> = []
  private var format: String?
  private var list: String?
  private var level = 0

  func begin(_ element: Substring, _ attributes: [String: String]) {
    let value = attributes.prefixed("val")
    switch element {
    case "abstractNum": format = attributes.prefixed("abstractNumId")
    case "num": list = attributes.prefixed("numId")
    case "abstractNumId": if let list, let value { formatOfList[list] = value }
    case "lvl", "lvlOverride": level = attributes.prefixed("ilvl").flatMap { Int($0) } ?? 0
    case "start": change { $0.start = value.flatMap { Int($0) } ?? 1 }
    case "numFmt": change { $0.format = value ?? "decimal" }
    case "lvlText": change { $0.text = value ?? "" }
    case "startOverride":
      if let list, let start = value.flatMap({ Int($0) }) { starts[list, default: [:]][level] = start }
    default: break
    }
  }

  func end(_ element: Substring) {
    if element == "abstractNum" { format = nil }
    if element == "num" { list = nil }
  }

  func characters(_ text: String) {}

  private func change(_ edit: (inout Level) -> Void) {
    if let format { edit(&formats[format, default: [:]][level, default: Level()]) }
  }

  /// The number of the next paragraph of a list, as the document shows it; empty for bullets.
  func next(in list: String, level: Int) -> String {
    guard let format = formatOfList[list], let levels = formats[format], let own = levels[level] else {
      return ""
    }
    // A list that says where it starts begins anew; others go on counting with their format.
    let isNew = begun.insert(list).inserted && starts[list] != nil
    var counts = isNew ? [:] : counters[format, default: [:]]
    func start(_ level: Int) -> Int { starts[list]?[level] ?? levels[level]?.start ?? 1 }
    counts[level] = counts[level].map { $0 < Int.max ? $0 + 1 : $0 } ?? start(level)
    for deeper in counts.keys where deeper > level { counts[deeper] = nil }
    counters[format] = counts
    var text = own.text
    for (index, shown) in levels where text.contains("%\(index + 1)") {
      let number = Self.number(counts[index] ?? start(index), format: shown.format)
      text = text.replacing("%\(index + 1)", with: number)
    }
    return own.format == "bullet" ? "" : text
  }

  private static func number(_ value: Int, format: String) -> String {
    switch format {
    case "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting",
      "taiwaneseCounting",
      "taiwaneseCountingThousand", "ideographTraditional":
      ChineseNumeral.text(value)
    case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
      (1...20).contains(value)
        ? Unicode.Scalar(0x2460 + UInt32(value) - 1).map { String($0) } ?? "\(value)" : "\(value)"
    case "none": ""
    default: "\(value)"
    }
  }
}

/// The lists that paragraph styles belong to, and the styles that strike their text through or hide it.
final class DocxStyles: XMLPart.Handler {
  /// How text looks, as far as it says whether the text counts.
  struct Look {
    var isStruck = false
    var isHidden = false

    mutating func add(_ other: Look) {
      isStruck = isStruck || other.isStruck
      isHidden = isHidden || other.isHidden
    }
  }

  let isDone = false
  private var lists: [String: (list: String, level: Int)] = [:]
  private var looks: [String: Look] = [:]
  private var style: String?
  private var level = 0

  func begin(_ element: Substring, _ attributes: [String: String]) {
    switch element {
    case "style": (style, level) = (attributes.prefixed("styleId"), 0)
    case "ilvl": level = attributes.prefixed("val").flatMap { Int($0) } ?? 0
    case "numId": if let style, let list = attributes.prefixed("val") { lists[style] = (list, level) }
    case "strike", "dstrike": if let style { looks[style, default: Look()].isStruck = attributes.isOn }
    case "vanish": if let style { looks[style, default: Look()].isHidden = attributes.isOn }
    default: break
    }
  }

  func end(_ element: Substring) { if element == "style" { style = nil } }

  func characters(_ text: String) {}

  /// The list of a paragraph style, nil where it belongs to none.
  func list(of style: String?) -> (list: String, level: Int)? { style.flatMap { lists[$0] } }

  /// How text of that style looks.
  func look(of style: String?) -> Look { style.flatMap { looks[$0] } ?? Look() }
}

extension [String: String] {
  /// Whether a property that is on or off (`w:strike`, `w:vanish`) is on: it is where it has no value.
  var isOn: Bool { !["0", "false", "off", "none"].contains(prefixed("val")) }
}
