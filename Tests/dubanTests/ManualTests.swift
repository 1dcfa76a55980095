import Foundation
import TestSupport
import Testing

/// The manual pages hold what the program and its readers know.
@Suite struct ManualTests {
  private static let pages = ["duban.1", "duban.yaml.5", "duban-ledger.5"]

  private static func page(_ name: String) throws -> String {
    try String(contentsOf: RepositoryFile.url("docs/man/\(name)"), encoding: .utf8)
  }

  /// The help of a command and its subcommands, as ArgumentParser gives it to tools.
  private struct Command: Decodable {
    struct Argument: Decodable {
      struct Name: Decodable {
        var kind, name: String
      }
      var names: [Name]?
      var shouldDisplay: Bool
    }
    var commandName: String
    var subcommands: [Command]?
    var arguments: [Argument]?
  }

  private struct Help: Decodable {
    var command: Command
  }

  @Test(arguments: pages) func mandocFindsNothingWrong(page: String) throws {
    let run = try Office().shell("mandoc -Tlint -W warning '\(RepositoryFile.url("docs/man/\(page)").path)'")
    #expect(run.status == 0)
    #expect(run.output.isEmpty, "\(run.output)")
  }

  @Test func everyCommandAndOptionIsInItsPage() throws {
    let run = try Office().shell("duban --experimental-dump-help")
    let help = try JSONDecoder().decode(Help.self, from: Data(run.output.utf8))
    let page = try Self.page("duban.1")
    var count = 0
    func check(_ command: Command, _ path: [String]) {
      for child in command.subcommands ?? [] where child.commandName != "help" {
        check(child, path + [child.commandName])
      }
      guard !path.isEmpty, command.subcommands?.contains(where: { $0.commandName != "help" }) != true else {
        return
      }
      count += 1
      let words = path.joined(separator: " ")
      let isThere = page.contains("Cm \(words)") || page.contains("Cm \(path[0]) Oo Cm \(path.last ?? "") Oc")
      #expect(isThere, "duban.1 has no \(words)")
      for name in (command.arguments ?? []).flatMap({ $0.names ?? [] }) where name.kind == "long" {
        let isThere = page.contains("Fl -\(name.name)")
        #expect(isThere, "duban.1 has no --\(name.name) of \(words)")
      }
    }
    check(help.command, [])
    #expect(count > 15)
  }

  @Test(arguments: ["0", "1", "2", "66", "69", "78"]) func everyExitCodeIsInItsPage(code: String) throws {
    let status = try #require(try Self.page("duban.1").components(separatedBy: ".Sh EXIT STATUS").last)
    #expect(status.contains(".It \(code)\n"))
  }

  /// The keys that the readers in these files accept, as their sources name them.
  private static func keys(in files: [String]) throws -> Set<String> {
    var keys: Set<String> = []
    for file in files {
      let source = try String(contentsOf: RepositoryFile.url(file), encoding: .utf8)
      for list in source.matches(of: /\bkeys(?::| =)\s*\[([^\]]*)\]/) {
        keys.formUnion(list.1.matches(of: /"([A-Za-z]+)"/).map { String($0.1) })
      }
    }
    return keys
  }

  /// Whether a page marks the word up as a key.
  private static func has(_ key: String, in page: String) -> Bool {
    page.split(separator: "\n").contains { line in
      (line.hasPrefix(".Ic ") || line.hasPrefix(".It Ic "))
        && line.split(separator: " ").contains { $0 == key }
    }
  }

  @Test func everyKeyOfTheConfigurationIsInItsPage() throws {
    let folder = "Sources/DubanDaemon/Configuration"
    let names = try FileManager.default.contentsOfDirectory(atPath: RepositoryFile.url(folder).path)
    let readers = names.filter { $0.contains("Reader") && !$0.hasPrefix("YAMLReader") }.map {
      "\(folder)/\($0)"
    }
    let keys = try Self.keys(in: readers).union(["green", "blue", "yellow", "red"])
    #expect(keys.isSuperset(of: ["ledger", "url", "perMinute", "sendAt", "head", "soon", "copies"]))
    let page = try Self.page("duban.yaml.5")
    for key in keys.sorted() {
      let isThere = Self.has(key, in: page)
      #expect(isThere, "duban.yaml.5 has no \(key)")
    }
  }

  @Test func everyKeyOfTheLedgerIsInItsPage() throws {
    let keys = try Self.keys(in: ["Sources/DubanLedger/Reading/LedgerReader.swift"])
    #expect(keys.isSuperset(of: ["plan", "person", "deadline", "rule"]))
    let page = try Self.page("duban-ledger.5")
    for key in keys.sorted() {
      let isThere = Self.has(key, in: page)
      #expect(isThere, "duban-ledger.5 has no \(key)")
    }
  }

  @Test func everyColumnOfAnExportIsInItsPage() throws {
    let office = try Office()
    let csv = try office.shell("duban ledger --format csv --config duban.yaml")
    let heading = try #require(csv.output.split(whereSeparator: \.isNewline).first)
    let page = try Self.page("duban-ledger.5")
    for column in heading.split(separator: ",") {
      let name = column.trimmingCharacters(in: CharacterSet(charactersIn: "\"\u{FEFF}"))
      let isThere = page.contains(name)
      #expect(isThere, "duban-ledger.5 has no \(name)")
    }
  }
}
