import DubanCore
import DubanLedger

/// Reads the `reminders:` section into a policy; what isn't there keeps its default.
struct PolicyReader {
  static let keys = [
    "timeZone", "sendAt", "advance", "overdueEvery", "reportAdvance", "reportOverdueEvery", "dutyAdvance",
    "dutyOverdueEvery", "digest", "digestDay", "supervisors", "quiet", "escalate", "lights", "overrides",
  ]

  private var yaml: YAMLReader

  /// The policy that `fields` describe; mistakes go to `yaml`.
  static func policy(_ fields: [String: YAMLValue], _ yaml: inout YAMLReader) -> Policy {
    var reader = PolicyReader(yaml: yaml)
    let policy = reader.policy(fields)
    yaml = reader.yaml
    return policy
  }

  private mutating func policy(_ fields: [String: YAMLValue]) -> Policy {
    var policy = Policy()
    policy.sendAt = yaml.time(fields["sendAt"], "sendAt") ?? policy.sendAt
    if let advance = yaml.spans(fields["advance"], "advance") {
      policy.measureSchedule.advance = advance
      policy.dutySchedule.advance = advance
    }
    policy.measureSchedule.overdueEvery =
      yaml.rhythm(fields["overdueEvery"], "overdueEvery") ?? policy.measureSchedule.overdueEvery
    readSchedule("report", fields, into: &policy.reportSchedule)
    readSchedule("duty", fields, into: &policy.dutySchedule)
    policy.digest.isDaily =
      yaml.choice(fields["digest"], "digest", ["weekly": false, "daily": true]) ?? policy.digest.isDaily
    policy.digest.weekday = weekday(fields["digestDay"]) ?? policy.digest.weekday
    policy.summarisesForSupervisors =
      yaml.choice(fields["supervisors"], "supervisors", ["weekly": true, "never": false]) ?? true
    policy.quiet = yaml.periods(fields["quiet"], "quiet")
    readEscalation(fields["escalate"], into: &policy.escalation)
    policy.lights = lights(fields["lights"])
    policy.overrides = yaml.list(fields["overrides"], "overrides").compactMap { override($0) }
    return policy
  }

  /// The keys of one kind of item: `reportAdvance`, `reportOverdueEvery`.
  private mutating func readSchedule(
    _ kind: String, _ fields: [String: YAMLValue], into schedule: inout ReminderSchedule
  ) {
    schedule.advance = yaml.spans(fields["\(kind)Advance"], "\(kind)Advance") ?? schedule.advance
    schedule.overdueEvery =
      yaml.rhythm(fields["\(kind)OverdueEvery"], "\(kind)OverdueEvery") ?? schedule.overdueEvery
  }

  private mutating func weekday(_ value: YAMLValue?) -> Weekday? {
    guard let text = yaml.text(value, "digestDay") else { return nil }
    if let day = Weekday(name: text.text) { return day }
    let names = Weekday.allCases.map(\.name)
    yaml.error(
      text.location, "digestDay: “\(text.text)” is unknown",
      help: Nearest.word(to: text.text, among: names).map { "did you mean “\($0)”?" }
        ?? "expected \(names.joined(separator: ", "))")
    return nil
  }

  private mutating func readEscalation(_ value: YAMLValue?, into escalation: inout Escalation) {
    let fields = yaml.fields(of: value, "escalate", keys: ["head", "contact", "supervisor", "stalled"])
    escalation.head = yaml.rhythm(fields["head"], "head") ?? escalation.head
    escalation.contact = yaml.rhythm(fields["contact"], "contact") ?? escalation.contact
    escalation.supervisor = yaml.rhythm(fields["supervisor"], "supervisor") ?? escalation.supervisor
    escalation.stalled = yaml.rhythm(fields["stalled"], "stalled") ?? escalation.stalled
  }

  private mutating func lights(_ value: YAMLValue?) -> LightScheme {
    let fields = yaml.fields(of: value, "lights", keys: ["soon"] + Light.allCases.map(\.rawValue))
    var scheme = LightScheme()
    scheme.soon = yaml.span(fields["soon"], "soon") ?? scheme.soon
    for light in Light.allCases {
      let parts = yaml.fields(of: fields[light.rawValue], light.rawValue, keys: ["name", "color"])
      var look = scheme.look(light)
      look.name = yaml.text(parts["name"], "name")?.text ?? look.name
      look.color = yaml.color(parts["color"], "color") ?? look.color
      scheme.looks[light] = look
    }
    return scheme
  }

  private mutating func override(_ value: YAMLValue) -> PolicyOverride? {
    let fields = yaml.fields(
      of: value, "an override",
      keys: ["area", "measure", "owner", "advance", "overdueEvery", "quiet", "copies"])
    guard let scope = scope(fields, at: value.location) else { return nil }
    var override = PolicyOverride(scope)
    override.advance = yaml.spans(fields["advance"], "advance")
    override.overdueEvery = yaml.rhythm(fields["overdueEvery"], "overdueEvery")
    override.quiet = yaml.periods(fields["quiet"], "quiet")
    override.copies = yaml.addresses(fields["copies"], "copies")
    if let copies = fields["copies"], fields["owner"] == nil {
      yaml.error(
        copies.location, "copies are for an owner", help: "write owner: in place of area: or measure:")
    }
    return override
  }

  private mutating func scope(_ fields: [String: YAMLValue], at location: Diagnostic.Location)
    -> PolicyOverride.Scope?
  {
    let named = ["area", "measure", "owner"].filter { fields[$0] != nil }
    guard named.count == 1, let key = named.first else {
      yaml.error(
        location, named.isEmpty ? "the override is for nothing" : "the override is for several things",
        help: "write one of area:, measure: and owner:")
      return nil
    }
    guard let name = yaml.text(fields[key], key)?.text else { return nil }
    switch key {
    case "area": return .area(name)
    case "measure": return .measure(name)
    default: return .owner(name)
    }
  }
}
