public import DubanCore
import DubanMail
public import DubanOutbox
import Foundation

/// A paper that was issued: what the state keeps of it under its number.
public struct IssuedPaper: Codable, Sendable, Hashable {
  /// What kinds of papers have numbers.
  public enum Kind: String, Codable, Sendable {
    /// 督办单.
    case slip
    /// 通报.
    case bulletin
  }

  /// What kind it is.
  public var kind: Kind
  /// The plan's key.
  public var plan: String
  /// To whom it goes; empty for a 通报.
  public var unit: String
  /// The colour's name; empty for a 通报.
  public var level: String
  /// What it is called.
  public var title: String
  /// The numbers of the measures on it.
  public var items: [String]
  /// The day it is as of.
  public var day: CivilDate
  /// Who issued it; empty where nobody says.
  public var by: String
  /// True of one whose mail isn't queued yet; nil else.
  var waitsForMail: Bool?

  /// The same, in somebody's hands.
  fileprivate var issued: IssuedPaper {
    var paper = self
    paper.waitsForMail = nil
    return paper
  }

  func sentence(number: String) -> String {
    let by = by.isEmpty ? "" : "（\(by)签发）"
    guard kind == .slip else { return "\(number)：\(title)\(by)。" }
    let named = items.prefix(8).joined(separator: "、") + (items.count > 8 ? "等\(items.count)项" : "")
    return "\(number)：\(level)\(title)发\(unit)，涉及措施\(named)\(by)。"
  }
}

/// The numbers of papers, such as 督〔2022〕3号: each is given once, in order, year by year.
public struct PaperNumbers {
  private static let prefix = "paper/"

  private let outbox: Outbox

  /// The numbers that the state has given.
  public init(_ outbox: Outbox) { self.outbox = outbox }

  /// What a paper got.
  struct Assigned {
    let number: String
    /// What the state has to remember once the paper is issued.
    let issued: [String: String]
  }

  /// The number of a paper: the one that the same paper already has, or else the next of its series and year.
  func assign(to paper: IssuedPaper, series: String, at now: Timestamp) throws(OutboxError) -> Assigned {
    let prefix = "\(Self.prefix)\(series)/\(paper.day.year)/"
    let given = try outbox.facts(withPrefix: prefix)
    let issued = Self.text(paper.issued)
    for fact in given {
      guard let same = Self.paper(fact), same.issued == paper.issued, let number = Self.number(fact)
      else { continue }
      if paper.waitsForMail == nil, same.waitsForMail != nil {
        try outbox.change([fact.key: issued], at: now)
      }
      return Assigned(number: number, issued: [fact.key: issued])
    }
    var next = (given.compactMap { Int($0.key.dropFirst(prefix.count)) }.max() ?? 0) + 1
    // Another process may take a number at the same moment.
    while try !outbox.rememberOnce("\(prefix)\(Self.padded(next))", Self.text(paper), at: now) { next += 1 }
    return Assigned(
      number: Self.number(series, paper.day.year, next), issued: ["\(prefix)\(Self.padded(next))": issued])
  }

  /// Every paper with its number and the moment of issue, series by series.
  public func all() throws(OutboxError) -> [(number: String, paper: IssuedPaper, at: Timestamp)] {
    try outbox.facts(withPrefix: Self.prefix).compactMap { fact in
      guard let number = Self.number(fact), let paper = Self.paper(fact) else { return nil }
      return (number, paper, fact.at)
    }
  }

  /// `督〔2022〕3号` of `paper/督/2022/0003`.
  private static func number(_ fact: Fact) -> String? {
    let parts = fact.key.split(separator: "/").map(String.init)
    guard parts.count == 4, let year = Int(parts[2]), let number = Int(parts[3]) else { return nil }
    return self.number(parts[1], year, number)
  }

  private static func number(_ series: String, _ year: Int, _ number: Int) -> String {
    "\(series)〔\(year)〕\(number)号"
  }

  private static func padded(_ number: Int) -> String {
    String(repeating: "0", count: max(0, 4 - String(number).count)) + String(number)
  }

  private static func paper(_ fact: Fact) -> IssuedPaper? {
    try? JSONDecoder().decode(IssuedPaper.self, from: Data(fact.value.utf8))
  }

  private static func text(_ paper: IssuedPaper) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(paper)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}

extension Notices {
  /// The papers that were issued since the contact last heard of any; none whose mail wasn't queued.
  static func issued(_ outbox: Outbox) throws(OutboxError) -> [PendingNotice] {
    try PaperNumbers(outbox).all().filter { $0.paper.waitsForMail == nil }.map { number, paper, _ in
      PendingNotice(
        plan: paper.plan, key: key("paper", [number]), notice: Notice(.paper, paper.sentence(number: number)))
    }
  }
}
