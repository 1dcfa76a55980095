import Foundation

/// Ideographs that text from a PDF shows as radicals of the same shape, because its font shares their glyphs.
enum Radicals {
  /// The radicals of the supplement (U+2E80 to U+2EFF) that have the shape of a common ideograph; Unicode gives
  /// them no compatibility mapping.
  private static let supplement: [Unicode.Scalar: Unicode.Scalar] = [
    "⺁": "厂", "⺟": "母", "⺠": "民", "⺩": "王", "⻁": "虎", "⻄": "西", "⻅": "见", "⻆": "角", "⻉": "贝", "⻋": "车",
    "⻓": "长",
    "⻔": "门", "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻢": "马", "⻣": "骨", "⻤": "鬼",
    "⻥": "鱼",
    "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻬": "齐", "⻮": "齿", "⻰": "龙", "⻳": "龟",
  ]

  /// The ideograph that `scalar` stands for; itself where it is no radical.
  static func ideograph(for scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x2E80...0x2EFF: supplement[scalar] ?? scalar
    case 0x2F00...0x2FD5:
      String(scalar).precomposedStringWithCompatibilityMapping.unicodeScalars.first ?? scalar
    default: scalar
    }
  }
}
