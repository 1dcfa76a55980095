import DubanCore
import Testing

@Suite struct DiagnosticLogTests {
  private let place = Diagnostic.Location(file: "l.yaml", line: 3)

  @Test("the first of each severity are kept, all are counted, and the words of the others are never made")
  func bounded() {
    var log = DiagnosticLog()
    var made = 0
    func words() -> String {
      made += 1
      return "wrong"
    }
    for _ in 0..<DiagnosticLog.most + 7 { log.append(.error, at: place, words()) }
    log.append(.warning, at: place, words())
    #expect(made == DiagnosticLog.most + 1)
    #expect(log.hasErrors)
    #expect(log.diagnostics.count == DiagnosticLog.most + 2)
    #expect(
      log.diagnostics.first?.description
        == "l.yaml: error: 507 errors, of which the first 500 are listed; mend them and check again")
    #expect(log.diagnostics.last?.severity == .warning)
  }

  @Test("an error behind very many warnings is still an error")
  func errorBehindWarnings() {
    var log = DiagnosticLog((0..<2000).map { _ in Diagnostic(.warning, at: place, "odd") })
    #expect(!log.hasErrors)
    log.append(contentsOf: [Diagnostic(.error, at: place, "wrong")])
    #expect(log.hasErrors)
    #expect(log.diagnostics.contains { $0.message == "wrong" })
  }
}
