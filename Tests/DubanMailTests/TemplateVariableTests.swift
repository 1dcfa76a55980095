import Foundation
import TestSupport
import Testing

@testable import DubanMail

/// Code, templates and docs/templates.md name the same variables.
struct TemplateVariableTests {
  @Test("every known name is explained, and nothing else is")
  func documented() throws {
    let page = try String(contentsOf: RepositoryFile.url("docs/templates.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
    let names = rows.flatMap { row in
      row.dropFirst().prefix { $0 != "|" }.split(separator: "`").enumerated().filter { $0.offset % 2 == 1 }
        .map { String($0.element) }
    }.filter { !$0.contains(".") }
    #expect(TemplateVariable.names.subtracting(names).sorted() == [])
    #expect(Set(names).subtracting(TemplateVariable.names).sorted() == [])
  }
}
