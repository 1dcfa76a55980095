import DubanCore
import DubanLedger
import DubanOutbox

/// How the service stands as a Prometheus text file (exposition format 0.0.4) for node_exporter's textfile
/// collector.
struct Metrics {
  private var lines: [String] = []

  init(_ status: Status, _ overview: Overview, now: Timestamp, zone: Zone, sendAt: CivilTime) {
    if let lastPass = status.lastPass {
      gauge("duban_last_pass_timestamp_seconds", "When the plan was last looked at.", lastPass.seconds)
    }
    gauge("duban_next_pass_timestamp_seconds", "When the plan is looked at next.", status.nextPass.seconds)
    if let day = status.lastDigest {
      gauge(
        "duban_last_digest_timestamp_seconds", "Send time of the contact's last scheduled digest.",
        zone.moment(day, sendAt).seconds)
    }
    family("duban_outbox_entries", "Mails in the outbox by state, those that were sent left out.")
    for state in EntryState.allCases where state != .sent {
      sample("duban_outbox_entries", ["state": state.rawValue], Int64(status.backlog.counts[state] ?? 0))
    }
    gauge(
      "duban_outbox_oldest_seconds", "Age of the oldest mail that waits; 0 when none does.",
      status.backlog.oldest.map { max(0, now.seconds - $0.seconds) } ?? 0)
    gauge(
      "duban_problems", "Things that need a person, as duban status lists them.", Int64(status.problems.count)
    )
    family("duban_measures", "Measures of the ledgers in force by light.")
    for light in Light.allCases {
      sample("duban_measures", ["light": light.rawValue], Int64(overview.total.lights[light] ?? 0))
    }
  }

  /// The file's text.
  var text: String { lines.map { $0 + "\n" }.joined() }

  /// Writes the file in one step, readable for everyone: the collector never sees half of it.
  func write(to path: String) throws(ReportFile.Failure) {
    do throws(AtomicFile.Failure) {
      try AtomicFile.write(Array(text.utf8), to: path, replacing: true, mode: 0o644)
    } catch {
      throw ReportFile.Failure(description: "\(path): \(error.reason)")
    }
  }

  private mutating func gauge(_ name: String, _ help: String, _ value: Int64) {
    family(name, help)
    lines.append("\(name) \(value)")
  }

  private mutating func family(_ name: String, _ help: String) {
    lines += ["# HELP \(name) \(help)", "# TYPE \(name) gauge"]
  }

  private mutating func sample(_ name: String, _ labels: [String: String], _ value: Int64) {
    let list = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",")
    lines.append("\(name){\(list)} \(value)")
  }
}
