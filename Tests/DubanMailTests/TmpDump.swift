import DubanCore
import DubanMail
import Foundation
import TestSupport
import Testing

@Test func dump() throws {
  let plan = try RealPlan()
  let out = URL(fileURLWithPath: "/tmp/mails")
  try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
  for day in [
    "2022-12-16", "2022-12-20", "2022-12-26", "2022-12-30", "2023-01-05", "2023-01-16", "2022-10-10",
    "2022-09-22",
  ] {
    for mail in plan.mails(on: day, hasNotices: true) {
      let m = try plan.message(
        mail,
        notices: day == "2022-12-26"
          ? [
            Notice(.delivery, "科技创新部常鸣的邮箱 changming@example.org 被对方服务器拒收（550 Invalid User），其提醒改由您转达。"),
            Notice(.change, "措施3.1的责任人由杨艳敏改为任园园。"), Notice(.diagnostic, "2023年的节假日安排尚未公布，暂按周一至周五为工作日计算。"),
          ] : [])
      try Data(m.data).write(to: out.appendingPathComponent("\(day)-\(mail.recipient.person).eml"))
    }
  }
}
