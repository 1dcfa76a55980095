import DubanDaemon
import Foundation
import TestSupport
import Testing

/// What the documents show is what happens. `DUBAN_WRITE_GOLDEN=1 swift test --filter dubanTests.DocumentTests` shows it anew.
@Suite struct DocumentTests {
  /// `duban` without `--config` reads the office's configuration, as the installed one reads /etc/duban/duban.yaml.
  private static let installed = """
    duban() {
      case " $* " in
        *" --config "*|" deadline "*|" import "*|" --version "*|*" --help "*|" help "*) command duban "$@" ;;
        *) command duban "$@" --config duban.yaml ;;
      esac
    };
    """

  @Test(arguments: Document.all) func everyCommandPrintsWhatTheDocumentShows(document: Document) throws {
    let office = try Office()
    let isWriting = ProcessInfo.processInfo.environment["DUBAN_WRITE_GOLDEN"] != nil
    var fresh: [[String]] = []
    for step in Transcript.steps(try document.text(), isMarkdown: true) {
      var run = step
      run.command = "\(Self.installed) \(step.command)"
      let actual = try Transcript.actual(run, in: office)
      let isAsShown = Transcript.matches(actual, step.expected)
      fresh.append(isAsShown ? step.expected : actual)
      #expect(
        isAsShown || isWriting,
        "\(document.path): $ \(step.command)\n\(actual.joined(separator: "\n"))")
    }
    if isWriting { try document.show(fresh) }
  }

  @Test func theReadersGuidesShowRuns() throws {
    let count = try Document.all.map { Transcript.steps(try $0.text(), isMarkdown: true).count }.reduce(0, +)
    #expect(Document.all.count >= 16)
    #expect(count >= 50)
  }

  /// A command in a block of another kind would escape the tests.
  @Test(arguments: Document.all) func everyBlockSaysWhatItHolds(document: Document) throws {
    for block in try document.blocks() {
      #expect(["console", "sh", "text", "yaml"].contains(block.language), "\(document.path): \(block.lines)")
      #expect(block.language == "console" || !block.lines.contains { $0.hasPrefix("$ ") })
    }
  }

  @Test(arguments: Document.all) func everyLinkLeadsSomewhere(document: Document) throws {
    let folder = RepositoryFile.url(document.path).deletingLastPathComponent()
    for link in try document.localLinks() {
      let target = folder.appendingPathComponent(link).path
      #expect(FileManager.default.fileExists(atPath: target), "\(document.path) links to \(link)")
    }
  }

  @Test(arguments: Document.all) func everySubcommandThatIsNamedExists(document: Document) throws {
    for name in try document.namedSubcommands() {
      #expect(try ShellLine.subcommands.get().contains(name), "\(document.path): duban \(name)")
    }
  }

  @Test(arguments: Document.all) func whatCannotRunHereNamesThingsThatExist(document: Document) throws {
    for line in try document.blocks().filter({ $0.language == "sh" }).flatMap(\.lines) {
      for problem in try ShellLine.problems(in: line) {
        Issue.record("\(document.path): \(line)\n\(problem)")
      }
    }
  }
}
