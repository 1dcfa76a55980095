internal import Mustache

/// The named values that a template, or one turn of a section, sees.
///
/// Texts, flags and lists of further records. An empty text is there, and yet counts as absent in a section: it
/// hides a value of the same name further out.
struct TemplateRecord: MustacheParent, Sendable {
  enum Value: Sendable {
    case text(String)
    /// A text that is in UTF-8 already.
    case bytes([UInt8])
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
      case .bytes(let bytes)?: String(decoding: bytes, as: UTF8.self)
      case .flag?, .list?, nil: ""
      }
    }
    set { set(variable, .text(newValue)) }
  }

  mutating func set(_ variable: TemplateVariable, _ flag: Bool) { set(variable, .flag(flag)) }

  mutating func set(_ variable: TemplateVariable, _ list: [TemplateRecord]) { set(variable, .list(list)) }

  mutating func set(_ variable: TemplateVariable, utf8 bytes: [UInt8]) { set(variable, .bytes(bytes)) }

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
      case .text(let text): sum + StrictHTML.size(text.utf8)
      case .bytes(let bytes): sum + StrictHTML.size(bytes)
      case .flag: sum
      case .list(let records): records.reduce(sum) { $0 + $1.sizeInHTML }
      }
    }
  }

  /// The value of that name, in this record alone.
  func value(_ variable: TemplateVariable) -> Value? { place(of: variable).map { fields[$0].value } }

  /// Calls a closure with the values, which stay where they are until it returns.
  func withFields(_ body: (UnsafeBufferPointer<Field>) -> Void) { fields.withUnsafeBufferPointer(body) }

  // By index: a closure would be handed a copy of each value.
  private func place(of variable: TemplateVariable) -> Int? {
    for place in fields.indices where fields[place].variable == variable { return place }
    return nil
  }

  /// How swift-mustache asks for a value.
  func child(named name: String) -> Any? {
    switch TemplateVariable.named[name].flatMap(value) {
    case nil: nil
    case .text(let text)?: Text(renderText: text)
    case .bytes(let bytes)?: Text(renderText: String(decoding: bytes, as: UTF8.self))
    case .flag(let flag)?: flag
    case .list(let records)?: records
    }
  }

  /// A text as swift-mustache takes it: printed as it is, where a plain `String` would first be described, and
  /// looked into by reflection. Without characters it closes a section, which an empty `String` would open.
  private struct Text: MustacheCustomRenderable, MustacheParent {
    let renderText: String
    var isNull: Bool { renderText.isEmpty }
    func child(named name: String) -> Any? { nil }
  }
}
