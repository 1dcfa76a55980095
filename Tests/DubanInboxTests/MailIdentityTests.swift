import DubanInbox
import Testing

/// Which mails are one message: what its sender wrote is the same, whichever way it came.
@Suite struct MailIdentityTests {
  private static let mail = """
    Message-ID: <a@example.org>
    From: =?utf-8?B?5b6Q5aif?= <xujuan@example.org>
    Date: Fri, 16 Dec 2022 10:00:00 +0800
    In-Reply-To: <b@example.org>
    References: <c@example.org> <b@example.org>
    Content-Type: multipart/mixed; boundary=b

    --b
    Content-Type: text/plain; charset=utf-8

    4.1已完成
    --b
    Content-Type: application/octet-stream; name=a.bin
    Content-Transfer-Encoding: base64

    AAECAwQF
    --b--

    """

  private static func identity(_ mail: String) -> String {
    MailPart(mail: Array(mail.utf8)).identity { bytes in bytes.map { String($0) }.joined(separator: ",") }
  }

  @Test(
    arguments: [
      // As another server or a forwarding hands it on.
      ("Message-ID:", "Received: from x by y; z\nDelivered-To: d@example.org\nX-Spam: 1\nMessage-ID:", true),
      ("Message-ID:", "Resent-From: d@example.org\nAuthentication-Results: y; spf=none\nMessage-ID:", true),
      ("<c@example.org> <b", "<c@example.org>\n\t<b", true), ("=?utf-8?B?5b6Q5aif?=", "徐娟", true),
      ("\n", "\r\n", true), ("AAECAwQF", "AAEC\nAwQF", true), ("--b--\n", "--b--\n\n\n", true),
      // What another message says.
      ("<a@", "<aa@", false), ("xujuan@", "other@", false), ("10:00:00", "10:00:01", false),
      ("In-Reply-To: <b", "In-Reply-To: <d", false), ("4.1已完成", "4.2已完成", false),
      ("4.1已完成", "不同意\n4.1已完成", false), ("AAECAwQF", "AAECAwQG", false),
      ("Message-ID:", "Auto-Submitted: auto-replied\nMessage-ID:", false),
      ("Message-ID:", "Subject: =?utf-8?B?6Ieq5Yqo5Zue5aSN?=\nMessage-ID:", false),
    ])
  func isTheSame(old: String, new: String, isSame: Bool) {
    let other = Self.mail.replacing(old, with: new)
    #expect(other != Self.mail)
    #expect((Self.identity(other) == Self.identity(Self.mail)) == isSame)
  }
}
