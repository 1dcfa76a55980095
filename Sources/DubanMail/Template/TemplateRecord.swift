internal import Mustache

/// The named values that a template, or one turn of a section, sees.
///
/// Texts, flags and lists of further records. An empty text is there, and yet counts as absent in a section: it
/// hides a value of the same name further out.
struct TemplateRecord: MustacheParent {
  private enum Value {
    case text(String)
    case flag(Bool)
    case list([TemplateRecord])
  }

  private var fields: [String: Value] = [:]

  subscript(name: String) -> String {
    get { if case .text(let text) = fields[name] { text } else { "" } }
    set { fields[name] = .text(newValue) }
  }

  mutating func set(_ name: String, _ flag: Bool) { fields[name] = .flag(flag) }

  mutating func set(_ name: String, _ list: [TemplateRecord]) { fields[name] = .list(list) }

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
    case .text("")?: EmptyText()
    case .text(let text)?: text
    case .flag(let flag)?: flag
    case .list(let records)?: records
    }
  }

  /// A text without characters: prints nothing, and closes a section, which an empty `String` would open.
  private struct EmptyText: MustacheCustomRenderable {
    var renderText: String { "" }
    var isNull: Bool { true }
  }
}
