import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanMail

/// Code, templates and docs/templates.md name the same variables.
struct TemplateVariablesTests {
  @Test("every name that is filled in is known")
  func filled() throws {
    let plan = try RealPlan()
    let composer = try plan.composer()
    var names: Set<String> = ["copyOf", "redirectedFrom"]
    for day in ["2022-12-16", "2022-12-26", "2023-01-16"] {
      for mail in plan.mails(on: day, hasNotices: true) {
        let at = plan.moment(mail.on)
        let draft =
          try mail.kind == .reminders
          ? composer.reminders(mail, at: at)
          : composer.digest(mail, plan.planner().overview(on: mail.on), MIMEJudgeTests.notices)
        names.formUnion(draft.values.names)
      }
    }
    #expect(names.subtracting(TemplateVariables.names).sorted() == [])
  }

  @Test("every known name is explained, and nothing else is")
  func documented() throws {
    let page = try String(contentsOf: RepositoryFile.url("docs/templates.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
    let names = rows.flatMap { row in
      row.dropFirst().prefix { $0 != "|" }.split(separator: "`").enumerated().filter { $0.offset % 2 == 1 }
        .map { String($0.element) }
    }.filter { !$0.contains(".") }
    #expect(TemplateVariables.names.subtracting(names).sorted() == [])
    #expect(Set(names).subtracting(TemplateVariables.names).sorted() == [])
  }
}
