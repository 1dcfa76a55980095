public import DubanCore
import DubanMail
public import DubanOutbox

/// What mail systems said that is good to know and asks for nothing: who is away, and which mails are delayed.
public enum NotedMails {
  /// For so many days a delayed mail is shown; a server that goes on trying for longer sends it back (RFC 5321, 4.5.4.1).
  private static let delayedDays: Int64 = 3

  /// What holds at a moment, in the order in which it was said; of several that are about the same the last one.
  public static func current(
    _ active: ActiveConfiguration, _ outbox: Outbox, now: Timestamp
  ) throws(OutboxError) -> [NotedMail] {
    let today = active.zone.day(of: now)
    let holding = try outbox.notedMails(
      awayOn: today, delayedSince: now.adding(seconds: -delayedDays * 86_400))
    let last = Dictionary(holding.map { ($0.subject, $0) }) { $1 }
    return last.values.sorted { $0.incoming < $1.incoming }
  }

  /// The same in the contact's words: an absence once, however many mails say so, a delay as long as it lasts.
  static func notices(
    _ active: ActiveConfiguration, _ outbox: Outbox, now: Timestamp
  ) throws(OutboxError) -> [PendingNotice] {
    let year = active.zone.day(of: now).year
    var found: [PendingNotice] = []
    for mail in try current(active, outbox, now: now) {
      let entry = mail.entry
      let who = "\(entry.unit)\(entry.person)"
      var (key, text) = (
        mail.subject, "\(entry.day.chinese(relativeTo: year))发给\(who)的“\(entry.subject)”暂未送达，邮件系统仍在重试。"
      )
      if let day = mail.awayUntil {
        key += "/\(day)"
        text = "\(who)自动回复：外出至\(day.chinese(relativeTo: year))。"
      }
      found.append(
        PendingNotice(
          plan: try outbox.show(entry.id).reminders.first?.plan, key: "notice/noted/" + key,
          notice: Notice(.noted, text), staysOpen: mail.awayUntil == nil))
    }
    return found
  }

  /// For a terminal: `徐娟（市场监管局） is away until 2022-12-30, by an automatic reply of 2022-12-16`.
  public static func line(_ mail: NotedMail, _ zone: Zone) -> String {
    let who = "\(mail.entry.person)（\(mail.entry.unit)）"
    let day = zone.day(of: mail.at)
    return mail.awayUntil.map { "\(who) is away until \($0), by an automatic reply of \(day)" }
      ?? "entry \(mail.entry.id) to \(who) is delayed, by a notice of \(day): its mail system goes on trying"
  }
}

extension NotedMail {
  /// What it is about: a person, or a mail.
  fileprivate var subject: String {
    awayUntil == nil ? "entry/\(entry.id)" : "away/\(entry.recipient.lowercased())"
  }
}
