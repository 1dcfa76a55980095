internal import Mustache

/// The named values that a template, or one turn of a section, sees.
///
/// Texts, flags and lists of further records. An empty text is there, and yet counts as absent in a section: it
/// hides a value of the same name further out.
struct TemplateRecord: MustacheParent {
  enum Value {
    case text(String)
    case flag(Bool)
    case list([TemplateRecord])
  }

  private var fields: [String: Value] = [:]

  /// A record with room for so many names.
  init(capacity: Int = 0) { fields.reserveCapacity(capacity) }

  subscript(name: String) -> String {
    get { if case .text(let text) = fields[name] { text } else { "" } }
    set { fields[name] = .text(newValue) }
  }

  mutating func set(_ name: String, _ flag: Bool) { fields[name] = .flag(flag) }

  mutating func set(_ name: String, _ list: [TemplateRecord]) { fields[name] = .list(list) }

  /// The value of that name, in this record alone.
  func value(_ name: String) -> Value? { fields[name] }

  /// Every name in it and in the records of its lists.
  var names: Set<String> {
    fields.reduce(into: Set(fields.keys)) { names, field in
      if case .list(let records) = field.value {
        for record in records { names.formUnion(record.names) }
      }
    }
  }

  /// How swift-mustache asks for a value.
  func child(named name: String) -> Any? {
    switch fields[name] {
    case nil: nil
    case .text(let text)?: Text(renderText: text)
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
