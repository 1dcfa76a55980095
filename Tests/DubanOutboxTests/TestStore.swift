import DubanOutbox
import TestSupport

/// An empty outbox of its own for one test, which any number of handles may open.
final class TestStore: Sendable {
  let directory: ScratchDirectory
  private let postgres: PostgresAddress?

  init(_ kind: StoreKind) throws {
    directory = try ScratchDirectory()
    postgres =
      switch kind {
      case .sqlite: nil
      case .postgres:
        try PostgresAddress(PostgresServer.shared.get().uri, schema: PostgresServer.freshSchema())
      }
  }

  func open(_ access: Outbox.Access = .readWrite) throws -> Outbox {
    guard let postgres else { return try Outbox(directory: directory.path, access: access) }
    return try Outbox(postgres, access: access)
  }

  /// The outbox as `outbox-peer` takes it.
  var argument: String { postgres.map { "\($0.uri) \($0.schema)" } ?? directory.path }
}
