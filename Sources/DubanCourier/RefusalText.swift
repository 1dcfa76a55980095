/// A relay's words without the names in them, since a name may be any word: `<outbound@example.org>: User unknown` says
/// nothing about who sends.
public enum RefusalText {
  /// In capitals, without addresses, hosts, links and the recipient's own name.
  static func plain(_ text: String, to recipient: String) -> String {
    let name = recipient.prefix { $0 != "@" }
    return text.withoutWords { isName($0, of: name) }.uppercased()
  }

  /// What two refusals have in common that say the same about two recipients: no names, and no numbers of queues.
  public static func likeness(_ answer: String, to recipient: String) -> String {
    let name = recipient.prefix { $0 != "@" }
    return
      answer.withoutWords { isName($0, of: name) || isIdentifier($0) }
      .lowercased().split { !$0.isLetter }.joined(separator: " ")
  }

  /// An address, a host or its number, or the recipient's name: `user@host`, `smtp3.host:25`, `5.7.1`.
  private static func isName(_ word: Substring, of recipient: Substring) -> Bool {
    let bare = word.drop { marks.contains($0) }
    let end = bare.lastIndex { !marks.contains($0) }.map(bare.index(after:)) ?? bare.endIndex
    let name = bare[..<end]
    return name.contains("@") || name.contains(".") || name == recipient
      || String(name) == recipient.lowercased()
  }

  private static let marks = ".:!?"

  /// `4Q1xyz`, `id=abc`, `xBwaQz`: differs from mail to mail.
  private static func isIdentifier(_ word: Substring) -> Bool {
    word.contains { $0 == "=" || $0.isWholeNumber }
      || zip(word, word.dropFirst()).contains { $0.isLowercase && $1.isUppercase }
  }
}

extension String {
  /// Without links, and without what of its Latin words is to be left out; Chinese is written without spaces around them.
  fileprivate func withoutWords(where isLeftOut: (Substring) -> Bool) -> String {
    var (kept, rest) = ("", self[...])
    while let first = rest.first {
      let word = rest.prefix { $0.isASCII && !" \t<>()[]{}\"',;".contains($0) }
      if word.isEmpty { kept.append(first) }
      let link = word.firstRange(of: "http://") ?? word.firstRange(of: "https://")
      let said = link.map { word[..<$0.lowerBound] } ?? word
      let parts = said.split(separator: ":", omittingEmptySubsequences: false)
      kept += parts.map { isLeftOut($0) ? "" : $0 }.joined(separator: ":")
      rest = rest.dropFirst(max(word.count, 1))
    }
    return kept
  }
}
