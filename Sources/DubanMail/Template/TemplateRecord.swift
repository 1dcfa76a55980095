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

  /// A value with its name.
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
      case .text(let text): sum + EscapedHTML.size(text.utf8)
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
