import DubanInbox
import Foundation
import TestSupport

// mail-fuzz COUNT SEED DIR [SENT]: takes that many mutated mails of a folder apart to the last part, field and line; with
// the folder of the mails that they answer, reads them as answers and bounces too, which takes 40 times as long.
// Mail N of seed S is made from S + N alone: `mail-fuzz 1 S+N DIR` makes it again.

let pieces =
  [
    "\0", "=?gb2312?B?", "=?utf-8?Q?", "?=", "--", "\r\n\r\n", "Content-Type: multipart/mixed; boundary=x\n",
    "Content-Type: text/html; charset=gb2312\n", "Content-Transfer-Encoding: base64\n", "=", "<", "&#x;",
    "~{",
    "filename*0*=", String(repeating: ">", count: 50), String(repeating: ";", count: 300),
  ].map { Array($0.utf8) } + [[0xFF, 0xFE], [0x1B, 0x24, 0x29, 0x41]]

func mutated(_ mails: [[UInt8]], seed: UInt64) -> [UInt8] {
  var random = SeededGenerator(seed: seed)
  func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
  var mail = mails[below(mails.count)]
  for _ in 0...below(11) {
    let place = below(mail.count + 1)
    let end = min(mail.count, place + 1 + below(200))
    switch below(5) {
    case 0: mail.removeSubrange(place..<end)
    case 1: mail.insert(contentsOf: pieces[below(pieces.count)], at: place)
    case 2: if place < mail.count { mail[place] = UInt8(below(256)) }
    case 3: for _ in 0...below(19) { mail.insert(contentsOf: mail[place..<end], at: place) }
    default:
      let other = mails[below(mails.count)]
      let start = below(other.count)
      mail.insert(contentsOf: other[start..<min(other.count, start + 200)], at: place)
    }
  }
  return mail
}

/// What reading one mail comes to, so that nothing of it is optimised away.
func read(_ bytes: [UInt8], with reader: InboxReader?) -> Int {
  let mail = MailPart(mail: bytes)
  var sum = mail.headerText.utf8.count
  for name in ["subject", "from", "to", "date", "message-id", "references", "content-type"] {
    sum &+= mail.field(name)?.utf8.count ?? 0
  }
  for file in mail.files(largest: 1 << 20) { sum &+= file.bytes.count }
  sum &+= mail.identity { String($0.count) }.utf8.count
  sum &+= reader?.read(mail).items.count ?? 0
  return sum &+ mail.lines.count
}

func read(folder: String) throws -> [[UInt8]] {
  let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".eml") }
  return try names.sorted().map { [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)"))) }
}

let arguments = CommandLine.arguments
guard (4...5).contains(arguments.count), let count = UInt64(arguments[1]), let seed = UInt64(arguments[2]),
  case let mails = try read(folder: arguments[3]), !mails.isEmpty
else {
  print("usage: mail-fuzz COUNT SEED DIR [SENT]; DIR and SENT hold .eml files")
  exit(2)
}
let reader =
  arguments.count == 5
  ? InboxReader(sent: try read(folder: arguments[4]).compactMap(SentMail.init(mail:))) : nil
// Microseconds of the processor, so that a busy machine makes none slow.
var (longest, slowest, lines) = (0, seed, 0)
for number in 0..<count {
  let mail = mutated(mails, seed: seed + number)
  let before = clock()
  lines &+= read(mail, with: reader)
  let time = clock() - before
  if time > longest { (longest, slowest) = (time, seed + number) }
  // Where it ends by a crash, the last line says from which mail on to look.
  if number % 10_000 == 9_999 { print("\(number + 1) read") }
}
var usage = rusage()
getrusage(RUSAGE_SELF.rawValue, &usage)
let megabytes = usage.ru_maxrss >> 10
print(
  "\(count) mails, seed \(seed), \(clock() / 1_000_000) s; longest \(longest / 1000) ms (seed \(slowest)); at most \(megabytes) MB"
)
exit(longest < 2_000_000 && megabytes <= 64 ? 0 : 1)
