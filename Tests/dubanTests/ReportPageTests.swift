import Foundation
import TestSupport
import Testing

/// The page that the service leaves behind after each pass.
@Suite struct ReportPageTests {
  @Test func everyPassWritesThePageAnewReadableForEveryone() throws {
    let office = try Office(more: "observe: {report: page}\n")
    try #require(
      try office.shell("umask 077; duban run --once --now 2022-12-16T08:30 --config duban.yaml").status == 0)
    #expect(try office.read("page/index.html").contains("2022年12月16日（周五）"))
    // Nobody is mailed on a Saturday, and the page moves on nevertheless.
    try #require(try office.duban("run", "--once", "--now", "2022-12-17T08:30").status == 0)
    let page = try office.read("page/index.html")
    #expect(page.contains("2022年12月17日（周六）") && page.contains("2022-12-16 08:30"))
    #expect(try office.shell("stat -c '%a %n' page page/*").output == "755 page\n644 page/index.html\n")
  }

  @Test func aPageThatCannotBeWrittenStopsNoMail() throws {
    let office = try Office(more: "observe: {report: duban.yaml}\n")
    let run = try office.duban("run", "--once", "--now", "2022-12-16T08:30")
    #expect(run.status == 0)
    #expect(
      run.complaints.contains("can't write the report page: ")
        && run.complaints.contains("duban.yaml: the folder can't be made"))
    #expect(office.mailCount > 5)
  }

  @Test func theOldPageStaysWholeUntilTheNewOneTakesItsPlace() throws {
    let office = try Office()
    try #require(
      try office.shell("mkdir page && echo old >page/index.html && ln page/index.html kept").status == 0)
    try #require(try office.duban("report", "--html", "page", "--now", "2022-12-16T08:30").status == 0)
    #expect(try office.read("kept") == "old\n")
    #expect(try office.read("page/index.html").hasSuffix("</html>\n"))
  }
}
