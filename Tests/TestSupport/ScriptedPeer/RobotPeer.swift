import Foundation
import Synchronization

/// An HTTP server on loopback that answers every request alike and keeps what it was sent.
///
/// `@unchecked Sendable`: the requests are behind a lock, and the rest never changes.
public final class RobotPeer: @unchecked Sendable {
  /// Where it listens.
  public let port: UInt16
  private let descriptor: Int32
  private let seen = Mutex<[(target: String, body: String)]>([])
  private let answer: [UInt8]?

  /// A server that is ready.
  ///
  /// - Parameter answer: the whole response; nil closes without one.
  public init(_ answer: String?) throws {
    self.answer = answer.map { Array($0.utf8) }
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let found = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && listen(descriptor, 4) == 0
          && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard found else { throw CocoaError(.fileNoSuchFile) }
    (self.descriptor, port) = (descriptor, UInt16(bigEndian: address.sin_port))
    Thread { [self] in
      while case let connection = accept(descriptor, nil, nil), connection >= 0 { serve(connection) }
    }.start()
  }

  deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Ends the server, so that its thread does.
  public func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// A response with a JSON body.
  public static func response(_ status: Int, _ body: String) -> String {
    "HTTP/1.1 \(status) X\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
  }

  /// What it was sent, in order.
  public var requests: [(target: String, body: String)] { seen.withLock { $0 } }

  private func serve(_ connection: Int32) {
    defer { close(connection) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(connection, &buffer, buffer.count)
      guard count > 0 else { return }
      bytes += buffer[..<count]
      let text = String(decoding: bytes, as: UTF8.self)
      guard let end = text.range(of: "\r\n\r\n") else { continue }
      let head = text[..<end.lowerBound]
      let length =
        head.components(separatedBy: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
        .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
      let body = text[end.upperBound...]
      guard body.utf8.count >= length else { continue }
      seen.withLock { $0.append((head.split(separator: " ")[1].description, String(body))) }
      if let answer { _ = answer.withUnsafeBytes { write(connection, $0.baseAddress, $0.count) } }
      return
    }
  }
}
