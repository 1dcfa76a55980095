import DubanCore
import DubanLedger
import Foundation

extension ConfigurationReader {
  /// The `observe:` section.
  mutating func observing(_ value: YAMLValue?) -> ObservingSettings {
    let fields = yaml.fields(of: value, "observe", keys: ["metrics", "report", "ping"])
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
    if let text = yaml.text(fields["ping"], "ping") {
      let url = URL(string: text.text)
      if let scheme = url?.scheme?.lowercased(), ["http", "https"].contains(scheme),
        url?.host?.isEmpty == false
      {
        settings.ping = text.text
      } else {
        yaml.error(text.location, "ping: “\(text.text)” is no web address", help: "expected https://…")
      }
    }
    return settings
  }
}
