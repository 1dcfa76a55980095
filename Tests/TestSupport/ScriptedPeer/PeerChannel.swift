internal import COpenSSL
internal import Foundation

/// One connection of the scripted peer: lines in, bytes out, in clear or over TLS. Used on one thread; who accepted the
/// connection closes it.
final class PeerChannel {
  private let descriptor: Int32
  private var tls: OpaquePointer?
  private var pending: [UInt8] = []

  private let pieces: PeerScript.Pieces
  /// Whether what was sent last could be sent.
  private(set) var isOpen = true
  /// Said, but not sent yet.
  private var unsent: [UInt8] = []

  init(_ descriptor: Int32, _ pieces: PeerScript.Pieces) {
    (self.descriptor, self.pieces) = (descriptor, pieces)
    var isOn: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout.size(ofValue: isOn)))
  }

  deinit {
    flush()
    if let tls { SSL_free(tls) }
  }

  var isProtected: Bool { tls != nil }

  /// Does the server's side of the TLS handshake; false when it fails, as it does when a client distrusts us.
  func startTLS(_ certificate: TestCertificate) -> Bool {
    flush()
    guard let context = SSL_CTX_new(TLS_server_method()) else { return false }
    defer { SSL_CTX_free(context) }
    guard SSL_CTX_use_certificate_chain_file(context, certificate.certificateFile) == 1,
      SSL_CTX_use_PrivateKey_file(context, certificate.keyFile, SSL_FILETYPE_PEM) == 1,
      let connection = SSL_new(context)
    else { return false }
    tls = connection
    // What came in clear before the handshake must not count as protected (RFC 3207, section 6).
    pending = []
    return SSL_set_fd(connection, descriptor) == 1 && SSL_accept(connection) == 1
  }

  /// Whether the next line is there already.
  var isAhead: Bool { pending.contains(0x0A) }

  /// The next line without its CRLF, or nil at the end.
  func line() -> [UInt8]? {
    while true {
      if let end = pending.firstIndex(of: 0x0A) {
        let line = pending[..<end]
        pending.removeSubrange(...end)
        return Array(line.last == 0x0D ? line.dropLast() : line)
      }
      guard fill() else { return nil }
    }
  }

  /// A message up to the lone dot, dots unescaped, or nil when the connection ends before. Judges by CRLF alone, so
  /// that bare line ends stay visible.
  func message() -> [UInt8]? {
    var message: [UInt8] = []
    while true {
      var searched = 0
      while let end = pending[searched...].firstIndex(of: 0x0A) {
        guard end > pending.startIndex, pending[end - 1] == 0x0D else {
          searched = end + 1
          continue
        }
        let line = Array(pending[...end])
        pending.removeSubrange(...end)
        searched = 0
        if line == [0x2E, 0x0D, 0x0A] { return message }
        message += line.first == 0x2E ? line.dropFirst() : line[...]
      }
      guard fill() else { return nil }
    }
  }

  /// Reads nothing more, and waits until the other side closes.
  func freeze() {
    flush()
    // POLLRDHUP of <poll.h>, which Swift doesn't import.
    var poll = pollfd(fd: descriptor, events: 0x2000, revents: 0)
    while Glibc.poll(&poll, 1, -1) < 0 && errno == EINTR {}
  }

  /// Reads nothing, and waits until nothing more has come in for a tenth of a second.
  func waitUntilFull() {
    flush()
    var limit = timeval(tv_sec: 0, tv_usec: 100_000)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout.size(ofValue: limit)))
    // More than the kernel keeps for a connection.
    var buffer = [UInt8](repeating: 0, count: 1 << 24)
    var (count, before) = (0, -1)
    while count > before {
      before = count
      count = recv(descriptor, &buffer, buffer.count, Int32(MSG_PEEK | MSG_WAITALL))
    }
  }

  func send(_ bytes: [UInt8]) {
    switch pieces {
    case .answers: sendNow(bytes[...])
    case .groups: unsent += bytes
    case .bytes: for index in bytes.indices { sendNow(bytes[index...index]) }
    }
  }

  /// Sends what was kept back.
  func flush() {
    sendNow(unsent[...])
    unsent = []
  }

  private func sendNow(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { buffer in
        tls.map { Int(SSL_write($0, buffer.baseAddress, Int32(buffer.count))) }
          ?? Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else {
        isOpen = false
        return
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Makes the close that follows a reset (RST).
  func reset() {
    flush()
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
  }

  private func fill() -> Bool {
    flush()
    var buffer = [UInt8](repeating: 0, count: 16_384)
    let count =
      tls.map { Int(SSL_read($0, &buffer, Int32(buffer.count))) }
      ?? recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return false }
    pending += buffer[..<count]
    return true
  }
}
