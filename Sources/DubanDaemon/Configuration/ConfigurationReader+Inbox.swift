import DubanCore
import DubanCourier
import DubanInbox
import DubanLedger
import DubanOutbox

extension ConfigurationReader {
  /// The `inbox:` section: one mailbox, or a list of them. The relay's login and the mailbox's are often one, with one
  /// password.
  mutating func inboxes(_ value: YAMLValue?, relayUser: String?) -> [InboxSettings] {
    guard let value, !value.isEmpty else { return [] }
    guard case .list(let entries) = value.content else {
      return inbox(value, relayUser).map { [$0] } ?? []
    }
    var seen: Set<String> = []
    return entries.compactMap { entry in
      guard let settings = inbox(entry, relayUser) else { return nil }
      guard seen.insert(settings.mailbox.key).inserted else {
        yaml.error(entry.location, "inbox: the same folder is named twice")
        return nil
      }
      return settings
    }
  }

  /// The `answers:` section.
  mutating func answers(_ value: YAMLValue?) -> AnswerSettings {
    let fields = yaml.fields(
      of: value, "answers", keys: ["replyTo", "pause", "accept", "acknowledge", "ledger"])
    var settings = AnswerSettings()
    let yesOrNo: KeyValuePairs = ["true": true, "false": false]
    settings.repliesToUs =
      yaml.choice(fields["replyTo"], "replyTo", ["contact": false, "ours": true]) ?? false
    settings.pause = yaml.span(fields["pause"], "pause") ?? AnswerSettings.defaultPause
    settings.acknowledges = yaml.choice(fields["acknowledge"], "acknowledge", yesOrNo) ?? false
    settings.takesLedger = yaml.choice(fields["ledger"], "ledger", yesOrNo) ?? false
    for word in yaml.texts(fields["accept"], "accept") {
      let kinds = AnswerSettings.acceptable
      if let kind = kinds.first(where: { $0.rawValue == word.text }) {
        settings.accepted.insert(kind)
      } else {
        let known = kinds.map(\.rawValue).joined(separator: ", ")
        yaml.error(
          word.location, "accept: “\(word.text)” can't be accepted at once", help: "expected one of \(known)")
      }
    }
    return settings
  }

  /// A ledger can come by mail only where the service may write it and the mail is read.
  mutating func checkLedgerByMail(
    _ place: Diagnostic.Location, _ ledgers: [String], _ inboxes: [InboxSettings], state: String
  ) {
    if ledgers.count != 1 || !ledgers[0].lowercased().hasSuffix(".xlsx") || !ledgers[0].hasPrefix(state + "/")
    {
      yaml.error(
        place, "answers: the ledger can come by mail only where it is one workbook in the state directory",
        help: "put it there, in a folder of its own, and write ledger: \(state)/ledger/ledger.xlsx")
    }
    if inboxes.isEmpty {
      yaml.error(
        place, "answers: the ledger can't come by mail without a mailbox to read",
        help: "write inbox: with url and user")
    }
  }

  private mutating func inbox(_ value: YAMLValue, _ relayUser: String?) -> InboxSettings? {
    let fields = yaml.fields(
      of: refusePasswords(value), "inbox",
      keys: [
        "url", "user", "passwordFile", "plainLogin", "folder", "moveTo", "every", "since", "authorities",
      ])
    let user = yaml.text(fields["user"], "user")
    let isRelays = user != nil && user?.text == relayUser
    let file = secretFile(
      fields["passwordFile"], isRelays ? SecretFile.relayCredential : SecretFile.inboxCredential)
    let authorities = yaml.text(fields["authorities"], "authorities").map { path($0.text) }
    let allowsPlainLogin = allowsPlainLogin(fields["plainLogin"])
    let (folder, every) = (yaml.text(fields["folder"], "folder")?.text, interval(fields["every"]))
    let since = yaml.date(fields["since"], "since")
    let moveTo = yaml.text(fields["moveTo"], "moveTo")
    if let moveTo, moveTo.text == folder ?? InboxSettings.defaultFolder {
      yaml.error(
        moveTo.location, "moveTo: “\(moveTo.text)” is the folder that is read", help: "name another one")
    }
    guard let url = yaml.text(fields["url"], "url"), let user else {
      for (key, example) in [("url", "imaps://imap.example.org:993"), ("user", "name@example.org")]
      where fields[key] == nil {
        yaml.error(value.location, "the inbox has no \(key)", help: "write \(key): \(example)")
      }
      return nil
    }
    do {
      var server = try Relay(
        url: url.text, service: .mailbox, user: user.text, allowsPlainLogin: allowsPlainLogin
      ) { () throws(SecretError) in try file.read() }
      server.authorities = authorities
      // Who waits for a mailbox can look again; a mail that is handed over can't be handed over in part.
      server.limits.reply = 60_000
      return InboxSettings(
        server: RelaySettings(
          relay: server, secretFile: file, authoritiesPlace: fields["authorities"]?.location,
          place: fields["passwordFile"]?.location ?? user.location),
        folder: folder ?? InboxSettings.defaultFolder, moveTo: moveTo?.text,
        every: every ?? InboxSettings.defaultEvery,
        since: since)
    } catch {
      yaml.error(url.location, "url: \(error.message)", help: "expected \(error.help)")
      return nil
    }
  }

  /// `5m`, `1h`: seconds, a minute at least and a day at most.
  private mutating func interval(_ value: YAMLValue?) -> Int? {
    yaml.parsed(value, "every", isNot: "is no interval", expected: "5m or 1h, from 1m to 24h") { text in
      guard let match = text.wholeMatch(of: /(\d{1,4})(m|h)/), let count = Int(match.1) else { return nil }
      let seconds = count * (match.2 == "m" ? 60 : 3600)
      return (60...86_400).contains(seconds) ? seconds : nil
    }
  }
}
