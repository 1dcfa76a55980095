/// To whom a measure was handed.
extension Statement {
  static let handedOver = [
    "移交", "转交", "交由", "交给", "改由", "变更为", "调整为", "调离", "调任", "调往", "不再负责", "不再担任", "退休", "接手", "接任", "接替",
    "负责人",
    "责任人", "调走", "离职", "调岗", "交接", "不归", "不由", "不再由",
  ]

  /// Given to somebody who is no person: 已移交施工方.
  static let handedAway = Pattern(
    /(?:已经?|现|均|正在?|将|待|拟)(?:正式|全部|办理)?(?:移交|转交|交由|交给|交接)(?!.{0,4}(?:未|没)|给?(?:施工|承建|建设|中标|监理|设计|物业))|由\p{sc=Han}{2,12}负责/
  )
  /// Who takes over, in words that may name unit and title too.
  private static let newOwner = Pattern(
    /(?:移交[给至到]?|转交给?|转给|交由|交给|交接给|改由|变更为|调整为|换成|请联系|请与|联系|(?:责任人|负责人)(?:为|是|改为))(?<name>\p{sc=Han}{2,24}?)(?:负责|接手|接任|接替|承担|承接|办理|牵头|联系|对接|跟进|电话|邮箱|手机|$|[A-Za-z\d，,。；;（(）])|新(?:责任人|负责人)[：:](?<labelled>\p{sc=Han}{2,24}?)(?=$|[A-Za-z\d，,。；;（(]|电话|邮箱|手机)|(?:责任人|负责人)[：:](?<holder>\p{sc=Han}{2,24}?)(?:$|[A-Za-z\d，,。；;（(]|电话|邮箱|手机)|由(?<successor>\p{sc=Han}{2,24}?)(?:[（(][^）)]{1,40}[）)])?(?:负责(?!的)|接手|接任|接替|承担|承接|办理|牵头|对接|跟进)|(?:^|[，,])(?<next>\p{sc=Han}{2,4})(?:接手|接任|接替)(?:$|[，,])/
  )

  /// Nothing but whom to turn to.
  private static let passedOn = Pattern(
    /(?:您好|你好|[，,])*(?:[此该本这]项?|后续|今后|以后|相关)?(?:工作|任务|事项|事宜|提醒)?(?:请(?:联系|与|转给?|发给|找)|转(?:给|由)?)(?<name>\p{sc=Han}{2,16}?)(?:联系|办理|负责|对接|处理)?(?:[，,（(：:]*(?:联系)?(?:电话|手机|邮箱)?[：:]?(?:[\d\-]*|[A-Za-z\d._\-]+@[A-Za-z\d.\-]+)[）)]?)/
  )

  private static let notHandedOver = Pattern(
    /拟|建议|计划|准备|可以|希望|应由|应该|应当|不再?[移转交]|不(?:再)?由(?!我|本)|[以之]前由|曾由|也由|暂由|暂时由|(?:数据|材料|资料|培训|汇总|技术|地块|文件|档案|手续|方案|部分|具体)(?:均|都)?(?:已|已经)?(?:由|移交|转交|交给)|由\p{sc=Han}{2,12}负责(?![此该本这]项?(?:工作|任务|事项)(?:$|[，,。；;（(]))(?:\p{sc=Han}|，\p{sc=Han}{0,3}(?:我|本))(?!的)|的部分|不同意|[没未]同意|我来(?:牵头|负责)|现由我|[，,]我(?:部|局|办|委|单位|科)?(?:负责|牵头)|到\d|完成移交|(?:项目|工程|任务)完成|(?:未|没|没有)(?:完成|正式|办理)?(?:移交|转交|交接)|待|等|如果|可能|(?:联系人|联络人|联络员|分管|领导|电话|邮箱|地址)[^，,。]{0,10}(?:变更|调整|换)|仍由|还是由|原由|正在?(?:办理)?(?:移交|转交|交接)|将(?:由|移交|转交|交由|交给)/
  )

  /// The persons to whom a measure was handed.
  static func newOwners(_ key: String) -> Set<String> {
    guard !notHandedOver.isIn(key) else { return [] }
    let isHandedOver = key.holds(anyOf: handedOver)
    return Set(
      key.matches(of: newOwner.regex).compactMap { match in
        guard isHandedOver || match.output.name == nil else { return nil }
        let found = match.output
        if let name = found.labelled { return PersonName.labelled(name) }
        return (found.name ?? found.holder ?? found.successor ?? found.next).flatMap(PersonName.read)
      } + (key.wholeMatch(of: passedOn.regex).flatMap { PersonName.read($0.output.name) }.map { [$0] } ?? []))
  }
}
