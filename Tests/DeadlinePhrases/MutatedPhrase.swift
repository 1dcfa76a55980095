public import TestSupport

/// Phrases that nobody would write: composed ones with characters dropped, doubled, swapped and put in.
public enum MutatedPhrase {
  private static let pieces = [
    "年", "月", "日", "底", "末", "前", "内", "后", "起", "至", "-", "—", "、", "，", "。", "（", "）", "《", "》", "“", "”",
    "每", "季度",
    "半年", "上旬", "十四五", "长期", "立行立改", "工作日", "个", "第", "周", "2022", "12", "31", "99999999999", "0", "〇", "十",
    "百", "二",
    ".", "/", ":", "%", " ", "\t", "\u{0}", "\u{FFFD}", "😀", "e\u{301}", "a", "今年", "次年", "当月", "已", "未", "的",
    "由", "时", "下午",
    "24", "2149", "1949", "9999", "0000", "以来", "左右", "开始", "收到", "之日起", "每季度末月", "双月", "一次",
  ]

  /// A phrase at random: composed, then changed up to eight times; or pieces thrown together.
  public static func random(using random: inout SeededGenerator) -> String {
    if random.once(in: 4) {
      return (0..<Int.random(in: 0...24, using: &random)).map { _ in random.pick(pieces) }.joined()
    }
    var characters = Array(ComposedPhrase.random(using: &random).text)
    for _ in 0..<Int.random(in: 1...8, using: &random) { change(&characters, &random) }
    return String(characters)
  }

  private static func change(_ characters: inout [Character], _ random: inout SeededGenerator) {
    guard !characters.isEmpty else { return }
    let index = Int.random(in: characters.indices, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: characters.remove(at: index)
    case 1: characters.insert(characters[index], at: index)
    case 2: characters.swapAt(index, Int.random(in: characters.indices, using: &random))
    default: characters.insert(contentsOf: random.pick(pieces), at: index)
    }
  }
}
