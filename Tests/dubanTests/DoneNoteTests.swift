import TestSupport
import Testing

/// What an owner hears of a measure that somebody else marked as done.
@Suite struct DoneNoteTests {
  /// The owner had a mail of another plan that day: owner and contact are told the next day, and nothing is lost.
  @Test func nobodyIsLeftOutWhoHadAMailThatDay() throws {
    let office = try Office()
    try office.write(
      """
      plan:
        title: 第二个方案
        number: 测〔2022〕2号
        issued: 2022-09-21
        contact: {unit: 二室, person: 秘书, phone: "65650000", email: second@example.org}
      owners:
        - {person: 徐娟, unit: 涧西区市场监督管理局, email: xujuan@example.org}
      areas:
        - name: 项目建设
          problems: [推进较慢]
          goal: 加快推进。
          measures:
            - {id: "9.1", title: 某项, text: "", units: [涧西区市场监督管理局], persons: [徐娟], deadline: 2023-06-30}
      """, to: "second.yaml")
    try office.replace("ledger: ledger.yaml", "ledger: [ledger.yaml, second.yaml]", in: "duban.yaml")
    func look(_ moment: String) throws {
      let run = try office.duban("run", "--once", "--now", moment)
      #expect(run.status == 0, "\(run.complaints)")
    }
    func told(_ address: String) throws -> String {
      try office.shell(
        """
        python3 - <<'END'
        import email, email.policy, glob
        for path in glob.glob("mail/new/*"):
            mail = email.message_from_binary_file(open(path, "rb"), policy=email.policy.default)
            if "\(address)" in mail["to"]: print("".join(mail.get_body(("plain",)).get_content().split()))
        END
        """
      ).output
    }
    try look("2022-12-15T08:30")
    try look("2022-12-16T08:30")
    #expect(
      try office.duban("done", "9.1", "--by", "秘书", "--now", "2022-12-16T09:30").status == 0)
    try look("2022-12-16T10:00")
    #expect(try !told("second").contains("措施9.1"), "before the owner is told")
    #expect(try !told("xujuan").contains("9.1已确认完成"))
    try look("2022-12-19T08:30")
    #expect(try told("xujuan").contains("措施9.1已确认完成"))
    #expect(try told("second").contains("9.1"))
  }
}
