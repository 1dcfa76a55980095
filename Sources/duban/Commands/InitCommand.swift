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

/// What isn't given as an option is asked for, where there is somebody to ask.
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

  /// What is wrong with a name that stands on one line.
  static func problem(inLine line: String) -> String? {
    let isBroken = line.unicodeScalars.contains { $0.properties.generalCategory == .control }
    return line.isEmpty || isBroken ? "expected some words on one line" : nil
  }
}
