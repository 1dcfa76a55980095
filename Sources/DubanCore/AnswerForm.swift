/// The words that the links of our mails put into an answer. Who composes a mail writes them, and who reads the answer
/// knows them, so that what a click produces is certain.
public enum AnswerForm {
  /// What an owner can answer about an item with one click.
  public enum Reply: CaseIterable, Sendable {
    case done, postpone, notMine

    /// What the link is called.
    public var label: String {
      switch self {
      case .done: "已完成"
      case .postpone: "申请延期"
      case .notMine: "不由我负责"
      }
    }

    /// The lines of the answer, which the owner completes.
    public func lines(of number: String) -> [String] {
      switch self {
      case .done: ["\(number)已完成。"]
      case .postpone: ["\(number)申请延期至\(AnswerForm.blankDay)。", AnswerForm.reasonLabel]
      case .notMine: ["\(number)\(AnswerForm.notMineWords)。", AnswerForm.successorLabel]
      }
    }
  }

  /// Before the id of the mail that is answered: what a link opens is a new mail, which names none in its header.
  public static let mailLabel = "督办编号："
  /// Before the token of a decision.
  public static let tokenLabel = "验证码："
  /// Before the reason of a postponement.
  public static let reasonLabel = "原因："
  /// Before the name of a new owner.
  public static let successorLabel = "新责任人："
  /// Before the numbers of the measures that a new owner takes over, and before that owner's unit and address.
  public static let (numbersLabel, unitLabel, emailLabel) = ("涉及措施编号：", "单位：", "邮箱：")
  /// What an owner says of an item that isn't theirs.
  public static let notMineWords = "不由我负责"
  /// Where a day is to be filled in.
  public static let blankDay = "____年__月__日"

  /// The one link of an item in a plain text, where each link's whole address is seen.
  public static let answer = "答复"

  /// The contact's links; the last is for what needs no yes or no.
  public static let (approve, reject, seen) = ("同意", "不同意", "已处理")

  /// A link as mails show it: in brackets, so that a quotation of it is nobody's word.
  public static func shown(_ label: String) -> String { "［\(label)］" }

  /// Every link as mails show it, without white space.
  public static let allShown = (Reply.allCases.map(\.label) + [answer, approve, reject, seen]).map(shown)
}
