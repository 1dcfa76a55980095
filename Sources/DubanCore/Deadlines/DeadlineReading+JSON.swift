extension DeadlineReading: Encodable {
  private enum Key: String, CodingKey { case text, status, readings, alternatives, reason }

  /// Writes `{"text","status","readings","reason"}`, with `alternatives` for an ambiguous phrase.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(text, forKey: .text)
    try container.encode(status.rawValue, forKey: .status)
    try container.encode(readings, forKey: .readings)
    if status == .ambiguous { try container.encode(alternatives, forKey: .alternatives) }
    try container.encode(reason, forKey: .reason)
  }
}

extension Reading: Encodable {
  private enum Key: String, CodingKey { case kind, due, time, from, rule, count, unit, after }

  /// Writes an object whose `kind` names the case and whose other keys hold its values.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .date(let due, let time):
      try container.encode("date", forKey: .kind)
      try container.encode(due, forKey: .due)
      try container.encodeIfPresent(time?.description, forKey: .time)
    case .range(let from, let due):
      try container.encode("range", forKey: .kind)
      try container.encode(from, forKey: .from)
      try container.encode(due, forKey: .due)
    case .from(let day):
      try container.encode("from", forKey: .kind)
      try container.encode(day, forKey: .from)
    case .standing: try container.encode("standing", forKey: .kind)
    case .immediate: try container.encode("immediate", forKey: .kind)
    case .recurring(let recurrence):
      try container.encode("recurring", forKey: .kind)
      try container.encode(recurrence.rule, forKey: .rule)
      try container.encodeIfPresent(recurrence.from, forKey: .from)
    case .relative(let count, let unit, let after):
      try container.encode("relative", forKey: .kind)
      try container.encode(count, forKey: .count)
      try container.encode(unit.rawValue, forKey: .unit)
      try container.encode(after, forKey: .after)
    case .event(let after):
      try container.encode("event", forKey: .kind)
      try container.encode(after, forKey: .after)
    }
  }
}
