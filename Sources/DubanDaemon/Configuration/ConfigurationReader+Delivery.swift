import DubanCore
import DubanLedger

extension ConfigurationReader {
  /// The `delivery:` section.
  mutating func delivery(_ value: YAMLValue?) -> DeliverySettings {
    let fields = yaml.fields(
      of: value, "delivery",
      keys: [
        "mode", "directory", "redirectAllTo", "connections", "perConnection", "perMinute", "perDay",
        "keepBodies",
      ])
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
    if let count = yaml.integer(fields["connections"], "connections", in: 1...8) {
      settings.connections = count
    }
    if let limit = yaml.limit(fields["perConnection"], "perConnection", in: 1...10_000) {
      settings.perConnection = limit
    }
    if let limit = yaml.limit(fields["perMinute"], "perMinute", in: 1...10_000) {
      settings.perMinute = limit
    }
    if let limit = yaml.limit(fields["perDay"], "perDay", in: 1...1_000_000) { settings.perDay = limit }
    if let days = yaml.integer(fields["keepBodies"], "keepBodies", in: 0...36_500) {
      settings.keepBodies = days
    }
    return settings
  }
}
