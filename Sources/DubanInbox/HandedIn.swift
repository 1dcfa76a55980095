/// A report that is handed in as a file: what the file is called, and words that say no more than that it is there.
enum HandedIn {
  /// Whether a part is a file with something in it that is called as the form or the report is, and nothing in the name
  /// says that it is another, an empty or an earlier one.
  static func isReport(_ part: MailPart) -> Bool {
    guard let name = part.attachmentName, !isBlank(part) else { return false }
    return named.isIn(name) && !otherwise.isIn(name)
  }

  /// Whether nothing stands in a file but white space: a CR, the mark of UTF-8.
  static func isBlank(_ part: MailPart) -> Bool {
    Transfer.decoded(part.body, part.encoding, atMost: 16).allSatisfy {
      $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0)
    }
  }

  /// Whether nobody could read anything else into these lines: politeness, a signature, and where the report is.
  static func isAll(_ lines: [NewText.Line]) -> Bool {
    lines.allSatisfy { line in
      line.item == nil && line.label == nil && !line.isBelowTitles
        && line.text.split { $0.isWhitespace || "，,；;。、！!：:".contains($0) }.allSatisfy { word in
          word.count <= 40 && phrase.isIn(word) || Boilerplate.saysNothing(String(word))
        }
    }
  }

  private static let named = Pattern(/整改情况|整改进展|进展情况|报送表/)
  /// Another period, unit or use than the report that is owed: a number may be either.
  private static let otherwise = Pattern(
    /[\d一二三四五六七八九十]|上半|下半|季|去年|上[月期次]|模板|样[表例]|空[白表]|格式|范[本例]|说明|通知|要求|初稿|草稿|草案|讨论|征求|意见|未|待|旧|作废|示例|参考|测试/
  )
  /// 整改情况报送表见附件, 现将我局整改情况报送如下, 请予查收.
  private static let phrase = Pattern(
    /^(?:(?:现?将)?(?:我|本)?(?:局|委|办|部|科|处|单位|中心)?(?:本[次期月])?的?(?:整改)?(?:进展)?(?:情况)?(?:报送|汇报|报告)?表?(?:已填[写报好]|已?填好)?(?:[详请]?见附件|随附|附后|附上|报上|上报|报送|送上|报送?如下)?|(?:附件)?请(?:您|领导|予以?|您?予)?(?:查收|审阅|查阅|收阅))$/
  )
}
