import DubanCore
import DubanLedger

extension ConfigurationReader {
  /// The `papers:` section.
  mutating func papers(_ value: YAMLValue?) -> PaperSettings {
    let fields = yaml.fields(
      of: value, "papers", keys: ["slipSeries", "bulletinSeries", "levels", "attachSlips"])
    var settings = PaperSettings()
    settings.slipSeries = series(fields["slipSeries"], "slipSeries") ?? settings.slipSeries
    settings.bulletinSeries = series(fields["bulletinSeries"], "bulletinSeries") ?? settings.bulletinSeries
    if settings.slipSeries == settings.bulletinSeries,
      let place = fields["bulletinSeries"] ?? fields["slipSeries"]
    {
      yaml.error(
        place.location, "papers: slips and bulletins would have the same numbers",
        help: "give each a word of its own")
    }
    settings.attachesSlips =
      yaml.choice(fields["attachSlips"], "attachSlips", ["head": true, "never": false]) ?? false
    if let levels = fields["levels"] { settings.levels = self.levels(levels) }
    return settings
  }

  private mutating func series(_ value: YAMLValue?, _ key: String) -> String? {
    yaml.parsed(value, key, isNot: "can't begin a number", expected: "a word such as 督 or 洛开督") { text in
      let isWord = (1...20).contains(text.count) && !text.contains { "〔〕/".contains($0) || $0.isNewline }
      return isWord ? text : nil
    }
  }

  private mutating func levels(_ value: YAMLValue) -> [SlipLevel] {
    if case .text = value.content {
      // The preset's name; there is one so far.
      _ = yaml.choice(value, "levels", ["suqian": true])
      return SlipLevel.suqian
    }
    let entries = yaml.list(value, "levels")
    if entries.isEmpty {
      yaml.error(value.location, "levels: the list is empty", help: "leave it out for three colours")
    }
    return entries.compactMap { level($0) }
  }

  private mutating func condition(_ kind: String, _ value: YAMLValue?) -> SlipLevel.Condition? {
    if kind == "poor" { return yaml.choice(value, kind, ["true": .poor]) }
    guard let span = yaml.span(value, kind) else { return nil }
    return kind == "near" ? .near(span) : kind == "behind" ? .behind(span) : .overdue(span)
  }

  private mutating func level(_ value: YAMLValue) -> SlipLevel? {
    let fields = yaml.fields(
      of: value, "a level",
      keys: ["name", "title", "color", "near", "behind", "poor", "overdue", "reply", "points", "talk"])
    let conditions = ["near", "behind", "poor", "overdue"].filter { fields[$0] != nil }
    guard let name = yaml.text(fields["name"], "name"), conditions.count == 1, let kind = conditions.first,
      let condition = condition(kind, fields[kind])
    else {
      yaml.error(
        value.location, "a level needs a name and one of near:, behind:, poor: and overdue:",
        help: "write {name: 红色, overdue: 0}")
      return nil
    }
    var level = SlipLevel(
      name: name.text, title: yaml.text(fields["title"], "title")?.text ?? "督办单",
      color: yaml.color(fields["color"], "color") ?? "#c00000", condition: condition,
      reply: yaml.span(fields["reply"], "reply") ?? Span(3, .workday))
    level.points = yaml.integer(fields["points"], "points", in: 0...100) ?? level.points
    level.asksToTalk =
      yaml.choice(fields["talk"], "talk", ["true": true, "false": false]) ?? level.asksToTalk
    return level
  }
}
