import CPostgres
import Foundation

/// libpq's functions, loaded when the first is called.
let pq = duban_libpq()

/// libpq's own text, copied.
private func text(_ bytes: UnsafePointer<CChar>?) -> String { bytes.map { String(cString: $0) } ?? "" }

/// A value as PostgreSQL takes it: a text in the form that its type reads, or bytes as they are.
enum PostgresParameter {
  case text(String)
  case bytes(Data)
}

/// Why a statement or a connection failed.
enum PostgresFailure: Error {
  /// The server refused it; `state` is its SQLSTATE (postgresql.org/docs/15/errcodes-appendix.html).
  case refused(state: String, message: String)
  /// The connection is gone, or no answer came in time: nobody knows what became of the last statement.
  case lost(String)
}

/// One connection to PostgreSQL, through libpq. Used by one caller at a time.
///
/// No call waits for ever: where no answer comes in time the connection counts as lost. A commit that waits for a
/// standby, for one, isn't ended by any timeout of the server's.
final class PostgresConnection {
  typealias Command = (sql: String, values: [PostgresParameter?])

  /// How long an answer may take: longer than the server's own limits below.
  private static let patience = Duration.seconds(20)

  /// What every connection has, unless the address says otherwise. A host that is cut off is noticed by both sides
  /// well within a lease.
  private static let defaults = [
    "connect_timeout": "3", "application_name": "duban",
    "client_encoding": "UTF8", "keepalives_idle": "5", "keepalives_interval": "2", "keepalives_count": "3",
    "tcp_user_timeout": "10000",
  ]

  /// The server's limits. A writer that stops in the middle of a transaction loses its locks after some seconds.
  private static let limits = """
    SET statement_timeout = '15s'; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '8s';
    SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3;
    SET client_min_messages = warning; SET TIME ZONE 'UTC';
    """

  private let connection: OpaquePointer
  private var prepared: [String: String] = [:]
  /// How often it was waited for an answer of the server's.
  private(set) var roundTrips = 0
  /// Whether it can't be used any more: what is on its way may still come.
  private(set) var isLost = false

  private init(_ connection: OpaquePointer) { self.connection = connection }

  deinit { pq.PQfinish(connection) }

  /// Connects.
  ///
  /// - Parameters:
  ///   - host: the only one of the address's to be tried; nil: the first that answers.
  ///   - toWrite: whether it has to be a primary; otherwise any that answers will do.
  static func open(
    _ address: PostgresAddress, _ host: PostgresAddress.NamedHost? = nil, toWrite: Bool
  ) throws -> PostgresConnection {
    var settings = defaults.map { (key: $0.key, value: $0.value) }
    settings.append((key: "target_session_attrs", value: toWrite ? "read-write" : "any"))
    settings.append((key: "dbname", value: address.uri))
    settings += address.security + (host?.settings ?? [])
    if let password = address.password { settings.append((key: "password", value: password.value)) }
    let words = settings.map { (strdup($0.key), strdup($0.value)) }
    defer {
      for (key, value) in words {
        free(key)
        free(value)
      }
    }
    // C wants two arrays of texts that are nowhere changed; both are freed above.
    let keywords = words.map { UnsafePointer($0.0) } + [nil]
    let values = words.map { UnsafePointer($0.1) } + [nil]
    guard let raw = pq.PQconnectdbParams(keywords, values, 1) else { throw PostgresFailure.lost("no memory") }
    let opened = PostgresConnection(raw)
    guard pq.PQstatus(raw) == CONNECTION_OK else {
      throw PostgresFailure.lost(opened.lastWords)
    }
    _ = pq.PQsetnonblocking(raw, 1)
    try opened.run(limits + "SET search_path = \(address.schema)")
    return opened
  }

  private var lastWords: String {
    text(pq.PQerrorMessage(connection)).split(whereSeparator: \.isNewline).joined(separator: "; ")
  }

  /// Whether TLS is in use, and its version.
  var encryption: String? { pq.PQsslAttribute(connection, "protocol").map { String(cString: $0) } }

  /// Runs statements without values, in one round trip, and gives the last one's result.
  @discardableResult func run(_ sql: String) throws -> PostgresResult {
    try send(pq.PQsendQuery(connection, sql))
    return try lastResult()
  }

  /// Runs one statement and waits for all of its result. `isKept`: it is prepared the first time that it is used here.
  func execute(_ sql: String, _ values: [PostgresParameter?], isKept: Bool = true) throws -> PostgresResult {
    try send(sql, values, isKept: isKept)
    return try lastResult()
  }

  /// Runs statements in one round trip, each prepared the first time that it is used here, and gives each one's result.
  /// Where one fails, those after it aren't run, and its error is thrown.
  func execute(_ statements: [Command]) throws -> [PostgresResult] {
    for statement in statements { _ = try prepare(statement.sql) }
    guard pq.PQenterPipelineMode(connection) == 1 else { throw lost(lastWords) }
    for statement in statements { try send(statement.sql, statement.values) }
    try send(pq.PQpipelineSync(connection))
    roundTrips += 1
    var results: [PostgresResult] = []
    var failure: (any Error)?
    // Each statement has a result and a nil, all of them together one that says so
    // (postgresql.org/docs/15/libpq-pipeline-mode.html).
    for _ in statements {
      guard let result = try nextResult(), try nextResult() == nil else { throw lost(lastWords) }
      if failure == nil { do { try check(result) } catch { failure = error } }
      if isLost, let failure { throw failure }
      results.append(result)
    }
    guard let last = try nextResult(), last.endsPipeline else { throw lost(lastWords) }
    guard pq.PQexitPipelineMode(connection) == 1 else { throw lost(lastWords) }
    if let failure { throw failure }
    return results
  }

  /// Runs a query and gives its rows one at a time. `isKept`: it is prepared the first time that it is used here.
  func forEach(
    _ sql: String, _ values: [PostgresParameter?], isKept: Bool = true, _ body: (PostgresRow) throws -> Void
  ) throws {
    try send(sql, values, isKept: isKept)
    _ = pq.PQsetSingleRowMode(connection)
    roundTrips += 1
    var failure: (any Error)?
    // All of it is read, whatever happens: the connection takes nothing new before.
    while let result = try nextResult() {
      guard failure == nil else { continue }
      do {
        try check(result)
        for row in 0..<result.rows { try body(PostgresRow(result: result, row: row)) }
      } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private func send(_ sql: String, _ values: [PostgresParameter?], isKept: Bool = true) throws {
    let name = isKept ? try prepare(sql) : Self.numbered(sql)
    // Every value in one buffer that stays where it is while libpq reads it.
    var (buffer, starts, lengths, formats): ([UInt8], [Int?], [Int32], [Int32]) = ([], [], [], [])
    for value in values {
      starts.append(value == nil ? nil : buffer.count)
      switch value {
      case .text(let text):
        buffer += text.utf8
        buffer.append(0)
        (lengths, formats) = (lengths + [0], formats + [0])
      case .bytes(let data):
        buffer += data
        (lengths, formats) = (lengths + [Int32(data.count)], formats + [1])
      case nil: (lengths, formats) = (lengths + [0], formats + [0])
      }
    }
    buffer.append(0)
    let isSent = buffer.withUnsafeBytes { bytes in
      let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      let (count, pointers) = (
        Int32(values.count), starts.map { start in start.flatMap { base?.advanced(by: $0) } }
      )
      return isKept
        ? pq.PQsendQueryPrepared(connection, name, count, pointers, lengths, formats, 1)
        : pq.PQsendQueryParams(connection, name, count, nil, pointers, lengths, formats, 1)
    }
    try send(isSent)
  }

  /// Prepares a statement the first time that it is used here.
  private func prepare(_ sql: String) throws -> String {
    if let name = prepared[sql] { return name }
    let name = "s\(prepared.count)"
    try send(pq.PQsendPrepare(connection, name, Self.numbered(sql), 0, nil))
    _ = try lastResult()
    prepared[sql] = name
    return name
  }

  /// `?` and `?2` as PostgreSQL numbers them.
  static func numbered(_ sql: String) -> String {
    var (result, isText, number) = (String.UnicodeScalarView(), false, 0)
    var rest = sql.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "'" { isText.toggle() }
      guard scalar == "?", !isText else {
        result.append(scalar)
        continue
      }
      result.append("$")
      if let next = rest.first, ("0"..."9").contains(next) { continue }
      number += 1
      result += String(number).unicodeScalars
    }
    return String(result)
  }

  private func send(_ isSent: Int32) throws {
    guard isSent == 1 else { throw lost(lastWords) }
  }

  private func check(_ result: PostgresResult) throws {
    do { try result.check() } catch {
      if case PostgresFailure.lost = error { isLost = true }
      throw error
    }
  }

  private func lost(_ words: String) -> PostgresFailure {
    isLost = true
    return .lost(words)
  }

  /// The last of the results of what was sent; throws the first error among them.
  private func lastResult() throws -> PostgresResult {
    roundTrips += 1
    var last: PostgresResult?
    var failure: (any Error)?
    while let result = try nextResult() {
      do { try check(result) } catch { failure = failure ?? error }
      last = result
    }
    if let failure { throw failure }
    guard let last else { throw lost(lastWords) }
    return last
  }

  /// Waits for the next result; nil after the last one.
  private func nextResult() throws -> PostgresResult? {
    let end = ContinuousClock.now + Self.patience
    while true {
      let unsent = pq.PQflush(connection)
      guard unsent >= 0 else { throw lost(lastWords) }
      if unsent == 0, pq.PQisBusy(connection) == 0 { break }
      let left = ContinuousClock.now.duration(to: end) / .milliseconds(1)
      guard left > 0 else { throw lost("no answer within \(Self.patience)") }
      let events = Int16(POLLIN) | (unsent > 0 ? Int16(POLLOUT) : 0)
      var descriptor = pollfd(fd: pq.PQsocket(connection), events: events, revents: 0)
      guard poll(&descriptor, 1, Int32(min(left, 20_000)) + 1) >= 0 || errno == EINTR else {
        throw lost(String(cString: strerror(errno)))
      }
      if descriptor.revents != 0, pq.PQconsumeInput(connection) == 0 { throw lost(lastWords) }
    }
    return pq.PQgetResult(connection).map {
      PostgresResult($0, isAlive: pq.PQstatus(connection) == CONNECTION_OK)
    }
  }
}

final class PostgresResult {
  private let result: OpaquePointer
  private let isAlive: Bool

  init(_ result: OpaquePointer, isAlive: Bool) {
    self.result = result
    self.isAlive = isAlive
  }

  deinit { pq.PQclear(result) }

  var rows: Int32 { pq.PQntuples(result) }

  /// Whether it is the end of what was sent together.
  var endsPipeline: Bool { pq.PQresultStatus(result) == PGRES_PIPELINE_SYNC }

  /// How many rows the statement changed.
  var changed: Int { Int(text(pq.PQcmdTuples(result))) ?? 0 }

  /// Throws what the server said against the statement.
  func check() throws {
    switch pq.PQresultStatus(result) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE: return
    default: break
    }
    let state = field("C") ?? ""
    let words = field("M") ?? text(pq.PQresultErrorMessage(result))
    guard isAlive, !Self.endsConnection(state) else { throw PostgresFailure.lost(words) }
    throw PostgresFailure.refused(state: state, message: words)
  }

  /// Connection exceptions, a server that shuts down or starts, a session ended for its idleness, and a primary that
  /// became a standby.
  private static func endsConnection(_ state: String) -> Bool {
    state.isEmpty || state.hasPrefix("08") || state.hasPrefix("57P") || state == "25P03" || state == "25006"
  }

  /// A field of an error report (PG_DIAG_SQLSTATE and others).
  private func field(_ code: Unicode.Scalar) -> String? {
    pq.PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) }
  }

  func index(of column: String) -> Int { Int(pq.PQfnumber(result, column)) }

  enum ColumnType { case integer, text, bytes }

  /// What kind of values a column holds, by its type's number in the catalogue (pg_type.dat).
  func type(of column: Int) -> ColumnType {
    switch pq.PQftype(result, Int32(column)) {
    case 20, 21, 23: .integer
    case 17: .bytes
    default: .text
    }
  }

  /// The bytes of a column in binary form; nil for NULL. They are libpq's, for as long as the result is kept.
  func bytes(_ row: Int32, _ column: Int) -> UnsafeRawBufferPointer? {
    guard pq.PQgetisnull(result, row, Int32(column)) == 0 else { return nil }
    return UnsafeRawBufferPointer(
      start: pq.PQgetvalue(result, row, Int32(column)), count: Int(pq.PQgetlength(result, row, Int32(column)))
    )
  }
}

/// One row of a result. As with SQLite, asking for a column that isn't there, or for another type, is a fault of ours.
struct PostgresRow {
  let result: PostgresResult
  let row: Int32

  func index(of column: String) -> Int {
    let index = result.index(of: column)
    precondition(index >= 0, "no column \(column)")
    return index
  }

  func optionalValue<Value: SQLValue>(_ column: Int) -> Value? {
    guard let bytes = result.bytes(row, column) else { return nil }
    guard let value = Value(column: bytes) else {
      preconditionFailure("column \(column) is no \(Value.self)")
    }
    return value
  }

  func value<Value: SQLValue>(_ column: Int) -> Value {
    guard let value: Value = optionalValue(column) else { preconditionFailure("column \(column) is NULL") }
    return value
  }
}
