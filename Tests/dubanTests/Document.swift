import Foundation
import TestSupport
import Testing

/// A Markdown file that people read.
struct Document: Sendable, CustomTestStringConvertible {
  /// Where it stands below the checkout's top folder.
  var path: String

  /// Every one: beside the sources, and in `docs/`.
  static let all: [Document] = {
    let names = { (folder: String) in
      ((try? FileManager.default.contentsOfDirectory(atPath: RepositoryFile.url(folder).path)) ?? [])
        .filter { $0.hasSuffix(".md") }.sorted()
    }
    return names(".").map { Document(path: $0) } + names("docs").map { Document(path: "docs/\($0)") }
  }()

  /// The path.
  var testDescription: String { path }

  /// The whole text.
  func text() throws -> String { try String(contentsOf: RepositoryFile.url(path), encoding: .utf8) }

  /// A fenced block.
  struct Block {
    var language: String
    var lines: [String] = []
  }

  /// The blocks.
  func blocks() throws -> [Block] {
    var (blocks, isInside) = ([Block](), false)
    for line in try text().split(separator: "\n").map(String.init) {
      if line.hasPrefix("```") {
        isInside.toggle()
        if isInside { blocks.append(Block(language: String(line.dropFirst(3)))) }
      } else if isInside {
        blocks[blocks.count - 1].lines.append(line)
      }
    }
    return blocks
  }

  /// Puts `outputs` below the commands of the `console` blocks, in order.
  func show(_ outputs: [[String]]) throws {
    var (lines, isInside, rest) = ([String](), false, outputs[...])
    for line in try text().split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("```") {
        isInside = line == "```console"
      } else if isInside, line.hasPrefix("$ ") {
        let isFirst = lines.last?.hasPrefix("```") == true || lines.last?.hasPrefix("$ ") == true
        lines += (isFirst ? [] : [""]) + [line] + (rest.popFirst() ?? [])
        continue
      } else if isInside {
        continue
      }
      lines.append(line)
    }
    try Data(lines.joined(separator: "\n").utf8).write(to: RepositoryFile.url(path))
  }

  /// The targets of links and pictures that lie in the checkout, without `#…`.
  func localLinks() throws -> [String] {
    let text = try text()
    let links =
      text.matches(of: #/\]\(([^)\s]+)\)/#).map { String($0.1) }
      + text.matches(of: #/(?:src|href)="([^"]+)"/#).map { String($0.1) }
    return links.filter { !$0.contains("://") && !$0.hasPrefix("mailto:") && !$0.hasPrefix("#") }
      .map { String($0.prefix { $0 != "#" }) }
  }

  /// The subcommands that the text names as `` `duban …` ``.
  func namedSubcommands() throws -> [String] {
    try text().matches(of: #/`duban ([a-z]+)/#).map { String($0.1) }
  }
}
