import DubanCore
import DubanOutbox
import Testing

/// Every state and every event, written out: what a reviewer reads to know what an entry may do.
@Suite struct EntryTransitionTests {
  private static let later = Timestamp(seconds: 1)

  private static let events: [(name: String, event: EntryEvent)] = [
    ("claimed", .claimed),
    ("sent", .verdict(.sent)),
    ("retry", .verdict(.retry(at: later))),
    ("giveUp", .verdict(.giveUp)),
    ("late sent", .lateVerdict(.sent)),
    ("late retry", .lateVerdict(.retry(at: later))),
    ("late giveUp", .lateVerdict(.giveUp)),
    ("back: queued", .givenBack(to: .queued)),
    ("back: deferred", .givenBack(to: .deferred)),
    ("lease lost", .leaseLost),
    ("hold", .hold),
    ("release", .release),
    ("retry by hand", .retryByHand),
    ("taken back", .takenBack),
    ("drop", .drop),
  ]

  /// A dash: refused.
  private static let table = """
    event          queued    sending   deferred  held      sent      failed
    claimed        sending   -         sending   -         -         -
    sent           -         sent      -         -         -         -
    retry          -         deferred  -         -         -         -
    giveUp         -         failed    -         -         -         -
    late sent      sent      sending   sent      sent      sent      sent
    late retry     queued    sending   deferred  held      sent      failed
    late giveUp    queued    sending   deferred  held      sent      failed
    back: queued   -         queued    -         -         -         -
    back: deferred -         deferred  -         -         -         -
    lease lost     -         deferred  -         -         -         -
    hold           held      -         held      -         -         -
    release        -         -         -         queued    -         -
    retry by hand  queued    -         deferred  -         -         queued
    taken back     queued    sending   deferred  held      sent      queued
    drop           failed    -         failed    failed    -         -
    """

  @Test func everyStateAndEvent() {
    var lines = ["event          " + row(EntryState.allCases.map(\.rawValue))]
    for (name, event) in Self.events {
      let cells = EntryState.allCases.map { state in
        switch EntryTransition.of(state, event) {
        case .to(let next): next.rawValue
        case .refused: "-"
        }
      }
      lines.append(pad(name, 15) + row(cells))
    }
    #expect(lines.joined(separator: "\n") == Self.table)
  }

  @Test(arguments: EntryState.allCases) func refusalsSayWhy(_ state: EntryState) {
    for (name, event) in Self.events {
      if case .refused(let why) = EntryTransition.of(state, event) {
        #expect(why.count > 8, "\(state) \(name)")
      }
    }
  }

  private func row(_ cells: [String]) -> String {
    var line = cells.map { pad($0, 10) }.joined()
    while line.hasSuffix(" ") { line.removeLast() }
    return line
  }

  private func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: width - text.count)
  }
}
