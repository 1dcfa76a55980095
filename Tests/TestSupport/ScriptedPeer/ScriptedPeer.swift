internal import Foundation
internal import Synchronization

/// A mail server on loopback that follows a ``PeerScript`` or a ``MailboxScript`` and records what it hears. For tests only.
///
/// Every connection has a thread of its own. The script is constant and the record is behind a mutex, so that a test
/// may read it at any time; a test that waits for the courier has seen everything that the courier caused, because
/// the peer records before it answers.
public final class ScriptedPeer: Sendable {
  /// The port it listens on.
  public let port: Int
  private let script: Script
  private let listener: Int32
  private let state = Mutex(PeerRecord())
  /// The listening socket and those of the connections, each until it is closed: the number of a closed one may be
  /// another test's already, which nobody may shut down.
  private let open = Mutex<Set<Int32>>([])
  private let changed = NSCondition()
  private let mailbox = Mutex<MailboxScript?>(nil)

  private enum Script: Sendable {
    case smtp(PeerScript)
    case imap
  }

  /// What went wrong while setting up.
  public struct SetupError: Error {
    /// The call and the system's words.
    public let text: String
  }

  /// An SMTP server that listens on a free port of 127.0.0.1.
  public convenience init(_ script: PeerScript = PeerScript()) throws { try self.init(.smtp(script)) }

  /// An IMAP server that listens on a free port of 127.0.0.1.
  public convenience init(mailbox script: MailboxScript) throws {
    try self.init(.imap)
    mailbox.withLock { $0 = script }
  }

  /// Changes the mailbox for the connections that come.
  public func changeMailbox(_ change: (inout MailboxScript) -> Void) {
    mailbox.withLock { script in
      if var changed = script {
        change(&changed)
        script = changed
      }
    }
  }

  private init(_ script: Script) throws {
    self.script = script
    // OpenSSL writes to sockets that the other side has closed; that must fail, not kill the tests.
    signal(SIGPIPE, SIG_IGN)
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &size) == 0
      }
    }
    guard isListening else { throw SetupError(text: String(cString: strerror(errno))) }
    port = Int(UInt16(bigEndian: address.sin_port))
    open.withLock { _ = $0.insert(listener) }
    Thread.detachNewThread { [self] in acceptAll() }
  }

  /// Ends the listening and every connection.
  public func stop() {
    open.withLock { for descriptor in $0 { shutdown(descriptor, Int32(SHUT_RDWR)) } }
  }

  /// What it has heard so far.
  public var record: PeerRecord { state.withLock { $0 } }

  /// Waits until what it has heard satisfies `condition`; false when nothing new has come for half a minute.
  public func hears(_ condition: (PeerRecord) -> Bool) -> Bool {
    changed.lock()
    defer { changed.unlock() }
    while !condition(record) {
      guard changed.wait(until: Date(timeIntervalSinceNow: 30)) else { return condition(record) }
    }
    return true
  }

  private func acceptAll() {
    while true {
      let descriptor = accept(listener, nil, nil)
      if descriptor < 0 && (errno == EINTR || errno == ECONNABORTED) { continue }
      guard descriptor >= 0 else { break }
      open.withLock { _ = $0.insert(descriptor) }
      state.withLock { $0.connections += 1 }
      Thread.detachNewThread { [self] in
        converse(descriptor)
        end(descriptor)
      }
    }
    end(listener)
  }

  private func end(_ descriptor: Int32) {
    open.withLock { open in
      open.remove(descriptor)
      close(descriptor)
    }
  }

  private func converse(_ descriptor: Int32) {
    let record: ((inout PeerRecord) -> Void) -> Void = { [self] change in
      state.withLock { change(&$0) }
      changed.withLock { changed.broadcast() }
    }
    switch script {
    case .smtp(let script):
      PeerConversation(script, PeerChannel(descriptor, script.pieces), record: record).run()
    case .imap:
      let script = mailbox.withLock { $0 } ?? MailboxScript()
      MailboxConversation(script, PeerChannel(descriptor, script.pieces), record: record).run()
    }
  }
}
