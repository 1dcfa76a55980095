public import DubanCore
internal import Foundation

/// The templates of all mails: the built-in ones, overridden file by file.
///
/// `reminders.html.mustache` and `reminders.txt.mustache` are the two bodies of an owner's mail, `digest.…` those
/// of the contact's; the others are partials, found by their name in templates of the same kind (`{{> item}}` in
/// a `.html.mustache` is `item.html.mustache`). docs/templates.md names the variables.
public struct TemplateSet: Sendable {
  /// The two kinds of body, and papers.
  enum Kind: String, Sendable, CaseIterable {
    case text = "txt"
    case html, paper
  }

  /// What templates are for. The built-in ones of the mails and of the report page include none of each other's.
  enum Use: Sendable {
    case mails, page, papers

    /// What the built-in template of that name is for, or the file of that name.
    init(of file: String) {
      let name = String(file.prefix { $0 != "." })
      self = name.hasPrefix("report") ? .page : Self.paperNames.contains(name) ? .papers : .mails
    }

    private static let paperNames: Set = ["slip", "bulletin", "ledger"]
  }

  /// The templates of one kind, each with the parts of those that it includes in their places.
  private struct Bodies: Sendable {
    private(set) var parts: [String: [Template.Part]] = [:]
    /// What some template prints, or decides by.
    private(set) var variables: Set<TemplateVariable> = []

    init(_ templates: [String: Template]) {
      for (name, template) in templates {
        parts[name] = Self.including(template.parts, templates, open: [name])
        variables.formUnion(
          template.mentions.filter { !$0.isPartial }.compactMap { TemplateVariable.named[$0.name] })
      }
    }

    /// - Parameter open: the templates that this is inside of; none of them is put into itself.
    private static func including(
      _ parts: [Template.Part], _ templates: [String: Template], open: Set<String>
    ) -> [Template.Part] {
      parts.flatMap { part -> [Template.Part] in
        switch part {
        case .text, .value: return [part]
        case .section(let name, let parts): return [.section(name, including(parts, templates, open: open))]
        case .inverted(let name, let parts): return [.inverted(name, including(parts, templates, open: open))]
        case .partial(let name, let indentation):
          guard let other = templates[name]?.indented(by: indentation), !open.contains(name) else {
            return []
          }
          return including(other.parts, templates, open: open.union([name]))
        }
      }
    }
  }

  /// The overridden templates together with the others; nil where none is overridden.
  private let own: [Kind: Bodies]?

  /// The built-in templates, read when the first mail or page is made: most commands make none.
  private static let mailBodies = builtInBodies(for: .mails)
  private static let pageBodies = builtInBodies(for: .page)
  private static let paperBodies = builtInBodies(for: .papers)

  private static func builtInBodies(for use: Use) -> [Kind: Bodies] {
    let texts = builtInText.filter { Use(of: $0.key) == use }
    return bodies(TemplateCheck.parse(texts.mapValues { ($0, nil) }, builtIn: texts).parsed)
  }

  private func bodies(for use: Use) -> [Kind: Bodies] {
    if let own { return own }
    return switch use {
    case .mails: Self.mailBodies
    case .page: Self.pageBodies
    case .papers: Self.paperBodies
    }
  }

  /// The built-in templates' names, as files are named.
  public static var names: [String] { builtInText.keys.sorted() }

  /// The text of a built-in template, to start an override from; nil for an unknown name.
  public static func builtIn(_ name: String) -> String? { builtInText[name] }

  /// The built-in templates, with those of a directory in their place.
  ///
  /// - Parameter directory: overrides, one file for each template that differs; nil for none.
  /// - Returns: the templates and what is wrong with the overrides. A template with an error is left as built in,
  ///   so that mails can always be composed; whether to send any is the caller's decision.
  public static func load(overrides directory: String?) -> (TemplateSet, [Diagnostic]) {
    var sources = builtInText.mapValues { (text: $0, file: String?.none) }
    var diagnostics: [Diagnostic] = []
    if let directory {
      for file in files(in: directory, &diagnostics) {
        let path = directory + "/" + file
        guard builtInText[file] != nil else {
          diagnostics.append(
            Diagnostic(
              .warning, at: .init(file: path), "no template has the name “\(file)”",
              help: Nearest.word(to: file, among: names).map { "did you mean “\($0)”?" }
                ?? "expected one of \(names.joined(separator: ", "))"))
          continue
        }
        guard let data = FileManager.default.contents(atPath: path) else {
          diagnostics.append(Diagnostic(.error, at: .init(file: path), "the template can't be read"))
          continue
        }
        guard let text = String(validating: data, as: UTF8.self) else {
          diagnostics.append(
            Diagnostic(.error, at: .init(file: path), "the template isn't UTF-8", help: "save it as UTF-8"))
          continue
        }
        sources[file] = (text, path)
      }
    }
    guard sources.values.contains(where: { $0.file != nil }) else {
      return (TemplateSet(own: nil), diagnostics)
    }
    let (parsed, found) = TemplateCheck.parse(sources, builtIn: builtInText)
    return (TemplateSet(parsed), diagnostics + found)
  }

  init(_ parsed: [Kind: [String: Template]]) { self.init(own: Self.bodies(parsed)) }

  private init(own: [Kind: Bodies]?) { self.own = own }

  private static func bodies(_ parsed: [Kind: [String: Template]]) -> [Kind: Bodies] {
    parsed.mapValues(Bodies.init)
  }

  func render(_ name: String, _ kind: Kind, _ values: TemplateRecord) -> String {
    String(decoding: bytes(name, kind, values), as: UTF8.self)
  }

  /// A body filled in, in UTF-8.
  func bytes(_ name: String, _ kind: Kind, _ values: TemplateRecord) -> [UInt8] {
    guard let parts = bodies(for: Use(of: name))[kind]?.parts[name] else { return [] }
    return TemplatePrinter.bytes(of: parts, kind, values)
  }

  /// Whether some template for that use (any at all, where some are overridden) prints a value, or asks for it: what
  /// none does needn't be worked out.
  func mention(_ variable: TemplateVariable, for use: Use) -> Bool {
    bodies(for: use).values.contains { $0.variables.contains(variable) }
  }

  private static func files(in directory: String, _ diagnostics: inout [Diagnostic]) -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else {
      diagnostics.append(
        Diagnostic(
          .error, at: .init(file: directory), "the directory of templates can't be read",
          help: "leave out “templates” to use the built-in ones"))
      return []
    }
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  private static let builtInText: [String: String] = [
    "bar.html.mustache": PackageResources.bar_html_mustache,
    "bar.txt.mustache": PackageResources.bar_txt_mustache,
    "bottom.html.mustache": PackageResources.bottom_html_mustache,
    "bulletin.paper.mustache": PackageResources.bulletin_paper_mustache,
    "digest.html.mustache": PackageResources.digest_html_mustache,
    "digest.txt.mustache": PackageResources.digest_txt_mustache,
    "heading.html.mustache": PackageResources.heading_html_mustache,
    "item.html.mustache": PackageResources.item_html_mustache,
    "item.txt.mustache": PackageResources.item_txt_mustache,
    "ledger.paper.mustache": PackageResources.ledger_paper_mustache,
    "line.html.mustache": PackageResources.line_html_mustache,
    "line.txt.mustache": PackageResources.line_txt_mustache,
    "measure.html.mustache": PackageResources.measure_html_mustache,
    "notice.html.mustache": PackageResources.notice_html_mustache,
    "notice.txt.mustache": PackageResources.notice_txt_mustache,
    "reminders.html.mustache": PackageResources.reminders_html_mustache,
    "reminders.txt.mustache": PackageResources.reminders_txt_mustache,
    "report.html.mustache": PackageResources.report_html_mustache,
    "reportBar.html.mustache": PackageResources.reportBar_html_mustache,
    "reportScript.html.mustache": PackageResources.reportScript_html_mustache,
    "reportStyle.html.mustache": PackageResources.reportStyle_html_mustache,
    "slip.paper.mustache": PackageResources.slip_paper_mustache,
    "top.html.mustache": PackageResources.top_html_mustache,
    "when.html.mustache": PackageResources.when_html_mustache,
  ].mapValues { String(decoding: $0, as: UTF8.self) }
}

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
