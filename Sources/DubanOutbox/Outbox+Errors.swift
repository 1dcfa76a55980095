import GRDB

extension Outbox {
  /// Runs `work`; what SQLite throws comes out as an ``OutboxError``.
  static func translating<Value>(_ path: String, _ work: () throws -> Value) throws(OutboxError) -> Value {
    do {
      return try work()
    } catch let error as OutboxError {
      throw error
    } catch let error as DatabaseError {
      throw translated(error, path)
    } catch {
      throw .inputOutput(path, detail: "\(error)")
    }
  }

  /// SQLite's result codes (sqlite.org/rescode.html) in our words. Never the statement's values: they are
  /// people's names and addresses.
  private static func translated(_ error: DatabaseError, _ path: String) -> OutboxError {
    let detail = error.message ?? "code \(error.extendedResultCode.rawValue)"
    return switch error.resultCode {
    case .SQLITE_FULL: .diskFull(path)
    case .SQLITE_READONLY: .readOnly(path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: .locked(path)
    case .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_CANTOPEN: .notPermitted(path)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(path, detail: detail)
    case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_TOOBIG: .notAllowed(detail)
    default: .inputOutput(path, detail: detail)
    }
  }
}
