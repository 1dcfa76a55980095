// A benchmark with the runtime linked in, which uses this target's random numbers, has no Testing.
#if canImport(Testing)
  import Foundation
  public import Testing

  /// A table of mistakes in a file, as a text that people can read.
  ///
  /// Each case changes a sound file: `<` is what stands in it (exactly once), `>` what is put in its place, `|` one
  /// line of what must come out. `\n`, `\t`, `\r`, `\0` and `\uXXXX` stand for themselves.
  public struct MistakeTable {
    /// One case.
    public struct Mistake: Sendable, CustomTestStringConvertible {
      /// What is wrong.
      public var name: String
      /// The changes, in order.
      public var changes: [(old: String, new: String)] = []
      /// The diagnostics that must come out, in order.
      public var expected: [String] = []

      /// The name.
      public var testDescription: String { name }

      /// The sound text with the changes made.
      public func text(of sound: String) throws -> String {
        try changes.reduce(sound) { text, change in
          let parts = text.components(separatedBy: change.old)
          try #require(parts.count == 2, "“\(change.old)” stands \(parts.count - 1) times in the file")
          return parts.joined(separator: change.new)
        }
      }
    }

    /// The cases of the table at `path` below the checkout's top folder.
    public static func mistakes(_ path: String) throws -> [Mistake] {
      var mistakes: [Mistake] = []
      for line in try String(contentsOf: RepositoryFile.url(path), encoding: .utf8).split(separator: "\n") {
        let text = String(line.dropFirst(2))
        switch line.prefix(2) {
        case "==": mistakes.append(Mistake(name: String(text.dropFirst())))
        case "< ": mistakes[mistakes.count - 1].changes.append((unescaped(text), ""))
        case "> ", ">":
          let last = mistakes[mistakes.count - 1].changes.count - 1
          mistakes[mistakes.count - 1].changes[last].new = unescaped(text)
        case "| ": mistakes[mistakes.count - 1].expected.append(text)
        default: try #require(line.hasPrefix("#"), "“\(line)” is no line of a table of mistakes")
        }
      }
      return mistakes
    }

    private static func unescaped(_ text: String) -> String {
      var result = ""
      var rest = text[...]
      while let character = rest.popFirst() {
        guard character == "\\", let kind = rest.popFirst() else {
          result.append(character)
          continue
        }
        switch kind {
        case "n": result.append("\n")
        case "t": result.append("\t")
        case "r": result.append("\r")
        case "0": result.append("\0")
        case "u":
          let scalar = UInt32(rest.prefix(4), radix: 16).flatMap(Unicode.Scalar.init)
          result.unicodeScalars.append(scalar ?? "\u{FFFD}")
          rest = rest.dropFirst(4)
        default: result.append(kind)
        }
      }
      return result
    }
  }
#endif
