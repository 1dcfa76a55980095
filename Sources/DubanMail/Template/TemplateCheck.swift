internal import DubanCore

/// Parses a set of templates and finds what is wrong with each: syntax, partials that don't exist or go round in
/// circles, and names that no value has.
enum TemplateCheck {
  static func parse(
    _ sources: [String: (text: String, file: String?)], builtIn: [String: String]
  ) -> (parsed: [TemplateSet.Kind: [String: Template]], diagnostics: [Diagnostic]) {
    var diagnostics: [Diagnostic] = []
    var parsed: [TemplateSet.Kind: [String: Template]] = [:]
    for file in sources.keys.sorted() {
      guard let source = sources[file], let (name, kind) = split(file) else { continue }
      do throws(TemplateFaults) {
        parsed[kind, default: [:]][name] = try Template(source.text)
      } catch {
        diagnostics += error.faults.map { fault in
          Diagnostic(
            .error, at: .init(file: source.file ?? file, line: fault.line, column: fault.column),
            fault.message, help: fault.help)
        }
        if let text = builtIn[file] { parsed[kind, default: [:]][name] = try? Template(text) }
      }
    }
    for file in sources.keys.sorted() {
      guard let path = sources[file]?.file, let (name, kind) = split(file),
        let template = parsed[kind]?[name]
      else { continue }
      let found = faults(of: template, name: name, kind: kind, among: parsed[kind] ?? [:], path: path)
      diagnostics += found
      if found.contains(where: { $0.severity == .error }), let text = builtIn[file] {
        parsed[kind]?[name] = try? Template(text)
      }
    }
    return (parsed, diagnostics)
  }

  private static func faults(
    of template: Template, name: String, kind: TemplateSet.Kind, among all: [String: Template], path: String
  ) -> [Diagnostic] {
    template.mentions.compactMap { mention in
      let place = Diagnostic.Location(file: path, line: mention.line, column: mention.column)
      if !mention.isPartial {
        guard !TemplateVariable.names.contains(mention.name) else { return nil }
        let nearest = Nearest.word(to: mention.name, among: TemplateVariable.names.sorted())
        return Diagnostic(
          .warning, at: place, "no variable has the name “\(mention.name)”",
          help: (nearest.map { "did you mean “\($0)”? " } ?? "") + "docs/templates.md lists them")
      }
      guard all[mention.name] != nil else {
        return Diagnostic(
          .error, at: place, "there is no template “\(mention.name).\(kind.rawValue).mustache”",
          help: Nearest.word(to: mention.name, among: all.keys.sorted()).map { "did you mean “\($0)”?" }
            ?? "docs/templates.md lists them")
      }
      guard reaches(mention.name, name, among: all) else { return nil }
      return Diagnostic(
        .error, at: place, "the template “\(name)” includes itself through “\(mention.name)”",
        help: "a template can't contain itself")
    }
  }

  /// Whether `start` is `target`, or includes it, at whatever depth.
  private static func reaches(_ start: String, _ target: String, among all: [String: Template]) -> Bool {
    var (seen, open): (Set<String>, [String]) = ([], [start])
    while let name = open.popLast() {
      if name == target { return true }
      guard seen.insert(name).inserted else { continue }
      open += (all[name]?.mentions ?? []).filter(\.isPartial).map(\.name)
    }
    return false
  }

  private static func split(_ file: String) -> (name: String, kind: TemplateSet.Kind)? {
    let parts = file.split(separator: ".").map(String.init)
    guard parts.count == 3, parts[2] == "mustache", let kind = TemplateSet.Kind(rawValue: parts[1]) else {
      return nil
    }
    return (parts[0], kind)
  }
}
