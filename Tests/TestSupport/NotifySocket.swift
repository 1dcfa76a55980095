internal import Foundation

/// What systemd would hear from a service (sd_notify(3)): a datagram socket and what arrives at it.
public final class NotifySocket {
  /// Where it is, for `$NOTIFY_SOCKET`.
  public let path: String
  private let descriptor: Int32

  /// A socket at this path, which must be short (unix(7)) and free.
  public init(path: String) throws {
    self.path = path
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      throw CocoaError(.fileWriteInvalidFileName)
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let descriptor = descriptor
    let isBound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 }
    }
    guard isBound else { throw CocoaError(.fileWriteUnknown) }
  }

  deinit { close(descriptor) }

  /// The next state that the service tells; nil when none has come for half a minute.
  public func next() -> String? {
    var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard Glibc.poll(&poll, 1, 30_000) > 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// Everything up to the first state that contains `words`, that one included; nil when it doesn't come.
  public func until(_ words: String) -> [String]? {
    var states: [String] = []
    while let state = next() {
      states.append(state)
      if state.contains(words) { return states }
    }
    return nil
  }
}
