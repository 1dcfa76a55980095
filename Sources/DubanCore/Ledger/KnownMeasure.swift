/// A measure as the state remembers it: what to know it by when the ledger has changed.
public struct KnownMeasure: Sendable, Hashable {
  /// Its ``Measure/identity``.
  public var identity: String
  /// As it was last numbered.
  public var number: String
  /// Its title.
  public var title: String
  /// Whom it was given to: its units, or its persons where it names no unit; in the order of their names.
  public var units: [String]
  /// A number for its text and the words of its deadline: tells apart what has one title and one unit.
  public var content: Int64
  /// Whether the ledger last in force has it.
  public var isPresent: Bool

  /// A measure of these parts.
  public init(
    identity: String, number: String, title: String, units: [String], content: Int64, isPresent: Bool
  ) {
    self.identity = identity
    self.number = number
    self.title = title
    self.units = units
    self.content = content
    self.isPresent = isPresent
  }

  /// A measure of a ledger.
  init(_ measure: Measure) {
    var mixer = ByteMixer()
    mixer.mix(measure.text)
    mixer.mix(measure.deadline.text)
    self.init(
      identity: measure.identity, number: measure.id, title: measure.title,
      units: (measure.units.isEmpty ? measure.persons : measure.units).sorted(),
      content: Int64(bitPattern: mixer.value), isPresent: true)
  }
}

extension Ledger {
  /// A number that differs, but for one case in 2⁶⁴, as soon as anything differs by which measures are known; the
  /// same on every machine.
  public var measuresPrint: String {
    var mixer = ByteMixer()
    for area in areas {
      for measure in area.measures {
        for text in [measure.id, measure.title, measure.text, measure.deadline.text] { mixer.mix(text) }
        for list in [measure.units, measure.persons] {
          mixer.mix(UInt64(list.count))
          for name in list { mixer.mix(name) }
        }
      }
    }
    return String(mixer.value, radix: 16)
  }

  /// The same ledger with each measure's identity, as these say it; of a measure that none of them is, its number.
  public func identified(by known: [KnownMeasure]) -> Ledger {
    let identities = Dictionary(
      known.lazy.filter { $0.isPresent && $0.identity != $0.number }.map { ($0.number, $0.identity) }
    ) { first, _ in first }
    let isSame = areas.allSatisfy { area in
      area.measures.allSatisfy { $0.identity == identities[$0.id] ?? $0.id }
    }
    guard !isSame else { return self }
    var ledger = self
    for area in areas.indices {
      for place in areas[area].measures.indices {
        let number = areas[area].measures[place].id
        ledger.areas[area].measures[place].identity = identities[number] ?? number
      }
    }
    return ledger
  }
}
