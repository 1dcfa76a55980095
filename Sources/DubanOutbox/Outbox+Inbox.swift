public import DubanCore

extension Outbox {
  /// Where a mailbox goes on: where it was left, or from the beginning where it is new or its numbers mean something else.
  ///
  /// - Parameters:
  ///   - since: the day to begin with, where it is new.
  ///   - isChosen: whether a person named that day. Where it lies before the one that the mailbox began with, it is gone
  ///     through again from there: what was recorded then is known.
  public func openMailbox(
    _ key: String, uidValidity: Int64, since: CivilDate, isChosen: Bool = false, at now: Timestamp
  ) throws(OutboxError) -> MailboxPlace {
    try write { db in
      try db.execute(
        """
        INSERT INTO mailbox (key, since, uidValidity, lookedAt) VALUES (?, ?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET
          lastUID = CASE WHEN mailbox.uidValidity = excluded.uidValidity THEN mailbox.lastUID ELSE 0 END,
          uidValidity = excluded.uidValidity
        """, [key, since.description, uidValidity, now.seconds])
      if isChosen {
        try db.execute(
          "UPDATE mailbox SET since = ?1, lastUID = 0 WHERE key = ?2 AND since > ?1",
          [since.description, key])
      }
      guard let place = try db.row("SELECT * FROM mailbox WHERE key = ?", [key], MailboxPlace.init) else {
        throw OutboxError.noDatabase(engine.name)
      }
      return place
    }
  }

  /// Notes that a look into a mailbox was carried through to its end.
  public func closeMailbox(_ key: String, at now: Timestamp) throws(OutboxError) {
    try write { db in
      try db.execute("UPDATE mailbox SET lookedAt = ? WHERE key = ?", [now.seconds, key])
    }
  }

  /// The mailboxes that were ever looked into.
  public func mailboxes() throws(OutboxError) -> [MailboxPlace] {
    try read { db in
      try db.rows("SELECT * FROM mailbox ORDER BY key", [], MailboxPlace.init)
    }
  }

  /// Records a message and all that follows from it in one transaction; nothing follows from one that is known already.
  /// Returns whether anything did.
  public func record(_ mail: IncomingMail) throws(OutboxError) -> Bool {
    try write { db in
      try db.execute(
        "UPDATE mailbox SET lastUID = ?1 WHERE key = ?2 AND lastUID < ?1", [mail.uid, mail.mailbox])
      guard !mail.kind.isEmpty else { return false }
      let id: Int64? = try db.first(
        """
        INSERT INTO incoming
          (mailbox, uidValidity, uid, digest, messageID, kind, sender, entry, text, at, writtenOn, awayUntil)
        SELECT key, uidValidity, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM mailbox
        WHERE key = ? AND NOT EXISTS (SELECT 1 FROM incoming WHERE digest = ?)
        ON CONFLICT (digest) DO NOTHING RETURNING id
        """,
        [
          mail.uid, mail.digest, mail.messageID, mail.kind, mail.sender, mail.entry, mail.text,
          mail.at.seconds, mail.writtenOn?.description, mail.awayUntil?.description, mail.mailbox,
          mail.formerDigest,
        ])
      guard let id else { return false }
      for (place, file) in mail.files.enumerated() {
        try db.execute(
          "INSERT INTO attachment (incoming, number, name, size, sha256) VALUES (?, ?, ?, ?, ?)",
          [id, place + 1, file.name, file.size, file.sha256])
      }
      for bounce in mail.bounces { try Self.record(bounce, of: id, at: mail.at, db) }
      for proposal in mail.proposals { try Self.record(proposal, of: id, at: mail.at, db) }
      for decided in mail.decided { _ = try Self.decide(decided, at: mail.at, db) }
      if let ledger = mail.ledger { try Self.insert(ledger, db) }
      for (key, value) in mail.facts { try Self.remember(key, value, at: mail.at, db) }
      _ = try Self.insertUnknown(mail.replies, db)
      return !mail.bounces.isEmpty || !mail.replies.isEmpty || !mail.proposals.isEmpty
        || !mail.decided.isEmpty
    }
  }

  /// Messages that nobody could read or record, and no person has seen to: mailbox, number there, and proposal.
  public func unreadMessages() throws(OutboxError) -> [(mailbox: String, uid: Int64, proposal: Int64)] {
    try read { db in
      try db.rows(
        """
        SELECT incoming.mailbox, incoming.uid, proposal.id FROM incoming
        JOIN proposal ON proposal.incoming = incoming.id
        WHERE incoming.kind = ? AND proposal.state = 'open' ORDER BY proposal.id
        """, [IncomingMail.unreadable]
      ) { ($0["mailbox"], $0["uid"], $0["id"]) }
    }
  }

  private static func record(
    _ bounce: NewBounce, of incoming: Int64, at now: Timestamp, _ db: any Transaction
  ) throws {
    try db.execute(
      """
      INSERT INTO bounce (incoming, entry, reason, isPermanent, isFinal) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """,
      [incoming, bounce.entry, bounce.reason, bounce.isPermanent, bounce.isFinal])
    guard bounce.isPermanent else { return }
    // As if it had been refused when it was handed over; a relay's own words stay.
    try db.execute(
      """
      INSERT INTO badRecipient (address, answer, since) SELECT recipient, ?, ? FROM entry WHERE id = ?
      ON CONFLICT (address) DO NOTHING
      """, [bounce.answer, now.seconds, bounce.entry])
  }

  /// The same answer may come to two mailboxes, or twice: it asks once. Of one date an owner's reminders wait once.
  private static func record(
    _ proposal: NewProposal, of incoming: Int64, at now: Timestamp, _ db: any Transaction
  ) throws {
    let id: Int64? = try db.first(
      """
      INSERT INTO proposal (incoming, kind, plan, item, identity, due, person, unit, until, successor, text, doubt, pause)
      SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, CASE WHEN EXISTS (
        SELECT 1 FROM proposal WHERE pause IS NOT NULL AND plan = ?3 AND identity = ?5 AND due IS NOT DISTINCT FROM ?6 AND person = ?7
          AND unit = ?8) THEN NULL ELSE ?13 END
      WHERE NOT EXISTS (
        SELECT 1 FROM proposal WHERE state = 'open' AND kind = ?2 AND plan = ?3 AND identity = ?5 AND due IS NOT DISTINCT FROM ?6
          AND person = ?7 AND unit = ?8 AND until IS NOT DISTINCT FROM ?9 AND successor = ?10 AND text = ?11 AND doubt = ?12)
      RETURNING id
      """,
      [
        incoming, proposal.kind.rawValue, proposal.plan, proposal.item, proposal.identity,
        proposal.due?.description, proposal.person, proposal.unit, proposal.until?.description,
        proposal.successor, proposal.text, proposal.doubt, proposal.pause?.description,
      ])
    guard let id, let acceptance = proposal.acceptance else { return }
    _ = try decide(
      ProposalDecision(id, isAccepted: true, by: acceptance.by, decision: acceptance.decision),
      at: now, db)
  }

  /// Decides an open proposal, with what is recorded beside it, in one transaction. Returns whether it was open.
  public func decide(_ decided: ProposalDecision, at now: Timestamp) throws(OutboxError) -> Bool {
    try write { db in try Self.decide(decided, at: now, db) }
  }

  private static func decide(_ decided: ProposalDecision, at now: Timestamp, _ db: any Transaction) throws
    -> Bool
  {
    if let token = decided.token {
      let isUsable: Bool? = try db.first(
        "SELECT usedAt IS NULL FROM token WHERE token = ? AND proposal = ?", [token, decided.proposal])
      guard isUsable == true else { return false }
    }
    let changed = try db.execute(
      "UPDATE proposal SET state = ?, decidedBy = ?, decidedAt = ? WHERE id = ? AND state = 'open'",
      [
        (decided.isAccepted ? Proposal.State.accepted : .rejected).rawValue, decided.by, now.seconds,
        decided.proposal,
      ])
    guard changed > 0 else { return false }
    // No link of it does anything any more, also once it is open again.
    try db.execute(
      "UPDATE token SET usedAt = ? WHERE proposal = ? AND usedAt IS NULL", [now.seconds, decided.proposal])
    if let decision = decided.decision { try insert(decision, db) }
    return true
  }

  /// Opens a decided proposal again, with what takes back the decisions that followed.
  public func reopen(
    _ proposal: Int64, with back: [Decision], at now: Timestamp
  ) throws(OutboxError) {
    try write { db in
      try db.execute(
        "UPDATE proposal SET state = 'open', decidedBy = NULL, decidedAt = NULL, reopenedAt = ? WHERE id = ?",
        [now.seconds, proposal])
      for decision in back { try Self.insert(decision, db) }
    }
  }

  /// Opens the proposals again whose acceptance made a decision that this one takes back.
  static func reopenProposals(takenBackBy back: Decision, _ db: any Transaction) throws {
    guard let kind = Decision.Kind.allCases.first(where: { $0.undone == back.kind }) else { return }
    try db.execute(
      """
      UPDATE proposal SET state = 'open', decidedBy = NULL, decidedAt = NULL, reopenedAt = ?
      WHERE state = 'accepted' AND plan = ? AND identity = ? AND EXISTS (
        SELECT 1 FROM decision WHERE decision.kind = ? AND decision.plan = proposal.plan
          AND decision.identity = proposal.identity AND decision.person = ?
          AND decision.occurrence IS NOT DISTINCT FROM ?
          AND decision.at = proposal.decidedAt AND decision.decidedBy = proposal.decidedBy)
      """,
      [
        back.at.seconds, back.plan, back.identity, kind.rawValue, back.person, back.occurrence?.description,
      ])
  }

  /// A token for each of these proposals that can be used for some weeks: one of the last day, or a new one.
  ///
  /// - Parameter make: makes a token that nobody can guess.
  public func tokens(
    for proposals: [Int64], at now: Timestamp, make: () -> String
  ) throws(OutboxError) -> [Int64: String] {
    guard !proposals.isEmpty else { return [:] }
    return try write { db in
      // Long after a link is dead nobody needs to know why.
      try db.execute("DELETE FROM token WHERE madeAt < ?", [now.seconds - 4 * ProposalToken.lifetime])
      var tokens: [Int64: String] = [:]
      for proposal in proposals {
        let known: String? = try db.first(
          """
          SELECT token FROM token WHERE proposal = ? AND usedAt IS NULL AND madeAt BETWEEN ? AND ?
          ORDER BY madeAt DESC LIMIT 1
          """, [proposal, now.seconds - 86_400, now.seconds])
        let token = known ?? make()
        if known == nil {
          try db.execute(
            "INSERT INTO token (token, proposal, madeAt) VALUES (?, ?, ?)", [token, proposal, now.seconds])
        }
        tokens[proposal] = token
      }
      return tokens
    }
  }

  /// What is known of a token; nil for one that isn't ours.
  public func token(_ token: String) throws(OutboxError) -> ProposalToken? {
    try read { db in
      try db.row("SELECT * FROM token WHERE token = ?", [token], ProposalToken.init)
    }
  }

  /// Proposals in their order: those that are open, or all.
  public func proposals(openOnly: Bool = true) throws(OutboxError) -> [Proposal] {
    let which = openOnly ? "WHERE state = 'open'" : ""
    return try read { db in
      let files = try db.rows(
        """
        SELECT proposal.id AS proposal, attachment.* FROM attachment
        JOIN proposal ON proposal.incoming = attachment.incoming \(which) ORDER BY proposal.id, attachment.number
        """, []
      ) { (proposal: $0["proposal"] as Int64, file: AttachedFile($0)) }
      let filesOf = Dictionary(grouping: files, by: \.proposal)
      var proposals = try db.rows(
        """
        SELECT proposal.*, incoming.sender, incoming.messageID, incoming.at, incoming.writtenOn
        FROM proposal JOIN incoming ON incoming.id = proposal.incoming \(which) ORDER BY proposal.id
        """, [], Proposal.init)
      for place in proposals.indices {
        proposals[place].files = filesOf[proposals[place].id]?.map(\.file) ?? []
      }
      return proposals
    }
  }

  /// Forgets the words of answers that were read before `moment` and wait for nobody; what they asked for, and what became
  /// of it, stays.
  public func purgeAnswers(readBefore moment: Timestamp) throws(OutboxError) {
    try write { db in
      let old = "incoming IN (SELECT id FROM incoming WHERE at < ?)"
      try db.execute(
        "UPDATE proposal SET text = '' WHERE text <> '' AND state <> 'open' AND \(old)", [moment.seconds])
      try db.execute(
        """
        UPDATE incoming SET text = '' WHERE text <> '' AND at < ?
          AND id NOT IN (SELECT incoming FROM proposal WHERE state = 'open')
        """, [moment.seconds])
    }
  }

  /// Mails that came back since a moment, in their order.
  public func returnedMails(since: Timestamp) throws(OutboxError) -> [ReturnedMail] {
    try read { db in
      try db.rows(
        """
        SELECT entry.*, bounce.incoming, bounce.reason, bounce.isPermanent, bounce.isFinal, incoming.at
        FROM bounce JOIN incoming ON incoming.id = bounce.incoming JOIN entry ON entry.id = bounce.entry
        WHERE incoming.at >= ? ORDER BY bounce.incoming, entry.id
        """, [since.seconds], ReturnedMail.init)
    }
  }

  /// Automatic replies that say until when their sender is away, and mails that are delayed and haven't come back, in
  /// their order; none of who is back before a day, or was delayed before a moment.
  public func notedMails(
    awayOn day: CivilDate? = nil, delayedSince moment: Timestamp? = nil
  ) throws(OutboxError) -> [NotedMail] {
    try read { db in
      try db.rows(
        """
        SELECT entry.*, incoming.id AS incoming, incoming.awayUntil, incoming.at
        FROM incoming JOIN entry ON entry.id = incoming.entry
        WHERE incoming.awayUntil >= ? OR incoming.kind = 'delayed' AND incoming.at > ? AND NOT EXISTS (
          SELECT 1 FROM bounce WHERE bounce.entry = incoming.entry AND isFinal = 1)
        ORDER BY incoming.id
        """, [day?.description ?? "", moment?.seconds ?? 0], NotedMail.init)
    }
  }

  /// The mails with these Message-IDs (with angle brackets), and the last ones to an address.
  public func mails(
    messageIDs: [String], lastTo address: String, atMost most: Int
  ) throws(OutboxError) -> [EntryDetails] {
    let ids: [Int64] = try read { db in
      try db.column(
        """
        SELECT id FROM entry WHERE messageID IN (\(db.dialect.texts))
        UNION SELECT * FROM (SELECT id FROM entry WHERE lower(recipient) = ? ORDER BY id DESC LIMIT ?) AS last
        ORDER BY 1
        """, [try Dialect.list(messageIDs), address, most])
    }
    var found: [EntryDetails] = []
    for id in ids { found.append(try show(id)) }
    return found
  }
}
