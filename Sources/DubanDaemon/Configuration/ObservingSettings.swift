/// The `observe:` section: where the service shows how it stands, besides `duban status` and the journal.
public struct ObservingSettings: Sendable, Equatable {
  /// The Prometheus text file for node_exporter's textfile collector, ending in `.prom`; nil for none.
  public var metrics: String?
  /// The directory that the report page is written into after every pass; nil for none.
  public var report: String?
  /// Where people open that page (http or https), for the link in the contact's digest; nil for no link.
  public var reportURL: String?
  /// A URL (http or https) that is fetched after every pass that went well: a dead-man's switch; nil for none.
  public var ping: String?

  /// Settings with nothing shown.
  public init() {}
}
