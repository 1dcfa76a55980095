internal import DubanCore

/// Prints templates with the values of a record.
struct TemplatePrinter {
  private let kind: TemplateSet.Kind
  /// The records in which names are looked up, the innermost last.
  private var scopes: [TemplateRecord] = []
  private var output: [UInt8] = []

  /// What the parts of a template print, in UTF-8.
  static func bytes(
    of parts: [Template.Part], _ kind: TemplateSet.Kind, _ values: TemplateRecord
  ) -> [UInt8] {
    var printer = TemplatePrinter(kind)
    printer.output.reserveCapacity(64 * 1024)
    printer.run(parts, in: values)
    return printer.output
  }

  private init(_ kind: TemplateSet.Kind) { self.kind = kind }

  private mutating func run(_ parts: [Template.Part], in record: TemplateRecord) {
    scopes.append(record)
    run(parts)
    scopes.removeLast()
  }

  private mutating func run(_ parts: [Template.Part]) {
    for part in parts {
      switch part {
      case .text(let bytes): output += bytes
      case .value(let variable): put(value(variable))
      case .section(let variable, let parts): section(value(variable), parts)
      case .inverted(let variable, let parts): if !isSet(value(variable)) { run(parts) }
      // ``TemplateSet`` puts the other template's parts in its place.
      case .partial: break
      }
    }
  }

  private mutating func put(_ value: TemplateRecord.Value?) {
    switch value {
    case .text(let text)?: put(text)
    case .flag(let flag)?: put(flag ? "true" : "false")
    case .list?, nil: break
    }
  }

  private mutating func put(_ text: String) {
    switch kind {
    case .html: output += XMLText.escaped(text).utf8
    case .paper: EscapedPaper.append(text.utf8, to: &output)
    case .text: output += text.utf8
    }
  }

  private mutating func section(_ value: TemplateRecord.Value?, _ parts: [Template.Part]) {
    guard case .list(let records)? = value else {
      if isSet(value) { run(parts) }
      return
    }
    for record in records { run(parts, in: record) }
  }

  private func isSet(_ value: TemplateRecord.Value?) -> Bool {
    switch value {
    case .text(let text)?: !text.isEmpty
    case .flag(let flag)?: flag
    case .list(let records)?: !records.isEmpty
    case nil: false
    }
  }

  /// The innermost value of that name.
  private func value(_ variable: TemplateVariable) -> TemplateRecord.Value? {
    for record in scopes.reversed() {
      if let value = record.value(variable) { return value }
    }
    return nil
  }
}

/// The named values that a template, or one turn of a section, sees.
///
/// Texts, flags and lists of further records. An empty text is there, and yet counts as absent in a section: it
/// hides a value of the same name further out.
struct TemplateRecord: Sendable {
  enum Value: Sendable {
    case text(String)
    case flag(Bool)
    case list([TemplateRecord])
  }

  struct Field: Sendable {
    let variable: TemplateVariable
    var value: Value
  }

  /// So few that looking through them is faster than hashing.
  private var fields: [Field] = []

  /// A record with room for so many names.
  init(capacity: Int = 12) { fields.reserveCapacity(capacity) }

  subscript(variable: TemplateVariable) -> String {
    get {
      switch value(variable) {
      case .text(let text)?: text
      case .flag?, .list?, nil: ""
      }
    }
    set { set(variable, .text(newValue)) }
  }

  mutating func set(_ variable: TemplateVariable, _ flag: Bool) { set(variable, .flag(flag)) }

  mutating func set(_ variable: TemplateVariable, _ list: [TemplateRecord]) { set(variable, .list(list)) }

  private mutating func set(_ variable: TemplateVariable, _ value: Value) {
    if let place = place(of: variable) {
      fields[place].value = value
    } else {
      fields.append(Field(variable: variable, value: value))
    }
  }

  /// The bytes that its values take in HTML, those of lists included: somewhat more than are printed.
  var sizeInHTML: Int {
    fields.reduce(0) { sum, field in
      switch field.value {
      case .text(let text): sum + XMLText.escaped(text).utf8.count
      case .flag: sum
      case .list(let records): records.reduce(sum) { $0 + $1.sizeInHTML }
      }
    }
  }

  /// The value of that name, in this record alone.
  func value(_ variable: TemplateVariable) -> Value? { place(of: variable).map { fields[$0].value } }

  // By index: a closure would be handed a copy of each value.
  private func place(of variable: TemplateVariable) -> Int? {
    for place in fields.indices where fields[place].variable == variable { return place }
    return nil
  }
}
