import Testing

@testable import DubanInbox

/// Who is named where a measure is handed over; nil for an office, or a title alone.
@Suite struct PersonNameTests {
  @Test(arguments: [
    ("赵敏", "赵敏"), ("周启明", "周启明"), ("欧阳修", "欧阳修"), ("欧阳志远", "欧阳志远"), ("诸葛亮同志", "诸葛亮"), ("王建国科长", "王建国"),
    ("副局长王建国", "王建国"), ("信用科王建国科长", "王建国"), ("市监局赵敏", "赵敏"), ("我局办公室李晓明", "李晓明"), ("同事李晓明", "李晓明"),
  ])
  func isPerson(words: String, name: String) { #expect(PersonName.read(words) == name) }

  @Test(arguments: [
    "施工方", "施工单位", "物业公司", "物业管理", "司法机关", "文旅局", "应急办", "高新区管委会", "平台公司", "金融办", "项目部", "安全科", "路政", "王科长",
    "王副局长",
    "张局", "赵主任", "小王", "老张", "办公室", "方案", "李晓明和王建国", "林晓岚变更为赵敏", "",
  ])
  func isNone(words: String) { #expect(PersonName.read(words) == nil) }

  /// Behind 新责任人： a name needs no surname that is known.
  @Test func labelled() {
    #expect(PersonName.labelled("买买提") == "买买提")
    #expect(PersonName.labelled("王科长") == nil && PersonName.labelled("市监局") == nil)
  }
}
