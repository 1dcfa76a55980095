public import DubanCore
import DubanCourier
import DubanLedger
import Foundation

/// Reads `duban.yaml`.
public struct ConfigurationReader {
  let file: String
  let environment: [String: String]
  var yaml = YAMLReader()

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
        "acceptLossAfter", "inbox",
      ])
    guard case .mapping = root.content else { return nil }
    let ledgers = ledgers(fields, of: root)
    let holidays = yaml.text(fields["holidays"], "holidays")?.text ?? Configuration.defaultHolidays
    let state = yaml.text(fields["state"], "state")?.text ?? Configuration.defaultState
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
    let acceptLossAfter = yaml.span(fields["acceptLossAfter"], "acceptLossAfter")
    let reminders = yaml.fields(of: fields["reminders"], "reminders", keys: PolicyReader.keys)
    let policy = PolicyReader.policy(reminders, &yaml)
    guard let zone = zone(reminders["timeZone"]) else { return nil }
    return Configuration(
      file: file, ledgers: ledgers, holidays: path(holidays), state: path(state), templates: templates,
      relay: relay, sender: sender, inboxes: inboxes, delivery: delivery, policy: policy,
      acceptLossAfter: acceptLossAfter ?? Configuration.defaultAcceptLossAfter, observing: observing,
      reminderPlaces: places(reminders), zone: zone)
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
    if let zone = Zone(name) { return zone }
    let nearest = Nearest.word(to: name, among: TimeZone.knownTimeZoneIdentifiers)
    yaml.error(
      text?.location ?? Diagnostic.Location(file: file), "timeZone: “\(name)” is unknown on this machine",
      help: nearest.map { "did you mean “\($0)”?" } ?? "expected a name like Asia/Shanghai (package tzdata)")
    return nil
  }
}
