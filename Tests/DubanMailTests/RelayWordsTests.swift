import Testing

@testable import DubanMail

/// The contact reads in Chinese what a server said in English.
struct RelayWordsTests {
  static let rows: [(answer: String?, words: String)] = [
    (nil, "没有回音"), ("", "没有回音"), ("Failed to connect to relay", "暂时无法送达"),
    ("550 5.1.1 <a@example.org>: Recipient address rejected: User unknown", "收件地址不存在（550 5.1.1）"),
    ("550-5.1.1 The account does not exist", "收件地址不存在（550 5.1.1）"),
    ("550 no such user", "被对方服务器拒收（550）"), ("452 4.2.2 mailbox full", "收件邮箱已满（452 4.2.2）"),
    ("552 quota exceeded", "收件邮箱已满或邮件过大（552）"),
    ("554 5.7.1 Client host rejected", "因对方的安全策略或限制被拒收（554 5.7.1）"),
    ("421 try again later", "对方服务器暂时不能接收（421）"), ("250 2.0.0 Ok: queued as 4Q", "已接收（250 2.0.0）"),
    ("a relay at 192.0.2.1 said nothing", "暂时无法送达"), ("stored as 1672.M1P2.host", "已存入邮件目录"),
  ]

  @Test("answers", arguments: rows)
  func answers(_ row: (answer: String?, words: String)) {
    #expect(RelayWords.chinese(row.answer) == row.words)
  }
}
