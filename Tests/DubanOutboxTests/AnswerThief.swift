import Foundation
import Glibc
import Synchronization
import TestSupport

/// Stands between an outbox and its PostgreSQL, and loses what it is told to: an answer, or a request for a while.
///
/// `@unchecked Sendable`: everything that changes is in `state`.
final class AnswerThief: @unchecked Sendable {
  private enum Plan { case forward, loseAnswer, keepRequest }
  private struct State {
    var plan = Plan.forward
    /// What a server's connection is still to be given.
    var kept: (server: Int32, bytes: [UInt8])?
  }

  /// Where its socket is.
  let directory: ScratchDirectory
  private let listener: Int32
  private let server: String
  private let state = Mutex(State())

  /// A thief before the server whose socket is in that directory.
  init(before server: String) throws {
    directory = try ScratchDirectory()
    self.server = "\(server)/.s.PGSQL.5432"
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    try Self.withAddress("\(directory.path)/.s.PGSQL.5432") { bind(listener, $0, $1) }
    guard listen(listener, 8) == 0 else { throw POSIXError(.EADDRINUSE) }
    Thread.detachNewThread { [self] in
      while case let client = accept(listener, nil, nil), client >= 0 {
        Thread.detachNewThread { [self] in serve(client) }
      }
    }
  }

  deinit { close(listener) }

  /// The next request is passed on; its answer is lost, and the connection with it.
  func loseNextAnswer() { state.withLock { $0.plan = .loseAnswer } }

  /// The connection is lost with the next request, which the server gets only by ``deliver()``.
  func keepNextRequest() { state.withLock { $0.plan = .keepRequest } }

  /// Gives the server what was kept, and waits until it has dealt with it.
  func deliver() {
    guard let (server, bytes) = state.withLock({ $0.kept }) else { return }
    Self.write(bytes, to: server)
    _ = Self.read(server)
    close(server)
  }

  private func serve(_ client: Int32) {
    let connection = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(client) }
    guard (try? Self.withAddress(server) { connect(connection, $0, $1) }) != nil else { return }
    while true {
      var ready = [
        pollfd(fd: client, events: Int16(POLLIN), revents: 0),
        pollfd(fd: connection, events: Int16(POLLIN), revents: 0),
      ]
      poll(&ready, 2, -1)
      if ready[1].revents != 0 {
        let answer = Self.read(connection)
        guard !answer.isEmpty else { break }
        Self.write(answer, to: client)
      }
      guard ready[0].revents != 0 else { continue }
      let request = Self.read(client)
      guard !request.isEmpty else { break }
      let plan = state.withLock { state in
        defer { state.plan = .forward }
        if state.plan == .keepRequest { state.kept = (connection, request) }
        return state.plan
      }
      if plan == .keepRequest { return }
      Self.write(request, to: connection)
      if plan == .loseAnswer {
        _ = Self.read(connection)
        break
      }
    }
    close(connection)
  }

  private static func read(_ descriptor: Int32) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    return Array(buffer.prefix(max(count, 0)))
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  private static func withAddress(
    _ path: String, _ use: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) throws {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) {
      $0.copyBytes(from: Array(path.utf8).prefix($0.count - 1))
    }
    let length = socklen_t(MemoryLayout<sockaddr_un>.size)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { use($0, length) }
    }
    guard result == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
  }
}
