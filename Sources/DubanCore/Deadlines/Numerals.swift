/// Numbers in Chinese numerals: 十二, 三十一, 二〇二二.
enum Numerals {
  /// Whether the character is a digit, 十, 百, 千 or 两.
  static func isNumeral(_ code: UInt16) -> Bool { digit(code) != nil || magnitude(code) != nil }

  /// Whether the character is typed in place of 〇.
  static func isZeroLike(_ code: UInt16) -> Bool { code == 0x30 || code == 0x4F || code == 0x6F }

  /// The number that the run says, place by place (二〇二二) or with 十 and 百 (三十一); -1 for neither.
  static func value(of run: Slice<Letter.Buffer>) -> Int32 {
    if run.contains(where: { magnitude($0.code) != nil }) { return spoken(run) }
    guard run.count == 1 || run.count == 4 else { return -1 }
    return run.reduce(0) { $0 * 10 + (isZeroLike($1.code) ? 0 : digit($1.code) ?? 0) }
  }

  private static func spoken(_ run: Slice<Letter.Buffer>) -> Int32 {
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
