public import DubanCore
import DubanCourier
import DubanLedger
import DubanOutbox
import Foundation
import Glibc

/// Reads `duban.yaml`.
public struct ConfigurationReader {
  let file: String
  let environment: [String: String]
  var yaml = YAMLReader(warnsOfEmpty: true)

  /// The configuration in `file`, or everything that is wrong with it.
  ///
  /// - Parameters:
  ///   - file: the path as the user named it; paths in it are relative to its folder.
  ///   - environment: where `$CREDENTIALS_DIRECTORY` is looked up; nil for the process's own.
  public static func read(
    _ file: String, environment: [String: String]? = nil
  ) -> (configuration: Configuration?, diagnostics: [Diagnostic]) {
    let (root, noticed) = YAMLDocument.read(file)
    return read(root, noticed: noticed, file: file, environment: environment)
  }

  /// The configuration in `bytes`, as if they stood in `file`.
  public static func read(
    _ bytes: [UInt8], file: String, environment: [String: String]? = nil
  ) -> (configuration: Configuration?, diagnostics: [Diagnostic]) {
    let (root, noticed) = YAMLDocument.parse(bytes, file: file)
    return read(root, noticed: noticed, file: file, environment: environment)
  }

  private static func read(
    _ root: YAMLValue?, noticed: [Diagnostic], file: String, environment: [String: String]?
  ) -> (configuration: Configuration?, diagnostics: [Diagnostic]) {
    guard let root else { return (nil, noticed) }
    var reader = ConfigurationReader(
      file: file, environment: environment ?? ProcessInfo.processInfo.environment)
    let configuration = reader.configuration(root)
    let diagnostics = (noticed + reader.yaml.diagnostics).inFileOrder()
    return (diagnostics.hasErrors ? nil : configuration, diagnostics)
  }

  private mutating func configuration(_ root: YAMLValue) -> Configuration? {
    let fields = yaml.fields(
      of: root, "the configuration",
      keys: [
        "ledger", "ledgers", "holidays", "state", "templates", "relay", "delivery", "reminders", "observe",
        "acceptLossAfter", "inbox", "answers", "papers", "robots",
      ], sections: ["relay", "delivery", "reminders", "observe", "inbox", "answers", "papers", "robots"])
    guard case .mapping = root.content else { return nil }
    let ledgers = ledgers(fields, of: root)
    let holidays = yaml.text(fields["holidays"], "holidays")?.text ?? Configuration.defaultHolidays
    let (state, database) = state(fields["state"])
    let templates = templates(fields["templates"])
    let delivery = delivery(fields["delivery"])
    let (relay, sender) = relay(fields["relay"])
    if delivery.mode == .smtp, fields["relay"] == nil {
      yaml.error(
        root.location, "the configuration names no relay",
        help: "write relay: with url and from, or delivery: with mode: maildir")
    }
    let inboxes = inboxes(fields["inbox"], relayUser: relay?.relay.user)
    let observing = observing(fields["observe"])
    let answers = answers(fields["answers"])
    let acceptLossAfter = yaml.span(fields["acceptLossAfter"], "acceptLossAfter")
    let papers = papers(fields["papers"])
    let robots = robots(fields["robots"])
    let reminders = yaml.fields(of: fields["reminders"], "reminders", keys: PolicyReader.keys)
    let policy = PolicyReader.policy(reminders, &yaml)
    guard let zone = zone(reminders["timeZone"]) else { return nil }
    if answers.takesLedger {
      checkLedgerByMail(
        fields["answers"]?.location ?? root.location, ledgers, inboxes, state: path(state))
    }
    return Configuration(
      file: file, ledgers: ledgers, holidays: path(holidays), state: path(state), database: database,
      templates: templates, relay: relay, sender: sender, inboxes: inboxes, answers: answers,
      delivery: delivery,
      policy: policy,
      acceptLossAfter: acceptLossAfter ?? Configuration.defaultAcceptLossAfter, observing: observing,
      robots: robots, papers: papers, reminderPlaces: places(reminders), zone: zone)
  }

  private func places(_ fields: [String: YAMLValue]) -> [String: Diagnostic.Location] {
    var places = fields.mapValues(\.location)
    for (key, value) in fields {
      guard case .list(let entries) = value.content else { continue }
      for (index, entry) in entries.enumerated() { places["\(key).\(index)"] = entry.location }
    }
    return places
  }

  func path(_ text: String) -> String { RelativePath.resolve(text, from: file) }

  private mutating func templates(_ value: YAMLValue?) -> String? {
    guard let text = yaml.text(value, "templates") else { return nil }
    let templates = path(text.text)
    var isDirectory: ObjCBool = false
    if !FileManager.default.fileExists(atPath: templates, isDirectory: &isDirectory) || !isDirectory.boolValue
    {
      yaml.error(
        text.location, "templates: there is no directory “\(templates)”",
        help: "leave templates: out to use the built-in ones")
    }
    return templates
  }

  private mutating func zone(_ value: YAMLValue?) -> Zone? {
    let text = yaml.text(value, "timeZone")
    let name = text?.text ?? Configuration.defaultTimeZone
    // “CST” is what `date` prints in China, and what Foundation takes for North America's.
    let isAbbreviation = TimeZone.abbreviationDictionary[name] != nil && !["UTC", "GMT"].contains(name)
    if isAbbreviation {
      yaml.error(
        text?.location ?? Diagnostic.Location(file: file), "timeZone: “\(name)” means several zones",
        help: "write a place's name, such as Asia/Shanghai")
      return nil
    }
    if let zone = Zone(name) {
      if name.hasPrefix("Etc/GMT+") || name.hasPrefix("Etc/GMT-") {
        yaml.warning(
          text?.location ?? Diagnostic.Location(file: file),
          "timeZone: \(name) counts the other way round: \(name.hasPrefix("Etc/GMT+") ? "behind" : "ahead of") UTC",
          help: "write a place's name, such as Asia/Shanghai")
      }
      return zone
    }
    let nearest = Nearest.word(to: name, among: TimeZone.knownTimeZoneIdentifiers)
    yaml.error(
      text?.location ?? Diagnostic.Location(file: file), "timeZone: “\(name)” is unknown on this machine",
      help: nearest.map { "did you mean “\($0)”?" } ?? "expected a name like Asia/Shanghai (package tzdata)")
    return nil
  }
}

extension ConfigurationReader {
  /// The paths under `ledger:` or `ledgers:`: one path or pattern, or a list of them.
  mutating func ledgers(_ fields: [String: YAMLValue], of root: YAMLValue) -> [String] {
    if let several = fields["ledgers"], fields["ledger"] != nil {
      yaml.error(several.location, "both ledger and ledgers", help: "keep one; either takes a list")
    }
    guard let value = fields["ledger"] ?? fields["ledgers"] else {
      yaml.error(root.location, "the configuration names no ledger", help: "write ledger: ledger.yaml")
      return []
    }
    let names: [LocatedText] =
      if case .list = value.content {
        yaml.texts(value, "ledger")
      } else {
        yaml.text(value, "ledger").map { [$0] } ?? []
      }
    var paths: [String] = []
    for name in names {
      for path in ledgers(named: name) {
        if paths.contains(path) {
          yaml.error(name.location, "the ledger “\(path)” is named twice", help: "name it once")
        } else {
          paths.append(path)
        }
      }
    }
    if names.isEmpty {
      yaml.error(value.location, "the list of ledgers is empty", help: "write ledger: ledger.yaml")
    }
    return paths
  }

  /// Whether an editor puts a file of that name beside a document that is open: Excel `~$…`, WPS `.~…` and `~…`, LibreOffice
  /// `.~lock.…#`, and what others save into.
  private static func isBesideADocument(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    return ["~", ".~"].contains { name.hasPrefix($0) } || ["~", "#", ".tmp"].contains { name.hasSuffix($0) }
  }

  /// The files that a name means; a name with `*`, `?` or `[` is a pattern (glob(7)).
  private mutating func ledgers(named name: LocatedText) -> [String] {
    if name.text.isEmpty {
      yaml.error(name.location, "an entry of the list of ledgers is empty")
      return []
    }
    guard name.text.contains(where: { "*?[".contains($0) }) else { return [path(name.text)] }
    var found = glob_t()
    defer { globfree(&found) }
    let code = glob(path(name.text), 0, nil, &found)
    let files = (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
    let kept = files.filter { !Self.isBesideADocument($0) }
    if !kept.isEmpty { return kept }
    yaml.error(
      name.location,
      code == GLOB_NOMATCH || code == 0
        ? "no file matches “\(name.text)”" : "the folders of “\(name.text)” can't be listed",
      help: "patterns are relative to the configuration's folder")
    return []
  }
}

extension ConfigurationReader {
  /// The `delivery:` section.
  mutating func delivery(_ value: YAMLValue?) -> DeliverySettings {
    let fields = yaml.fields(
      of: value, "delivery",
      keys: [
        "mode", "directory", "redirectAllTo", "connections", "perConnection", "perMinute", "perDay",
        "keepBodies",
      ], needed: ["redirectAllTo"])
    var settings = DeliverySettings()
    let isMaildir = yaml.choice(fields["mode"], "mode", ["smtp": false, "maildir": true]) ?? false
    let directory = yaml.text(fields["directory"], "directory")
    if isMaildir {
      settings.mode = .maildir(directory: path(directory?.text ?? ""))
      if fields["directory"] == nil {
        yaml.error(
          fields["mode"]?.location ?? Diagnostic.Location(file: file), "mode maildir needs a directory",
          help: "write directory: with the Maildir's path")
      }
    } else if let directory, fields["mode"] == nil {
      yaml.error(
        directory.location, "a directory without mode: maildir", help: "add mode: maildir, or take it out")
    }
    settings.redirectAllTo = yaml.address(fields["redirectAllTo"], "redirectAllTo")
    settings.connections =
      yaml.integer(fields["connections"], "connections", in: 1...8) ?? settings.connections
    settings.perConnection =
      yaml.limit(fields["perConnection"], "perConnection", in: 1...10_000) ?? settings.perConnection
    settings.perMinute = yaml.limit(fields["perMinute"], "perMinute", in: 1...10_000) ?? settings.perMinute
    settings.perDay = yaml.limit(fields["perDay"], "perDay", in: 1...1_000_000) ?? settings.perDay
    settings.keepBodies =
      yaml.integer(fields["keepBodies"], "keepBodies", in: 0...36_500) ?? settings.keepBodies
    return settings
  }
}

extension ConfigurationReader {
  /// The `observe:` section.
  mutating func observing(_ value: YAMLValue?) -> ObservingSettings {
    let fields = yaml.fields(of: value, "observe", keys: ["metrics", "report", "reportURL", "ping"])
    var settings = ObservingSettings()
    if let text = yaml.text(fields["metrics"], "metrics") {
      settings.metrics = path(text.text)
      if !text.text.hasSuffix(".prom") {
        yaml.error(
          text.location, "metrics: “\(text.text)” doesn't end in .prom",
          help: "node_exporter reads only files that do")
      }
    }
    settings.report = yaml.text(fields["report"], "report").map { path($0.text) }
    settings.reportURL = webAddress(fields["reportURL"], "reportURL")
    settings.ping = webAddress(fields["ping"], "ping")
    return settings
  }

  private mutating func webAddress(_ value: YAMLValue?, _ key: String) -> String? {
    guard let text = yaml.text(value, key) else { return nil }
    let url = URL(string: text.text)
    guard let scheme = url?.scheme?.lowercased(), ["http", "https"].contains(scheme),
      url?.host?.isEmpty == false
    else {
      yaml.error(text.location, "\(key): “\(text.text)” is no web address", help: "expected https://…")
      return nil
    }
    return text.text
  }
}

extension ConfigurationReader {
  /// Where systemd's `LoadCredential=state-password:…` puts the database's password.
  private static let credential = "state-password"

  /// `state:`, which is a directory, the address of a PostgreSQL, or a section about one.
  mutating func state(_ value: YAMLValue?) -> (directory: String, database: DatabaseSettings?) {
    guard case .mapping = value?.content else {
      let text = yaml.text(value, "state")
      guard let text, PostgresAddress.isOne(text.text) else {
        return (text?.text ?? Configuration.defaultState, nil)
      }
      return (Configuration.defaultState, database(text, in: [:]))
    }
    let kept = value.map { refusePasswords($0) }
    let fields = yaml.fields(of: kept, "state", keys: ["url", "schema", "passwordFile", "directory"])
    let directory = yaml.text(fields["directory"], "directory")?.text ?? Configuration.defaultState
    guard let url = yaml.text(fields["url"], "url") else {
      if let value, fields["url"] == nil {
        yaml.error(
          value.location, "state: has no url",
          help: "write url: postgresql://USER@HOST/DATABASE, or a directory")
      }
      return (directory, nil)
    }
    return (directory, database(url, in: fields))
  }

  private mutating func database(_ url: LocatedText, in fields: [String: YAMLValue]) -> DatabaseSettings? {
    let schema = yaml.text(fields["schema"], "schema")
    do throws(PostgresAddress.Problem) {
      var address = try PostgresAddress(url.text, schema: schema?.text ?? "duban")
      address.directory = path(
        yaml.text(fields["directory"], "directory")?.text ?? Configuration.defaultState)
      return DatabaseSettings(address: address, secretFile: stateSecret(fields["passwordFile"]))
    } catch {
      let isSchema = if case .schema = error { true } else { false }
      yaml.error(isSchema ? schema?.location ?? url.location : url.location, "\(error)", help: "")
      return nil
    }
  }

  /// The file that is named, or systemd's credential where there is one: a database may need no password.
  private mutating func stateSecret(_ value: YAMLValue?) -> SecretFile? {
    if let text = yaml.text(value, "passwordFile") { return SecretFile(path: path(text.text)) }
    let file = SecretFile(Self.credential, environment: environment, source: path(Self.credential))
    return file.flatMap { access($0.path, F_OK) == 0 ? $0 : nil }
  }
}
