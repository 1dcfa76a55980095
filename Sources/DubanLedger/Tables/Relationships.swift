/// Which part of a container refers to which (ECMA-376 part 2, 8.5).
struct Relationships {
  private let entries: [RelationshipHandler.Entry]
  private let folder: Substring

  /// The relationships of the part of that name, or of the whole container for "".
  init(_ archive: ZipArchive, of part: String) throws(WorkbookFailure) {
    let slash = part.lastIndex(of: "/")
    folder = slash.map { part[..<$0] } ?? ""
    let file = slash.map { part[part.index(after: $0)...] } ?? part[...]
    let name = (folder.isEmpty ? "" : folder + "/") + "_rels/\(file).rels"
    let handler = RelationshipHandler()
    if part.isEmpty, !archive.contains(name) { throw .notAWorkbook }
    if archive.contains(name) { try archive.readPart(name, with: handler) }
    entries = handler.entries
  }

  /// The part of the first relationship whose type ends with that word: the strict and the transitional form of the
  /// standard differ in what comes before it.
  func target(ofType type: String) -> String? {
    entries.first { $0.type.hasSuffix("/" + type) }.map { resolved($0.target) }
  }

  /// The part that an id leads to.
  func target(id: String) -> String? { entries.first { $0.id == id }.map { resolved($0.target) } }

  /// Whether the id leads to a part of that type.
  func isType(_ type: String, id: String) -> Bool {
    entries.contains { $0.id == id && $0.type.hasSuffix("/" + type) }
  }

  private func resolved(_ target: String) -> String {
    if target.hasPrefix("/") { return String(target.dropFirst()) }
    var path = folder.split(separator: "/")
    for step in target.split(separator: "/") where step != "." {
      if step == ".." { _ = path.popLast() } else { path.append(step) }
    }
    return path.joined(separator: "/")
  }
}

private final class RelationshipHandler: XMLPart.Handler {
  struct Entry {
    var id: String
    var type: String
    var target: String
  }

  var entries: [Entry] = []
  let isDone = false

  func begin(_ element: Substring, _ attributes: [String: String]) {
    guard element == "Relationship", attributes["TargetMode"] != "External", let id = attributes["Id"],
      let type = attributes["Type"], let target = attributes["Target"]
    else { return }
    entries.append(Entry(id: id, type: type, target: target))
  }

  func end(_ element: Substring) {}
  func characters(_ text: String) {}
}
