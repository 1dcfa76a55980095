import DubanCore
import Testing

@testable import DubanLedger

/// The words before a colon that say who and by when.
@Suite struct PlanLabelTests {
  @Test(arguments: [
    ("责任单位：县水利局", PlanLabel.units(.responsible)), ("责 任 单 位：县水利局", .units(.responsible)),
    ("责　任　人：何清", .persons), ("整 改 时 限：6月底前", .deadline), ("时间要求：6月底前", .deadline),
    ("进度安排：6月底前", .deadline), ("截止时间：6月底前", .deadline), ("何清 责任单位：县水利局", nil),
    ("清 责 任 单 位：县水利局", nil),
  ])
  func labels(text: String, label: PlanLabel?) {
    #expect(PlanLabel.read(text)?.label == label)
  }

  /// Labels behind a measure's sentence, and those that are spaced out as titles are.
  @Test(arguments: [
    "1.排查管网。\n责任单位：县水利局\n责任人：何清\n截止时间：6月底前\n", "1.排查管网。责 任 单 位：县水利局 责 任 人：何清 进度安排：6月底前\n",
    "1.排查管网。\n责 任 单 位：县水利局\n责 任 人：何 清\n时间要求：6月底前\n",
  ])
  func closings(text: String) throws {
    let plan = PlanImporter.plan(
      from: "桃溪县重点任务分工方案\n2023年3月6日\n一、任务\n" + text, calendar: WorkdayCalendar())
    let measure = try #require(plan.ledger.measures.first)
    #expect(measure.title == "排查管网")
    #expect(measure.units == ["县水利局"])
    #expect(measure.persons == ["何清"])
    #expect(measure.deadline.text == "6月底前")
  }
}
