internal import Mustache

/// One template: parsed, with the names it uses.
struct Template {
  let mustache: MustacheTemplate
  let mentions: [TemplateScan.Mention]

  /// Parses a template; all faults at once where the look at its tags finds some.
  init(_ text: String, _ kind: TemplateSet.Kind) throws(TemplateFaults) {
    let scan = TemplateScan(text)
    guard scan.faults.isEmpty else { throw TemplateFaults(faults: scan.faults) }
    mentions = scan.mentions
    MustacheContentTypes.register(StrictHTML(), named: StrictHTML.name)
    let escaping = kind == .html ? StrictHTML.name : "TEXT"
    do {
      mustache = try MustacheTemplate(string: "{{% CONTENT_TYPE:\(escaping)}}\n" + text)
    } catch let error as MustacheTemplate.ParserError {
      throw TemplateFaults(faults: [Self.fault(error)])
    } catch {
      throw TemplateFaults(faults: [.init(line: 1, column: 1, message: "\(error)", help: "")])
    }
  }

  /// The library's error with our line (ours has one more in front) and in words.
  private static func fault(_ error: MustacheTemplate.ParserError) -> TemplateScan.Fault {
    let (message, help) =
      switch error.error {
      case MustacheTemplate.Error.sectionCloseNameIncorrect:
        ("a section is closed that isn't the one open here", "close sections in the reverse order of opening")
      case MustacheTemplate.Error.expectedSectionEnd: ("a section is never closed", "add {{/its name}}")
      case MustacheTemplate.Error.unfinishedName: ("a tag is badly formed", "write {{name}}")
      default: ("not a mustache template: \(error.error)", "")
      }
    return .init(
      line: max(1, error.context.lineNumber - 1), column: max(1, error.context.columnNumber),
      message: message,
      help: help)
  }
}

/// Everything that is wrong with a template.
struct TemplateFaults: Error {
  var faults: [TemplateScan.Fault]
}
