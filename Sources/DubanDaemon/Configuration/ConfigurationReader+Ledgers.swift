import DubanCore
import DubanLedger
import Glibc

extension ConfigurationReader {
  /// The paths under `ledger:` or `ledgers:`: one path or pattern, or a list of them.
  mutating func ledgers(_ fields: [String: YAMLValue], of root: YAMLValue) -> [String] {
    if let several = fields["ledgers"], fields["ledger"] != nil {
      yaml.error(several.location, "both ledger and ledgers", help: "keep one; either takes a list")
    }
    guard let value = fields["ledger"] ?? fields["ledgers"] else {
      yaml.error(root.location, "the configuration names no ledger", help: "write ledger: ledger.yaml")
      return []
    }
    let names: [LocatedText] =
      if case .list = value.content {
        yaml.texts(value, "ledger")
      } else {
        yaml.text(value, "ledger").map { [$0] } ?? []
      }
    var paths: [String] = []
    for name in names {
      for path in ledgers(named: name) {
        if paths.contains(path) {
          yaml.error(name.location, "the ledger “\(path)” is named twice", help: "name it once")
        } else {
          paths.append(path)
        }
      }
    }
    if names.isEmpty {
      yaml.error(value.location, "the list of ledgers is empty", help: "write ledger: ledger.yaml")
    }
    return paths
  }

  /// Whether an editor puts a file of that name beside a document that is open: Excel `~$…`, WPS `.~…`, LibreOffice
  /// `.~lock.…#`, and what others save into.
  private static func isBesideADocument(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    return ["~$", ".~"].contains { name.hasPrefix($0) } || ["~", "#", ".tmp"].contains { name.hasSuffix($0) }
  }

  /// The files that a name means; a name with `*`, `?` or `[` is a pattern (glob(7)).
  private mutating func ledgers(named name: LocatedText) -> [String] {
    if name.text.isEmpty {
      yaml.error(name.location, "an entry of the list of ledgers is empty")
      return []
    }
    guard name.text.contains(where: { "*?[".contains($0) }) else { return [path(name.text)] }
    var found = glob_t()
    defer { globfree(&found) }
    let code = glob(path(name.text), 0, nil, &found)
    let files = (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
    let kept = files.filter { !Self.isBesideADocument($0) }
    if !kept.isEmpty { return kept }
    yaml.error(
      name.location,
      code == GLOB_NOMATCH || code == 0
        ? "no file matches “\(name.text)”" : "the folders of “\(name.text)” can't be listed",
      help: "patterns are relative to the configuration's folder")
    return []
  }
}
