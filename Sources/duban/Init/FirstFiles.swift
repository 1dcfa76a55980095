import ArgumentParser
import DubanCore
import DubanLedger
import Foundation

/// Puts a newcomer's files where they belong, without replacing anything that somebody wrote.
struct FirstFiles {
  let folder: String
  let shipped: ShippedFiles

  private var configuration: String { folder + "/duban.yaml" }
  private var ledger: String { folder + "/ledger.yaml" }

  /// Whether somebody wrote a ledger already.
  var hasLedger: Bool { FileManager.default.fileExists(atPath: ledger) }

  /// Throws when there is a configuration.
  func refuseKeptConfiguration() throws {
    if FileManager.default.fileExists(atPath: configuration) {
      throw Failure(.usage, "duban init: \(configuration) is there already; nothing was written")
    }
  }

  /// Writes everything; the ledger only where there is none.
  func write(_ text: String, ledger ledgerText: String?) throws {
    // The service runs as another user, and must be able to read what root writes here whatever root's umask is.
    umask(0o022)
    try makeFolder(folder + "/holidays")
    for (name, bytes) in try shipped.holidays() {
      let file = folder + "/holidays/" + name
      if !FileManager.default.fileExists(atPath: file) { try put(Array(bytes), file) }
    }
    if folder != FirstConfiguration.packageFolder { try makeFolder(folder + "/state") }
    if let ledgerText { try put(Array(ledgerText.utf8), ledger) } else { Terminal.print("kept \(ledger)") }
    try put(Array(text.utf8), configuration)
  }

  private func makeFolder(_ folder: String) throws {
    do { try AtomicFile.makeFolder(folder) } catch {
      throw Failure(.unreadable, "duban init: \(folder): \(error.reason)")
    }
  }

  private func put(_ bytes: [UInt8], _ file: String) throws {
    do {
      try AtomicFile.write(bytes, to: file, replacing: false)
      Terminal.print("wrote \(file)")
    } catch {
      throw Failure(.unreadable, "duban init: \(file): \(error.reason)")
    }
  }
}

/// A newcomer's configuration: a preset with the placeholders replaced.
struct FirstConfiguration {
  /// Where the package's units look.
  static let packageFolder = "/etc/duban"
  /// The names that the presets hold in place of real ones.
  private static let placeholder = (sender: "整改办公室", host: "mail.example.org", state: "/var/lib/duban")

  /// The mailbox that mails come from.
  var address: String
  /// The name shown with it.
  var sender: String
  /// The relay's name, where the preset leaves it open.
  var host: String?
  /// Where the configuration will lie.
  var folder: String

  /// Where nothing is installed as a service, everything lies in one folder: also the state and the password.
  var isSelfContained: Bool { folder != Self.packageFolder }

  /// The configuration's text, made from a preset's.
  func text(from preset: String) -> String {
    var lines: [String] = []
    for line in preset.components(separatedBy: "\n") where !line.hasPrefix("# Replace ") {
      lines.append(
        line.replacing(/name@[a-z0-9.]+/, with: address)
          .replacingOccurrences(of: Self.placeholder.sender, with: sender)
          .replacingOccurrences(of: Self.placeholder.host, with: host ?? Self.placeholder.host))
      guard isSelfContained else { continue }
      let last = lines.count - 1
      lines[last] = lines[last].replacingOccurrences(of: Self.placeholder.state, with: "state")
        .replacingOccurrences(of: Self.packageFolder, with: folder)
      if line.hasPrefix("  user:") { lines.append("  passwordFile: relay-password") }
    }
    return lines.joined(separator: "\n")
  }

  /// What is wrong with a name for the sender, so that it can stand in YAML and in a mail's header as it is.
  static func problem(inSender name: String) -> String? {
    let isPlain = name.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil || " （）()·、-".unicodeScalars.contains($0)
    }
    guard isPlain, name.first?.isLetter == true, name.last != " " else {
      return "“\(name)” can't be used as the sender's name; expected letters, digits and （）, like 整改办公室"
    }
    return nil
  }
}

/// A newcomer's ledger: one area with one measure, which the contact owns, to be replaced by the plan's own.
struct FirstLedger {
  /// So far ahead that the first reminder comes within days and nothing is overdue.
  private static let daysAhead = 30

  var title, unit, person, email: String

  /// The ledger's YAML.
  func text(today: CivilDate) -> String {
    let contact = Contact(unit: unit, person: person, phone: "", email: email)
    let due = today.adding(days: Self.daysAhead)
    let reading = DeadlineReading(text: due.description, status: .read, readings: [.date(due: due)])
    let measure = Measure(
      id: "1.1", number: 1, title: "核对台账", text: "把方案的领域、措施、责任单位和责任人写进台账，替换本条。", units: [unit],
      persons: [person], deadline: Deadline(reading: reading), duties: [], status: .open)
    let ledger = Ledger(
      plan: Plan(title: title, number: "", issued: today, contact: contact), reports: [],
      owners: [Owner(person: person, unit: unit, email: email)],
      areas: [Area(index: 1, name: "台账管理", problems: [], goal: "", measures: [measure])])
    return
      "# The ledger, see duban-ledger(5). Or make one of the plan's text: duban import PLAN -o ledger.yaml --force\n# (look at its contact afterwards: what the paper doesn't name has to be written there)\n"
      + LedgerYAML.text(ledger)
  }
}

/// A relay that a complete configuration is shipped for: the name of its file in `presets`, without `.yaml`.
enum Preset: String, CaseIterable, ExpressibleByArgument {
  case netEase126 = "126"
  case netEase163 = "163"
  case qq
  case exchange
  case localRelay = "local-relay"

  /// Whether the relay's name is the office's own, rather than the provider's.
  var needsHost: Bool { self == .exchange }
  /// Whether somebody logs in.
  var needsPassword: Bool { self != .localRelay }
}

/// Where the files lie that `duban init` copies from: `share/duban` beside the installed executable's `bin`, or `etc`
/// of the checkout that the executable was built in.
struct ShippedFiles {
  private let folder: URL

  /// Looks upwards from the executable; nil when nothing was shipped with it.
  init?(executable: String = "/proc/self/exe") {
    var ancestor = URL(fileURLWithPath: executable).resolvingSymlinksInPath().deletingLastPathComponent()
    while ancestor.path != "/" {
      for name in ["share/duban", "etc"] {
        let folder = ancestor.appendingPathComponent(name)
        if FileManager.default.fileExists(atPath: folder.appendingPathComponent("presets").path) {
          self.folder = folder
          return
        }
      }
      ancestor.deleteLastPathComponent()
    }
    return nil
  }

  /// What the package installed as that preset; throws where the file isn't there.
  func text(of preset: Preset) throws -> String {
    try String(contentsOf: folder.appendingPathComponent("presets/\(preset.rawValue).yaml"), encoding: .utf8)
  }

  var holidayDirectory: String { folder.appendingPathComponent("holidays").path }

  func holidays() throws -> [(name: String, bytes: Data)] {
    let holidays = URL(fileURLWithPath: holidayDirectory)
    return try FileManager.default.contentsOfDirectory(atPath: holidays.path).filter { $0.hasSuffix(".json") }
      .sorted().map { ($0, try Data(contentsOf: holidays.appendingPathComponent($0))) }
  }
}
