import ArgumentParser
import DubanDaemon

/// `duban report --html DIR`: the picture of the contact's digest as one static page, `DIR/index.html`.
struct ReportPageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "page",
    abstract: "Writes the whole picture as one static web page, index.html.",
    discussion: """
      Without an outbox to read, the page says that it has no history. The service writes the same page after \
      every pass where the configuration says “observe: {report: DIR}”.
      """)

  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("The directory to write index.html into.", valueName: "directory"))
  var html: String

  func run() throws {
    let active = try common.loadInForce()
    let report = ReportFile(active, try common.outboxToRead(active))
    do {
      Terminal.print(try report.write(to: html, at: common.clock(active.zone).now()))
    } catch let error as ReportFile.Failure {
      throw Failure(.somethingWrong, "duban: \(error)")
    }
  }
}
