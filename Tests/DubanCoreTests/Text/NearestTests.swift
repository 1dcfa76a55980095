import DubanCore
import Testing

/// Suggestions are slips of the pen, not guesses.
struct NearestTests {
  @Test(
    arguments: [
      ("titel", "title"), ("report", "reports"), ("passwrodFile", "passwordFile"), ("徐鹃", "徐娟"),
      ("任园", "任园园"), ("Half-Year", "half-year"),
    ])
  func suggests(typed: String, meant: String) {
    let words = ["title", "reports", "passwordFile", "徐娟", "任园园", "half-year", "x"]
    #expect(Nearest.word(to: typed, among: words) == meant)
  }

  @Test(arguments: ["", "欧阳明", "budget", "y"])
  func staysSilent(typed: String) {
    #expect(Nearest.word(to: typed, among: ["title", "reports", "徐娟", "任园园", "x"]) == nil)
  }
}
