/// Prints templates with the values of a record.
///
/// Looks at program and records where they lie: nothing of them is copied or counted for each value that is printed.
struct TemplatePrinter {
  private let steps: UnsafeBufferPointer<TemplateProgram.Step>
  private let texts: UnsafeBufferPointer<UInt8>
  private let templates: UnsafeBufferPointer<Range<Int>>
  private let isHTML: Bool
  /// The values of the records in which names are looked up, the innermost last; each is there for as long as it is
  /// here.
  private var scopes: [UnsafeBufferPointer<TemplateRecord.Field>] = []
  private var output: [UInt8] = []

  /// What one template prints, in UTF-8.
  static func bytes(
    of name: String, in program: TemplateProgram, _ kind: TemplateSet.Kind, _ values: TemplateRecord
  ) -> [UInt8] {
    program.steps.withUnsafeBufferPointer { steps in
      program.texts.withUnsafeBufferPointer { texts in
        program.templates.withUnsafeBufferPointer { templates in
          var printer = TemplatePrinter(
            steps: steps, texts: texts, templates: templates, isHTML: kind == .html)
          printer.output.reserveCapacity(64 * 1024)
          printer.run(program.steps(of: name), in: values)
          return printer.output
        }
      }
    }
  }

  private init(
    steps: UnsafeBufferPointer<TemplateProgram.Step>, texts: UnsafeBufferPointer<UInt8>,
    templates: UnsafeBufferPointer<Range<Int>>, isHTML: Bool
  ) {
    self.steps = steps
    self.texts = texts
    self.templates = templates
    self.isHTML = isHTML
  }

  private mutating func run(_ range: Range<Int>, in record: TemplateRecord) {
    record.withFields { fields in
      scopes.append(fields)
      run(range)
      scopes.removeLast()
    }
  }

  private mutating func run(_ range: Range<Int>) {
    var next = range.lowerBound
    while next < range.upperBound {
      let step = steps[next]
      next += 1
      switch step {
      case .text(let place): output.append(contentsOf: UnsafeBufferPointer(rebasing: texts[place]))
      case .value(let variable): put(value(variable))
      case .section(let variable, let end):
        section(value(variable), next..<end)
        next = end
      case .inverted(let variable, let end):
        if !isSet(value(variable)) { run(next..<end) }
        next = end
      case .partial(let template): run(templates[template])
      }
    }
  }

  private mutating func put(_ value: TemplateRecord.Value?) {
    switch value {
    case .text(var text)?: text.withUTF8 { put($0) }
    case .bytes(let bytes)?: bytes.withUnsafeBufferPointer { put($0) }
    case .flag(let flag)?: output.append(contentsOf: (flag ? "true" : "false").utf8)
    case .list?, nil: break
    }
  }

  private mutating func put(_ text: UnsafeBufferPointer<UInt8>) {
    if isHTML { StrictHTML.append(text, to: &output) } else { output.append(contentsOf: text) }
  }

  private mutating func section(_ value: TemplateRecord.Value?, _ range: Range<Int>) {
    guard case .list(let records)? = value else {
      if isSet(value) { run(range) }
      return
    }
    for record in records { run(range, in: record) }
  }

  private func isSet(_ value: TemplateRecord.Value?) -> Bool {
    switch value {
    case .text(let text)?: !text.isEmpty
    case .bytes(let bytes)?: !bytes.isEmpty
    case .flag(let flag)?: flag
    case .list(let records)?: !records.isEmpty
    case nil: false
    }
  }

  /// The innermost value of that name.
  private func value(_ variable: TemplateVariable) -> TemplateRecord.Value? {
    for fields in scopes.reversed() {
      for place in fields.indices where fields[place].variable == variable { return fields[place].value }
    }
    return nil
  }
}
