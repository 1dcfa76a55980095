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
    try look("2022-12-15T08:30")
    try look("2022-12-16T08:30")
    #expect(
      try office.duban("done", "9.1", "--by", "秘书", "--now", "2022-12-16T09:30").status == 0)
    try look("2022-12-16T10:00")
    #expect(try !office.texts(to: "second").contains("措施9.1"), "before the owner is told")
    #expect(try !office.texts(to: "xujuan").contains("9.1已确认完成"))
    try look("2022-12-19T08:30")
    #expect(try office.texts(to: "xujuan").contains("措施9.1已确认完成"))
    #expect(try office.texts(to: "second").contains("9.1"))
  }

  /// An owner knows a measure by the number that the mails gave it.
  @Test func theNumberIsTheOneThatTheOwnerWasTold() throws {
    let office = try Office()
    try office.write(
      "plan: {title: 方案, number: 测〔2022〕3号, issued: 2022-09-21, contact: {unit: 一室, person: 秘书, phone: \"1\", "
        + "email: first@example.org}}\nowners: [{person: 徐娟, unit: 一科, email: xujuan@example.org}]\n"
        + "measures: measures.csv\n", to: "ledger.yaml")
    func write(_ titles: String...) throws {
      let rows = titles.enumerated().map { "\($0 + 1),\($1),一科,徐娟,2022年12月31日前" }
      try office.write("序号,整改措施,责任单位,责任人,完成时限\n" + rows.joined(separator: "\n"), to: "measures.csv")
    }
    func look(_ moment: String) throws {
      let run = try office.duban("run", "--once", "--now", moment)
      #expect(run.status == 0, "\(run.complaints)")
    }
    try write("公开办事指南", "公开收费清单", "修订窗口制度")
    try look("2022-12-16T08:30")
    #expect(try office.duban("done", "2", "--by", "秘书", "--now", "2022-12-16T09:30").status == 0)
    try write("新增的一项", "公开办事指南", "公开收费清单", "修订窗口制度")
    try look("2022-12-19T08:30")
    let mails = try office.texts(to: "xujuan@example.org")
    #expect(mails.contains("措施2（现编号3）已确认完成，不再提醒。"), "\(mails)")
  }
}
