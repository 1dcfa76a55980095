import Foundation

/// Commands with what they are to print, as people read them: a line that starts with `$ ` is run in an ``Office``,
/// the lines up to the next one are its output and errors, and `[exit N]` ends a command that fails.
///
/// In a Markdown file only the blocks marked `console` count. A line of `…` stands for any lines.
public enum Transcript {
  /// One command.
  public struct Step: Sendable, Equatable {
    /// The shell's line.
    public var command: String
    /// The lines that it is to print.
    public var expected: [String]
  }

  /// The steps of a transcript.
  public static func steps(_ text: String, isMarkdown: Bool) -> [Step] {
    var steps: [Step] = []
    var isInside = !isMarkdown
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if isMarkdown, line.hasPrefix("```") {
        isInside = line == "```console"
        continue
      }
      guard isInside else { continue }
      if line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2)), expected: []))
      } else if !steps.isEmpty {
        steps[steps.count - 1].expected.append(line)
      }
    }
    return steps.map { step in
      var step = step
      while step.expected.last?.isEmpty == true { step.expected.removeLast() }
      return step
    }
  }

  /// What a step really printed.
  public static func actual(_ step: Step, in office: Office) throws -> [String] {
    let run = try office.shell("(\(step.command)) 2>&1")
    var lines = run.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if run.status != 0 { lines.append("[exit \(run.status)]") }
    lines.removeAll { $0.isEmpty }
    return lines
  }

  /// Whether the lines are the expected ones; empty lines don't count, and `…` stands for any lines.
  public static func matches(_ actual: [String], _ expected: [String]) -> Bool {
    matches(actual[...], expected.filter { !$0.isEmpty }[...])
  }

  private static func matches(_ actual: ArraySlice<String>, _ expected: ArraySlice<String>) -> Bool {
    guard let first = expected.first else { return actual.isEmpty }
    if first == "…" {
      return (actual.startIndex...actual.endIndex).contains { matches(actual[$0...], expected.dropFirst()) }
    }
    guard let line = actual.first, line == first else { return false }
    return matches(actual.dropFirst(), expected.dropFirst())
  }
}
