public import DubanCore
import Foundation

extension Outbox {
  /// Makes an entry due at once, also one that was given up or dropped.
  ///
  /// Throws ``OutboxError/refused(entry:why:)`` where its state doesn't allow it or its bytes were purged.
  public func retry(_ id: Int64, now: Timestamp) throws(OutboxError) {
    try write { db in
      let state = try Outbox.changedState(of: id, .retryByHand, db)
      guard try db.first("SELECT EXISTS (SELECT 1 FROM body WHERE entry = ?)", [id]) == true else {
        throw OutboxError.refused(entry: id, why: "its bytes were purged; a new mail has to be made")
      }
      try db.execute(
        "UPDATE entry SET state = ?, nextAttempt = ?, endedAt = NULL, dropped = 0 WHERE id = ?",
        [state.rawValue, now.seconds, id])
    }
  }

  /// Keeps an entry back until ``release(_:now:)``.
  public func hold(_ id: Int64) throws(OutboxError) {
    try write { db in
      let state = try Outbox.changedState(of: id, .hold, db)
      try db.execute(
        "UPDATE entry SET state = ?, nextAttempt = NULL WHERE id = ?", [state.rawValue, id])
    }
  }

  /// Lets a held entry go on, at once or when its first day has come.
  public func release(_ id: Int64, now: Timestamp) throws(OutboxError) {
    try write { db in
      let state = try Outbox.changedState(of: id, .release, db)
      try db.execute(
        "UPDATE entry SET state = ?1, nextAttempt = CASE WHEN notBefore > ?2 THEN notBefore ELSE ?2 END WHERE id = ?3",
        [state.rawValue, now.seconds, id])
    }
  }

  /// Gives an entry up by hand. Its record and its keys stay, so its reminders are never queued again.
  public func drop(_ id: Int64, now: Timestamp) throws(OutboxError) {
    try write { db in
      let state = try Outbox.changedState(of: id, .drop, db)
      try db.execute(
        """
        UPDATE entry SET state = ?, nextAttempt = NULL, endedAt = ?, dropped = 1, answer = 'dropped by hand',
          code = NULL
        WHERE id = ?
        """, [state.rawValue, now.seconds, id])
    }
  }

  /// Removes the bytes of entries that were sent or given up before `moment`; everything else about them stays.
  /// Returns how many.
  ///
  /// At most `limit` in one transaction, so that a long history doesn't keep others waiting: call it again while
  /// it returns that many.
  public func purgeBodies(endedBefore moment: Timestamp, limit: Int = 1000) throws(OutboxError) -> Int {
    try write { db in
      try db.execute(
        """
        DELETE FROM body WHERE entry IN (
          SELECT body.entry FROM body JOIN entry ON entry.id = body.entry
          WHERE entry.endedAt < ? ORDER BY body.entry LIMIT ?)
        """, [moment.seconds, limit])
    }
  }

  /// Makes due what a clock that was ahead has put off: entries last tried, and a relay closed, at a moment that
  /// is yet to come. Returns how many entries.
  public func repairAfterClockChange(now: Timestamp) throws(OutboxError) -> Int {
    try write { db in
      try db.execute("DELETE FROM relay WHERE since > ?", [now.seconds])
      return try db.execute(
        """
        UPDATE entry SET nextAttempt = ?
        WHERE state IN ('queued', 'deferred') AND nextAttempt > ? AND lastAttempt > ?
        """, [now.seconds, now.seconds, now.seconds])
    }
  }

  /// Changes waiting mails of another sender than that one to what `rewrite` makes of their bytes: the sender was
  /// corrected. A mail that may have arrived keeps its bytes, so that a second copy is the same mail.
  ///
  /// - Returns: how many were changed.
  public func adoptSender(
    _ reversePath: String, _ rewrite: ([UInt8]) -> [UInt8]
  ) throws(OutboxError) -> Int {
    try write { db in
      let rows: [(Int64, Data)] = try db.rows(
        """
        SELECT id, bytes FROM entry JOIN body ON body.entry = entry.id
        WHERE state IN ('queued', 'deferred', 'held') AND possiblyDelivered = 0 AND reversePath <> ?
        """, [reversePath]
      ) { ($0[0], $0[1]) }
      for (id, bytes) in rows {
        try db.execute(
          "UPDATE body SET bytes = ? WHERE entry = ?", [Data(rewrite(Array(bytes))), id])
        try db.execute("UPDATE entry SET reversePath = ? WHERE id = ?", [reversePath, id])
      }
      return rows.count
    }
  }

  /// Drops what a clock that was ahead has queued for days to come, with its reminders, so that it is planned anew: a
  /// mail that was made later than now and has certainly not gone out. Returns how many.
  public func dropFromTheFuture(now: Timestamp) throws(OutboxError) -> Int {
    try write { db in
      let ids: [Int64] = try db.column(
        """
        SELECT id FROM entry
        WHERE state IN ('queued', 'deferred', 'held') AND possiblyDelivered = 0 AND queuedAt > ?
        """, [now.seconds])
      for id in ids {
        for table in ["reminder", "attempt", "body"] {
          try db.execute("DELETE FROM \(table) WHERE entry = ?", [id])
        }
        // What it was to notify the contact of is in the next one.
        try db.execute(
          "DELETE FROM fact WHERE at > ? AND value = ?", [now.seconds, String(id)])
        try db.execute("DELETE FROM entry WHERE id = ?", [id])
      }
      return ids.count
    }
  }
}
