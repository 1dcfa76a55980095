public import DubanCore

/// A mail that came back without its Message-ID, as the pages of NetEase and QQ report it: recipient, subject and time are
/// printed.
public enum PrintedMail {
  /// Which of the mails to a recipient such a page is about: the one whose subject it prints, and of several with the same
  /// subject the one whose day it prints. Nil where none fits, or more than one.
  public static func place(in page: MailPart, among sent: [(subject: String, day: CivilDate)]) -> Int? {
    let texts = page.all(entering: false).filter { $0.type.hasPrefix("text/") }
    let text = squeezed(TextLines.lines(texts).joined())
    let fitting = sent.indices.filter {
      let subject = squeezed(sent[$0].subject)
      return !subject.isEmpty && text.holds(subject)
    }
    let dated = fitting.count > 1 ? fitting.filter { text.holds(anyOf: forms(of: sent[$0].day)) } : fitting
    return dated.count == 1 ? dated[0] : nil
  }

  /// 2022-12-05, 2022/12/5, 2022年12月5日.
  private static func forms(of day: CivilDate) -> [String] {
    let padded = day.description
    let bare = [day.year, day.month, day.day].map(String.init)
    return [
      padded, padded.replacing("-", with: "/"), bare.joined(separator: "-"), bare.joined(separator: "/"),
    ]
      + [day.chinese(), "\(padded.prefix(4))年\(padded.dropFirst(5).prefix(2))月\(padded.suffix(2))日"]
  }
}
