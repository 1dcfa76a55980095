public import DubanCore

extension Composer {
  /// A mail by which somebody sees that mails arrive; it is about no measure and uses no template.
  ///
  /// - Throws: ``MailError/unusableAddress(_:)``.
  public func composeTest(to address: String, at: Timestamp, utcOffset: Int) throws -> Message {
    let recipient = try MailAddress(address)
    let sentence = "这是督办系统（duban）的测试邮件。收到它，说明邮件可以送达；不必回复。"
    let key = ["test", recipient.text, String(at.seconds)]
    return Letter(
      from: .init(name: sender.name, address: sender.address), to: .init(name: "", address: recipient),
      subject: "【测试】督办系统测试邮件", at: at, utcOffset: utcOffset,
      messageID: "\(Fingerprint.hex(["message"] + key))@\(sender.address.domain)",
      threadRoot: "\(Fingerprint.hex(["thread"] + key))@\(sender.address.domain)",
      textBytes: Array("\(sentence)\n".utf8),
      htmlBytes: Array(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>测试邮件</title></head>\n<body><p>\(sentence)</p></body></html>\n"
          .utf8)
    ).message()
  }
}
