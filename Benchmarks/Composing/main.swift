import DubanCore
import DubanLedger
import DubanMail
import Foundation

// compose-bench LEDGER HOLIDAYS DAY ROUNDS [FILE]: composes every owner's mail of that day, ROUNDS times, and prints
// how many there are and the best time for each; writes the first one into FILE.

/// What every mail of one day comes from.
struct DaysMails {
  let mails: [PlannedMail]
  let composer: Composer
  let at: Timestamp

  init(ledger path: String, holidays: String, day: CivilDate) throws {
    let calendar = HolidayReader.read(directory: holidays).calendar
    let reading = LedgerReader.read(file: path, calendar: calendar, today: day)
    guard let ledger = reading.ledger else { throw Unusable(diagnostics: reading.diagnostics) }
    let planner = Planner(ledgers: [ledger], policy: Policy(), calendar: calendar)
    mails = planner.plan(on: day, after: History(assumedThrough: day.adding(days: -1))).mails
      .filter { $0.kind == .reminders }
    composer = try Composer(
      sender: Sender(name: "整改办公室", address: "duban@example.org"), ledgers: [ledger],
      lights: LightScheme(), templates: TemplateSet.load(overrides: nil).0)
    at = Timestamp(day, .defaultSendAt, utcOffset: 8 * 3600)
  }

  func compose(_ mail: PlannedMail) throws -> [UInt8] {
    try composer.compose(mail, at: at, utcOffset: 8 * 3600).first?.data ?? []
  }
}

/// The ledger can't be used.
struct Unusable: Error {
  let diagnostics: [Diagnostic]
}

let arguments = CommandLine.arguments
guard arguments.count >= 5, let day = CivilDate(arguments[3]), let rounds = Int(arguments[4]) else {
  print("usage: compose-bench LEDGER HOLIDAYS DAY ROUNDS [FILE]")
  exit(2)
}
let work = try DaysMails(ledger: arguments[1], holidays: arguments[2], day: day)
guard let first = work.mails.first, rounds > 0 else {
  print("nobody is mailed on \(day)")
  exit(1)
}
if arguments.count > 5 { try Data(work.compose(first)).write(to: URL(fileURLWithPath: arguments[5])) }
var (times, bytes) = ([Duration](), 0)
let clock = ContinuousClock()
for _ in 0..<rounds {
  let start = clock.now
  for mail in work.mails { bytes += try work.compose(mail).count }
  times.append(clock.now - start)
}
let each = (times.min() ?? .zero) / work.mails.count
print(
  "\(work.mails.count) mails, \(bytes / rounds / work.mails.count) bytes each, "
    + "\(Int((each / .nanoseconds(1)).rounded())) ns per mail (best of \(rounds) rounds)")
