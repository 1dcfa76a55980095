import DeadlinePhrases
import DubanCore
import Foundation
import TestSupport

// deadline-bench fuzz COUNT SEED: reads that many mutated phrases and looks at every date.
// deadline-bench time FILE: the time per phrase over the lines of a file.

let arguments = CommandLine.arguments

/// The years in which a date that was read may lie.
let years = 1949...2149

func dates(of reading: DeadlineReading) -> [CivilDate] {
  var dates = reading.alternatives
  for item in reading.readings {
    switch item {
    case .date(let due, _): dates.append(due)
    case .range(let from, let due): dates += [from, due]
    case .from(let day): dates.append(day)
    case .recurring(let rule): dates += [rule.from, rule.until].compactMap { $0 }
    case .standing, .immediate, .relative, .event: break
    }
  }
  return dates
}

func fuzz(count: Int, seed: UInt64) -> Int32 {
  var random = SeededGenerator(seed: seed)
  var (counts, longest) = ([DeadlineReading.Status: Int](), Duration.zero)
  var failures = 0
  let clock = ContinuousClock()
  let start = clock.now
  for _ in 0..<count {
    let text = MutatedPhrase.random(using: &random)
    let issued = random.once(in: 4) ? nil : CivilDate(dayNumber: Int32.random(in: 0...40_000, using: &random))
    let before = clock.now
    let reading = DeadlineReader(issued: issued).read(text)
    longest = max(longest, clock.now - before)
    counts[reading.status, default: 0] += 1
    let isSound = reading.text == text && dates(of: reading).allSatisfy { years.contains($0.year) }
    if !isSound {
      failures += 1
      print("FAILED: \(text.debugDescription) issued \(issued.map(\.description) ?? "-"): \(reading)")
    }
  }
  print("\(count) phrases, seed \(seed), \(clock.now - start), longest \(longest), \(failures) failures")
  for status in DeadlineReading.Status.allCases { print("  \(status.rawValue): \(counts[status] ?? 0)") }
  return failures == 0 ? 0 : 1
}

func time(path: String) throws {
  let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  let reader = DeadlineReader(issued: CivilDate("2022-09-21"))
  let clock = ContinuousClock()
  var (best, certain) = (Duration.seconds(1_000), 0)
  for _ in 0..<9 {
    let start = clock.now
    for _ in 0..<200 { for line in lines { certain += reader.read(line).status == .read ? 1 : 0 } }
    best = min(best, clock.now - start)
  }
  let perPhrase = best / (200 * lines.count)
  print(
    "\(lines.count) phrases, \(certain / 1800) read for certain, \(perPhrase) per phrase (best of 9 runs)")
}

switch arguments.dropFirst().first {
case "fuzz" where arguments.count == 4:
  guard let count = Int(arguments[2]), let seed = UInt64(arguments[3]) else { exit(2) }
  exit(fuzz(count: count, seed: seed))
case "time" where arguments.count == 3:
  try time(path: arguments[2])
default:
  print("usage: deadline-bench fuzz COUNT SEED | time FILE")
  exit(2)
}
