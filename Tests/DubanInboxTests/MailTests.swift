import Testing

@testable import DubanInbox

/// Mails taken apart as they really come.
@Suite struct MailTests {
  static let subjects: [(raw: [UInt8], text: String)] = [
    (Array("=?gb2312?B?0tHN6rPJ?=".utf8), "已完成"),
    (Array("=?utf-8?B?5bey5a6M?= =?utf-8?B?5oiQ?=".utf8), "已完成"),
    (Array("=?utf-8?Q?=E5=B7=B2?= then".utf8), "已 then"),
    ([0xD2, 0xD1, 0xCD, 0xEA, 0xB3, 0xC9], "已完成"),
    (Array("a =?broken".utf8), "a =?broken"),
  ]

  @Test(arguments: subjects)
  func headerText(raw: [UInt8], text: String) { #expect(HeaderText.text(raw) == text) }

  @Test func names() {
    let split = HeaderText.structured(
      Array("attachment; filename*0*=utf-8''%E6%95%B4; filename*1*=%E6%94%B9.pdf".utf8))
    #expect(split.value == "attachment")
    #expect(split.parameters["filename"] == "整改.pdf")
    #expect(
      HeaderText.structured(Array("a/b; name=\"=?gbk?B?1fu4xA==?=.doc\"".utf8)).parameters["name"] == "整改.doc"
    )
  }

  @Test func charsets() {
    #expect(Charset.text(Array("~{RQMj3I~}".utf8), "hz-gb-2312") == "已完成")
    #expect(Charset.text([0xE9, 0x46], "gb2312") == "镕")
    #expect(Charset.text([0xD2, 0xD1, 0xCD], "gb2312").hasPrefix("已"))
  }

  @Test func charsetsThatAreNotAsNamed() {
    #expect(Charset.text(Array("已完成整改".utf8), "gbk") == "已完成整改")
    #expect(Charset.text([0xC1, 0xAA, 0xCD, 0xA8], "gbk") == "联通")
    #expect(Charset.text([0xD2, 0xD1, 0xCD, 0xEA, 0xB3, 0xC9], "utf-8") == "已完成")
  }

  /// One character or more in a charset, of two, three and four bytes.
  static let units: [(charset: String, bytes: [UInt8], text: String)] = [
    ("gb2312", [0xD2, 0xD1, 0xCD, 0xEA, 0xB3, 0xC9], "已完成"), ("gbk", [0xE9, 0x46], "镕"),
    ("gb18030", [0x95, 0x34, 0xB9, 0x36], "𠯾"), ("big5", [0xA7, 0xB9, 0xA6, 0xA8], "完成"),
    ("utf-8", Array("已完成".utf8), "已完成"), ("", Array("已完成".utf8), "已完成"), ("utf-8", [0xD2, 0xD1], "已"),
    ("hz-gb-2312", Array("~{RQMj3I~}".utf8), "已完成"),
    ("iso-2022-cn", [0x1B, 0x24, 0x29, 0x41, 0x0E] + Array("RQMj3I".utf8) + [0x0F], "已完成"),
  ]

  /// Wherever the buffers of a converter end.
  @Test(arguments: units)
  func aTextOfAnyLengthComesOutWhole(charset: String, bytes: [UInt8], text: String) {
    for count in [1, 20, 681, 682, 683, 1_365, 1_366, 2_730, 50_000] {
      for before in 0..<4 {
        let lead = String(repeating: "a", count: before)
        let given = Array(lead.utf8) + Array(repeatElement(bytes, count: count).joined())
        #expect(Charset.text(given, charset) == lead + String(repeating: text, count: count))
      }
    }
  }

  @Test func whatIsNoCharacterIsSeen() {
    #expect(Charset.text([0xD2, 0xD1, 0xFF, 0x0A, 0xCD, 0xEA, 0xB3, 0xC9], "gbk") == "已\u{FFFD}\n完成")
    #expect(Charset.text([0x61, 0xFF, 0x62], "big5") == "a\u{FFFD}b")
  }

  /// A long text is cut in the middle of a character, and is still what it was.
  @Test func aTextThatWasCut() {
    let whole = Array("已完成".utf8)
    for declared in ["utf-8", "gb2312", nil] {
      let long = Array(repeatElement(whole, count: 4).joined())
      #expect(Charset.text(long + whole.prefix(1), declared) == "已完成已完成已完成已完成")
      #expect(Charset.text(long + whole.prefix(2), declared) == "已完成已完成已完成已完成")
    }
    #expect(Charset.text(Array("ab".utf8) + [0xE9, 0x46], "utf-8") == "ab镕")
    let mail = "Content-Type: text/plain; charset=utf-8\n\na" + String(repeating: "已完成\n", count: 200_000)
    #expect(MailPart(mail: Array(mail.utf8)).text.hasPrefix("a已完成\n已完成\n"))
  }

  @Test(arguments: ["base64", "BASE64 (x)", "base64;"])
  func encodingsAsTheyAreWritten(encoding: String) {
    let mail =
      "Content-Type: text/plain; charset='utf-8'\nContent-Transfer-Encoding: \(encoding)\n\n5bey5a6M5oiQ\n"
    #expect(MailPart(mail: Array(mail.utf8)).text == "已完成")
  }

  @Test func linesThatEndInCR() {
    #expect(MailPart(mail: Array("Subject: a\rTo: b\r\rone\rtwo".utf8)).text == "one\ntwo")
  }

  @Test func encodings() {
    #expect(Transfer.base64("YQ==Yg==\r\n!Yw".utf8) == Array("abc".utf8))
    #expect(Transfer.quotedPrintable(Array("a=\r\nb=3D=zz".utf8)[...]) == Array("ab==zz".utf8))
  }

  @Test func flowedAndHTML() {
    let mail = MailPart(mail: Array("Content-Type: text/plain; format=flowed\r\n\r\none \r\ntwo\r\n".utf8))
    #expect(TextLines.lines(mail).first == "one two")
    #expect(
      TextLines.html("<style>x</style><p>a&nbsp;&lt;b</p><td>c").filter { !$0.isEmpty } == ["a <b", "c"])
  }

  @Test func brokenMultiparts() {
    let open = MailPart(mail: Array("Content-Type: multipart/mixed; boundary=x\n\n--x\n\nhello\n".utf8))
    #expect(open.children.map(\.text) == ["hello\n"])
    let never = MailPart(mail: Array("Content-Type: multipart/mixed; boundary=x\n\nhello\n".utf8))
    #expect(never.text == "hello\n")
    var deep = "hello"
    for number in 0..<60 {
      deep = "Content-Type: multipart/mixed; boundary=b\(number)z\n\n--b\(number)z\n" + deep
    }
    #expect(MailPart(mail: Array(deep.utf8)).isDamaged)
  }
}
