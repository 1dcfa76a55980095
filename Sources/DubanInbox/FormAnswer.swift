import DubanCore

/// An answer that a link of our mail filled in: a new mail that names ours in its text (``AnswerForm``).
struct FormAnswer {
  /// The token of the contact's link.
  var token: String?
  /// What is left to read: without the labels, and without the reason, which says nothing of the measure.
  var lines: [NewText.Line] = []

  /// Reads the form in these lines; they stay as they are where there is none.
  init(_ all: [NewText.Line]) {
    guard all.contains(where: { $0.text.hasPrefix(AnswerForm.mailLabel) }) else {
      lines = all
      return
    }
    var successor: String?
    var isReason = false
    for line in all {
      if let token = Self.value(AnswerForm.tokenLabel, line.text) {
        self.token = String(token.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) })
      } else if let name = Self.value(AnswerForm.successorLabel, line.text) {
        // 某局 张三: the name stands last.
        successor = name.split(whereSeparator: \.isWhitespace).last.map(String.init)
        isReason = false
      } else if let numbers = Self.value(AnswerForm.numbersLabel, line.text) {
        let isAll = ["全部", "所有", "都"].contains { numbers.hasPrefix($0) }
        lines.append(NewText.Line(text: "\(isAll ? "全部措施" : numbers)\(AnswerForm.notMineWords)。"))
        isReason = false
      } else if [AnswerForm.unitLabel, AnswerForm.emailLabel].contains(where: line.text.hasPrefix) {
        isReason = false
      } else if Self.value(AnswerForm.reasonLabel, line.text) != nil {
        isReason = true
      } else if line.text.hasPrefix(AnswerForm.mailLabel) {
        isReason = false
      } else if !isReason || Self.namesItem(line.text) {
        lines.append(line)
      }
    }
    for place in lines.indices {
      lines[place].text.replace("_", with: "")
      if let successor {
        lines[place].text.replace(
          AnswerForm.notMineWords, with: "已移交，\(AnswerForm.successorLabel)\(successor)")
      }
    }
  }

  /// What is new without the lines that only say which mail this answers.
  static func shown(_ lines: [NewText.Line]) -> [NewText.Line] {
    lines.filter { !$0.text.hasPrefix(AnswerForm.mailLabel) && !$0.text.hasPrefix(AnswerForm.tokenLabel) }
  }

  /// The mails of ours that a mail names in its text, without angle brackets.
  static func ids(in mail: MailPart) -> [String] {
    let texts = mail.all(entering: false).filter { ["text/plain", "text/html"].contains($0.type) }
    let named = TextLines.lines(texts).lazy.compactMap { value(AnswerForm.mailLabel, trimmed($0)) }
    return named.prefix(20).compactMap(Address.first(in:))
  }

  private static func value(_ label: String, _ line: String) -> String? {
    line.hasPrefix(label) ? trimmed(line.dropFirst(label.count)) : nil
  }

  /// Whether a number such as 4.1 stands in a line of the reason: more may be said than why.
  private static func namesItem(_ line: String) -> Bool { !AnswerPiece.numbers(line).isEmpty }
}
