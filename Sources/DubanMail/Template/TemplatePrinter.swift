/// Prints templates that were taken apart into steps, with the values of a record.
struct TemplatePrinter {
  private let templates: [String: [TemplateStep]]
  private let isHTML: Bool
  /// The records in which names are looked up, the innermost last.
  private var scopes: [TemplateRecord]
  private var output: [UInt8] = []

  /// What one template prints, in UTF-8.
  static func bytes(
    of name: String, among templates: [String: [TemplateStep]], _ kind: TemplateSet.Kind,
    _ values: TemplateRecord
  ) -> [UInt8] {
    var printer = TemplatePrinter(templates: templates, isHTML: kind == .html, scopes: [values])
    printer.output.reserveCapacity(64 * 1024)
    printer.run(templates[name] ?? [])
    return printer.output
  }

  private init(templates: [String: [TemplateStep]], isHTML: Bool, scopes: [TemplateRecord]) {
    self.templates = templates
    self.isHTML = isHTML
    self.scopes = scopes
  }

  private mutating func run(_ steps: [TemplateStep]) {
    for step in steps {
      switch step {
      case .text(let bytes): output.append(contentsOf: bytes)
      case .value(let name): put(value(name))
      case .section(let name, let steps): section(value(name), steps)
      case .inverted(let name, let steps): if !isSet(value(name)) { run(steps) }
      case .partial(let name): run(templates[name] ?? [])
      }
    }
  }

  private mutating func put(_ value: TemplateRecord.Value?) {
    switch value {
    case .text(var text)?:
      text.withUTF8 { bytes in
        if isHTML { StrictHTML.append(bytes, to: &output) } else { output.append(contentsOf: bytes) }
      }
    case .flag(let flag)?: output.append(contentsOf: (flag ? "true" : "false").utf8)
    case .list?, nil: break
    }
  }

  private mutating func section(_ value: TemplateRecord.Value?, _ steps: [TemplateStep]) {
    guard case .list(let records)? = value else {
      if isSet(value) { run(steps) }
      return
    }
    for record in records {
      scopes.append(record)
      run(steps)
      scopes.removeLast()
    }
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
  private func value(_ name: String) -> TemplateRecord.Value? {
    for scope in scopes.reversed() {
      if let value = scope.value(name) { return value }
    }
    return nil
  }
}
