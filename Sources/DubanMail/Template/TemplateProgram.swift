/// The templates of one kind, ready to print: the steps of all of them in one row, and their texts in another.
struct TemplateProgram: Sendable {
  /// One step. A part that may be left out or printed several times stands behind the step that decides on it.
  enum Step: Sendable {
    /// Text that is printed as it stands: its place in ``texts``.
    case text(Range<Int>)
    /// A value, escaped.
    case value(TemplateVariable)
    /// The steps up to `end` are printed for a value that is set, once or for each record of a list.
    case section(TemplateVariable, end: Int)
    /// The steps up to `end` are printed for a value that isn't set.
    case inverted(TemplateVariable, end: Int)
    /// Another template: its place in ``templates``.
    case partial(Int)
  }

  private(set) var steps: [Step] = []
  /// In UTF-8.
  private(set) var texts: [UInt8] = []
  /// Which of ``steps`` are a template's.
  private(set) var templates: [Range<Int>] = []
  /// What some step prints, or decides by.
  private(set) var variables: Set<TemplateVariable> = []
  private let places: [String: Int]

  /// The program of templates that were taken apart, by their names.
  init(_ templates: [String: [TemplateStep]]) {
    let names = templates.keys.sorted()
    places = Dictionary(uniqueKeysWithValues: zip(names, 0...))
    for name in names {
      let start = steps.count
      add(templates[name] ?? [])
      self.templates.append(start..<steps.count)
    }
  }

  /// The steps of the template of that name; none where there is no such template.
  func steps(of name: String) -> Range<Int> { places[name].map { templates[$0] } ?? 0..<0 }

  /// Names that no value has are settled here: they print nothing, and are never set.
  private mutating func add(_ parts: [TemplateStep]) {
    for part in parts {
      switch part {
      case .text(let bytes):
        steps.append(.text(texts.count..<texts.count + bytes.count))
        texts += bytes
      case .value(let name):
        if let variable = known(name) { steps.append(.value(variable)) }
      case .section(let name, let parts):
        if let variable = known(name) { add(parts) { .section(variable, end: $0) } }
      case .inverted(let name, let parts):
        guard let variable = known(name) else {
          add(parts)
          continue
        }
        add(parts) { .inverted(variable, end: $0) }
      case .partial(let name):
        if let place = places[name] { steps.append(.partial(place)) }
      }
    }
  }

  private mutating func known(_ name: String) -> TemplateVariable? {
    guard let variable = TemplateVariable.named[name] else { return nil }
    variables.insert(variable)
    return variable
  }

  private mutating func add(_ parts: [TemplateStep], behind decision: (_ end: Int) -> Step) {
    let place = steps.count
    steps.append(decision(place))
    add(parts)
    steps[place] = decision(steps.count)
  }
}
