import ArgumentParser
import DubanCore
import DubanDaemon
import DubanLedger
import Foundation

/// `duban init`: a newcomer's first files.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Writes a first configuration, ledger and calendar of holidays.",
    discussion: """
      What isn't given as an option is asked for on a terminal. What was written is read back, as `duban check` does. \
      No file is replaced; a ledger that is there already is used.
      """)

  @Option(help: ArgumentHelp("Where to.", valueName: "folder")) var directory = FirstConfiguration
    .packageFolder
  @Option(help: "Which relay takes the mails.") var relay: Preset?
  @Option(
    help: ArgumentHelp("The mailbox that mails come from and the digest goes to.", valueName: "address"))
  var address: String?
  @Option(
    help: ArgumentHelp("The name shown with that mailbox; the contact's unit by default.", valueName: "name"))
  var sender: String?
  @Option(help: ArgumentHelp("The relay's name, for exchange.", valueName: "host")) var host: String?
  @Option(help: ArgumentHelp("The plan's title.", valueName: "title")) var title: String?
  @Option(help: ArgumentHelp("The contact's unit.", valueName: "unit")) var unit: String?
  @Option(help: ArgumentHelp("The contact's person.", valueName: "name")) var person: String?

  @Option(
    help: ArgumentHelp("Set the clock, in China's time zone.", valueName: "2022-12-20T08:30"))
  var now: LocalMoment?

  func validate() throws {
    if host != nil, relay?.needsHost == false { throw ValidationError("--host is for --relay exchange") }
  }

  func run() throws {
    guard let shipped = ShippedFiles() else {
      throw Failure(
        .unreadable,
        "duban init: the presets aren't installed beside this executable: install the package (or `make install`), or run the one that was built in the source tree, whose etc/presets has them"
      )
    }
    let writer = FirstFiles(folder: directory, shipped: shipped)
    try writer.refuseKeptConfiguration()
    try refuseMissingAnswers(needsLedger: !writer.hasLedger)
    let (configuration, preset) = try askForConfiguration()
    let ledger = writer.hasLedger ? nil : try askForLedger(configuration)
    let text = configuration.text(from: try shipped.text(of: preset))
    let zone = try check(text, configuration).zone
    let moment = now.map { zone.moment($0.day, $0.time) } ?? Clock.system.now()
    try writer.write(text, ledger: ledger?.text(today: zone.day(of: moment)))
    try report(configuration, preset, at: moment)
  }

  /// Where nobody can be asked, everything that is missing is named at once.
  private func refuseMissingAnswers(needsLedger: Bool) throws {
    guard !Questions().isAnybodyThere else { return }
    var missing: [String] = []
    if relay == nil { missing.append("--relay (\(Preset.allCases.map(\.rawValue).joined(separator: ", ")))") }
    if relay?.needsHost == true, host == nil { missing.append("--host") }
    if address == nil { missing.append("--address") }
    if needsLedger, title == nil { missing.append("--title") }
    if needsLedger, person == nil { missing.append("--person") }
    guard !missing.isEmpty else { return }
    throw Failure(
      .usage, "duban init: nobody is here to ask; add \(missing.joined(separator: ", "))")
  }

  private func askForConfiguration() throws -> (FirstConfiguration, Preset) {
    let questions = Questions()
    let names = Preset.allCases.map(\.rawValue).joined(separator: ", ")
    let name = try questions.answer("Relay (\(names))", option: "--relay", given: relay?.rawValue) {
      Preset(rawValue: $0) == nil ? "expected one of \(names)" : nil
    }
    guard let preset = Preset(rawValue: name) else { throw Failure(.usage, "duban init: no relay “\(name)”") }
    let host =
      preset.needsHost
      ? try questions.answer(
        "The relay's host name", option: "--host", given: host, problem: Questions.problem(inLine:))
      : nil
    let address = try questions.answer(
      "Mailbox that mails come from", option: "--address", given: address,
      problem: Questions.problem(inAddress:))
    let sender = try questions.answer(
      "Name shown with it", option: "--sender", given: sender ?? unit, usual: "整改办公室",
      problem: FirstConfiguration.problem(inSender:))
    return (FirstConfiguration(address: address, sender: sender, host: host, folder: directory), preset)
  }

  private func askForLedger(_ configuration: FirstConfiguration) throws -> FirstLedger {
    let questions = Questions()
    func line(_ question: String, _ option: String, _ given: String?, usual: String? = nil) throws -> String {
      try questions.answer(
        question, option: option, given: given, usual: usual, problem: Questions.problem(inLine:))
    }
    return FirstLedger(
      title: try line("The plan's title", "--title", title),
      unit: try line("The contact's unit", "--unit", unit, usual: configuration.sender),
      person: try line("The contact's person", "--person", person), email: configuration.address)
  }

  /// Reads the text back before anything is written: an address can be sound and still mean something in YAML.
  private func check(_ text: String, _ wanted: FirstConfiguration) throws -> Configuration {
    let (read, diagnostics) = ConfigurationReader.read(
      Array(text.utf8), file: directory + "/duban.yaml",
      environment: ["CREDENTIALS_DIRECTORY": "/run/credentials"])
    guard let read, read.sender?.address == wanted.address, read.sender?.name == wanted.sender else {
      throw Failure(
        .usage, lines: ["duban init: the answers make no configuration"] + diagnostics.map(\.description))
    }
    return read
  }

  /// What `duban check` says, and what comes next.
  private func report(_ configuration: FirstConfiguration, _ preset: Preset, at moment: Timestamp) throws {
    let file = directory + "/duban.yaml"
    let option = configuration.isSelfContained ? " --config \(file)" : ""
    Terminal.print("duban check\(option) says:")
    let result = Loader(configuration: file, environment: ProcessInfo.processInfo.environment)
      .load { _ in moment }
    Terminal.complain(result.diagnostics)
    guard let active = result.active else {
      throw Failure(result.isUnreadable ? .unreadable : .configuration)
    }
    for ledger in active.ledgers {
      Terminal.print(
        "  \(ledger.plan.title): it reads; \(ledger.measureCount.counted("measure")) in it"
      )
    }
    Terminal.print("Next:")
    let password =
      "the mailbox's password or authorisation code, alone on one line, into \(directory)/relay-password:\n"
      + "     install -m 600 /dev/null \(directory)/relay-password, then open it in an editor"
    let steps =
      (preset.needsPassword ? [password] : []) + [
        "see whether the relay takes mail: duban doctor\(option)",
        "the plan's measures and owners into \(directory)/ledger.yaml, then: duban check\(option)",
        configuration.isSelfContained ? "duban run\(option)" : "systemctl enable --now duban",
      ]
    for (index, step) in steps.enumerated() { Terminal.print("  \(index + 1). \(step)") }
    if !result.diagnostics.isEmpty { throw Failure(.somethingWrong) }
  }
}

/// What isn't given as an option is asked for, on a terminal.
struct Questions {
  let isAnybodyThere: Bool

  init() { isAnybodyThere = isatty(STDIN_FILENO) == 1 }

  /// The answer to a question.
  ///
  /// - Parameters:
  ///   - option: the option that answers it.
  ///   - given: that option's value.
  ///   - usual: what an empty answer, or nobody to ask, means; nil when there must be one.
  ///   - problem: what is wrong with an answer; nil for nothing.
  func answer(
    _ question: String, option: String, given: String?, usual: String? = nil,
    problem: (String) -> String? = { _ in nil }
  ) throws -> String {
    if let given {
      if let problem = problem(given) { throw Failure(.usage, "duban init: \(option): \(problem)") }
      return given
    }
    if !isAnybodyThere, let usual { return usual }
    while true {
      let hint = usual.map { " [\($0)]" } ?? ""
      FileHandle.standardError.write(Data("\(question)\(hint): ".utf8))
      guard let line = readLine() else {
        throw Failure(.usage, "duban init: the answers ended; nothing was written")
      }
      let answer = line.trimmingCharacters(in: .whitespaces)
      if answer.isEmpty, let usual { return usual }
      guard let complaint = answer.isEmpty ? "an answer is needed" : problem(answer) else { return answer }
      Terminal.complain("  \(complaint)")
    }
  }

  static func problem(inAddress address: String) -> String? {
    MailAddress.problem(in: address).map {
      "“\(address)” \($0); expected an address like name@example.org"
    }
  }

  /// What is wrong with words that have to be one line.
  static func problem(inLine line: String) -> String? {
    line.isEmpty || CleanText.holdsControls(line) ? "expected some words on one line" : nil
  }
}

/// Puts a newcomer's files where they belong, without replacing anything.
struct FirstFiles {
  let folder: String
  let shipped: ShippedFiles

  private var configuration: String { folder + "/duban.yaml" }
  private var ledger: String { folder + "/ledger.yaml" }

  /// Whether there is a ledger already.
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

  /// What is wrong with a name for the sender, so that it can be in YAML and in a mail's header as it is.
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
  /// Whether there is a login.
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
