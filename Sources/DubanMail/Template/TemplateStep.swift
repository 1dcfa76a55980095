internal import Mustache

/// One part of a parsed template, in the order in which it prints.
indirect enum TemplateStep: Sendable {
  /// Text that is printed as it stands, in UTF-8.
  case text([UInt8])
  /// A value, escaped.
  case value(String)
  /// What is printed for a value that is set, once or for each record of a list.
  case section(String, [TemplateStep])
  /// What is printed for a value that isn't set.
  case inverted(String, [TemplateStep])
  /// Another template of the same kind.
  case partial(String)

  /// The parts of a template, in swift-mustache's own reading of it; nil where there is one that isn't known here, as
  /// a later version of swift-mustache may have, or an indented partial, whose lines are moved as they are printed.
  ///
  /// swift-mustache keeps its reading to itself, and reads every value through dynamic casts: hence reflection, once
  /// per template, instead of a second reader of the language.
  static func steps(of template: MustacheTemplate) -> [TemplateStep]? {
    guard let tokens = Mirror(reflecting: template).descendant("tokens") else { return nil }
    var steps: [TemplateStep] = []
    for token in Mirror(reflecting: tokens).children {
      guard let (label, payload) = Mirror(reflecting: token.value).children.first, let label else {
        return nil
      }
      // The kind of escaping, which the first line sets and nothing changes, since no template may hold such a tag.
      if label == "contentType" { continue }
      guard let step = step(label, payload) else { return nil }
      steps.append(step)
    }
    return steps
  }

  private static func step(_ label: String, _ payload: Any) -> TemplateStep? {
    if label == "text" { return (payload as? String).map { .text(Array($0.utf8)) } }
    let parts = Mirror(reflecting: payload)
    guard let name = parts.children.first?.value as? String else { return nil }
    let steps = (parts.descendant("template") as? MustacheTemplate).flatMap(steps)
    guard (parts.descendant("transforms") as? [String])?.isEmpty ?? true else { return nil }
    switch label {
    case "variable": return .value(name)
    case "section": return steps.map { .section(name, $0) }
    case "invertedSection": return steps.map { .inverted(name, $0) }
    case "partial":
      let indentation = parts.descendant("indentation") as? String?
      return indentation.map { $0 ?? "" } == "" ? .partial(name) : nil
    default: return nil
    }
  }
}
