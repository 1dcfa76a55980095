import DubanCore
import DubanLedger
import Foundation

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
