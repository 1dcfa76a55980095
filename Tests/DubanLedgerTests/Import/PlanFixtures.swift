import Foundation
import TestSupport

/// The invented plans of other layouts, each with the ledger and the list that it must give.
enum PlanFixtures {
  static let folder = RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/plans")
  static let names = [
    "bracketed", "flat-list", "inspection-issues", "lead-and-support", "leading-block", "numbered-parts",
    "pasted-table",
    "stacked-table", "wrapped-pages",
  ]

  static func text(_ name: String, _ suffix: String = "txt") throws -> String {
    try String(contentsOf: folder.appendingPathComponent("\(name).\(suffix)"), encoding: .utf8)
  }
}
