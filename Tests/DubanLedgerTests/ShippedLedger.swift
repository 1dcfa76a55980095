import Foundation
import TestSupport
import Yams

/// `etc/ledger.yaml` as a plain YAML decoder sees it: no rule of duban's own stands between the file and the test.
struct ShippedLedger: Decodable {
  struct Plan: Decodable {
    struct Contact: Decodable { let unit, person, phone, email: String }
    let title, number, issued: String
    let contact: Contact
  }
  struct Owner: Decodable, Hashable { let person, unit, email: String }
  struct Duty: Decodable, Equatable { let what, every: String }
  struct Measure: Decodable {
    let id, title, text: String
    let units, persons: [String]
    let deadline, status: String
    let duties: [Duty]?
  }
  struct Area: Decodable {
    let name: String
    let problems: [String]
    let goal: String
    let measures: [Measure]
  }

  let plan: Plan
  let reports: [String]
  let owners: [Owner]
  let areas: [Area]

  static func read() throws -> ShippedLedger {
    let data = try Data(contentsOf: RepositoryFile.url("etc/ledger.yaml"))
    return try YAMLDecoder().decode(ShippedLedger.self, from: data)
  }
}

/// The real plan's text without any whitespace, so that line wraps, page starts and inner spaces don't matter.
func squeezedPlan() throws -> String {
  squeezed(
    try String(contentsOf: RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/plan.txt"), encoding: .utf8))
}

/// A text without whitespace.
func squeezed(_ text: String) -> String { text.filter { !$0.isWhitespace } }
