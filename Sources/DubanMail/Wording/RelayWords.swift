/// What a mail server answered, in Chinese for the contact: servers answer in English, or in whatever they like.
///
/// By the reply's codes, which mean the same everywhere (RFC 5321, section 4.2; RFC 3463), and never by its words.
public enum RelayWords {
  /// `收件地址不存在（550 5.1.1）`; `没有回音` for no answer, `已存入邮件目录` for a mail that was written into a Maildir,
  /// `暂时无法送达` for an answer without a code.
  public static func chinese(_ answer: String?) -> String {
    guard let answer, !answer.isEmpty else { return "没有回音" }
    // Ours, of a mail that was written into a Maildir.
    if answer.hasPrefix("stored as ") { return "已存入邮件目录" }
    let words = answer.split { " -\t\r\n".contains($0) }.prefix(12)
    let codes = words.filter(isReply).prefix(1) + words.filter(isEnhanced).prefix(1)
    guard !codes.isEmpty else { return "暂时无法送达" }
    return "\(meaning(codes.map(String.init)))（\(codes.joined(separator: " "))）"
  }

  private static func isReply(_ word: Substring) -> Bool {
    word.utf8.count == 3 && (200..<600).contains(Int(word) ?? 0)
  }

  /// `5.1.1`.
  private static func isEnhanced(_ word: Substring) -> Bool {
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 3 && ["2", "4", "5"].contains(parts[0])
      && parts.dropFirst().allSatisfy { (1...3).contains($0.utf8.count) && Int($0) != nil }
  }

  private static func meaning(_ codes: [String]) -> String {
    // Subject and detail of an enhanced code say more than the reply.
    let detail = codes.last.flatMap { $0.contains(".") ? String($0.dropFirst(2)) : nil }
    switch detail {
    case "1.1", "1.0", "1.10", "1.6": return "收件地址不存在"
    case "1.2", "4.4": return "收件地址的域名无法找到"
    case "1.3": return "收件地址格式不被接受"
    case "1.7", "1.8": return "发件地址不被接受"
    case "2.1": return "收件邮箱已停用"
    case "2.2": return "收件邮箱已满"
    case "2.3", "3.4": return "邮件过大"
    case let detail? where detail.hasPrefix("7."): return "因对方的安全策略或限制被拒收"
    case let detail? where detail.hasPrefix("4."): return "与对方服务器的连接不畅"
    default: break
    }
    switch codes.first?.first {
    case "2": return "已接收"
    case "4": return "对方服务器暂时不能接收"
    default: return codes.first == "552" ? "收件邮箱已满或邮件过大" : "被对方服务器拒收"
    }
  }
}
