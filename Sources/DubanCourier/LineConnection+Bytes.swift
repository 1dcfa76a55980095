internal import CCurl
internal import Foundation

extension LineConnection {
  /// The connection can't be used any more.
  package struct Failure: Error {
    var code: CURLcode
    /// More words than the code has.
    package var detail = ""
    /// Whether the login was refused.
    package var isLoginRefused: Bool { code == CURLE_LOGIN_DENIED }
  }

  /// More than any honest reply has, in bytes.
  static let longestReply = 65_536
  /// How long a connection may have been idle to be used again, as libcurl has it: firewalls forget it without a word.
  static let mostIdle = Duration.seconds(118)

  /// Whether anything can go over this connection: it stands, and the server has said nothing since the last answer. A
  /// goodbye, the end of the connection and bytes before their time look alike here: none is an answer.
  var isReusable: Bool {
    isOpen && SuspendingClock.now - lastUse < Self.mostIdle && incoming.count == 0 && (try? takeIn()) == false
  }

  /// Sends bytes.
  ///
  /// - Parameter interruption: called where the server says anything meanwhile; what it throws ends the sending. A server
  ///   that has made up its mind in the middle of a message reads no more of it, and what it said is still there when the
  ///   connection ends.
  package func send(
    _ bytes: [UInt8], _ timeout: Timeout, interruption: (() throws(Failure) -> Void)? = nil
  ) throws(Failure) {
    var sent = 0
    while sent < bytes.count {
      var count = 0
      // After CURLE_AGAIN the same bytes have to be offered again: TLS may have taken them already.
      let code = bytes.withUnsafeBytes {
        duban_curl_send(handle, $0.baseAddress.map { $0 + sent }, $0.count - sent, &count)
      }
      if code == CURLE_AGAIN {
        try wait(for: interruption == nil ? POLLOUT : POLLIN | POLLOUT, until: timeout.limit)
        if let interruption, try takeIn() { try interruption() }
      } else if code != CURLE_OK {
        let failure = Failure(code: code, detail: words(for: code))
        if let interruption, (try? takeIn()) == true { try interruption() }
        throw failure
      }
      sent += count
    }
  }

  /// Waits for a whole reply, line by line; `receive` says which line is the last one.
  func readReply(_ timeout: Timeout, receive: (ArraySlice<UInt8>) -> Bool) throws(Failure) {
    let limit = timeout.limit
    var size = 0
    while true {
      while let line = incoming.next() {
        if receive(line) {
          lastUse = SuspendingClock.now
          return
        }
        size += line.count
      }
      guard size + incoming.count <= Self.longestReply else {
        throw Failure(
          code: CURLE_WEIRD_SERVER_REPLY, detail: "a reply of more than \(Self.longestReply) bytes")
      }
      try awaitBytes(until: limit)
    }
  }

  /// Waits for the next line, and returns it without its line end.
  package func readLine(_ timeout: Timeout, atMost most: Int) throws(Failure) -> [UInt8] {
    let limit = timeout.limit
    while true {
      if let line = incoming.next() {
        lastUse = SuspendingClock.now
        let end = line.dropLast()
        return Array(end.last == 0x0D ? end.dropLast() : end)
      }
      guard incoming.count <= most else {
        throw Failure(code: CURLE_WEIRD_SERVER_REPLY, detail: "a line of more than \(most) bytes")
      }
      try awaitBytes(until: limit)
    }
  }

  /// Waits for exactly so many bytes; each piece of them may take as long as an answer.
  package func readBytes(_ count: Int, _ timeout: Timeout) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      bytes += incoming.take(count - bytes.count)
      if bytes.count == count { return bytes }
      try awaitBytes(until: timeout.limit)
    }
  }

  /// What ends a conversation with a server that says what it mustn't.
  package func refusal(_ what: String) -> Failure { Failure(code: CURLE_WEIRD_SERVER_REPLY, detail: what) }

  private func awaitBytes(until limit: SuspendingClock.Instant) throws(Failure) {
    repeat {
      if isDrained { try wait(for: POLLIN, until: limit) }
    } while try !takeIn()
  }

  /// Takes in what is there, without waiting; whether anything was.
  func takeIn() throws(Failure) -> Bool {
    var count = 0
    let code = withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
      let code = duban_curl_receive(handle, buffer.baseAddress, buffer.count, &count)
      if code == CURLE_OK { incoming.append(UnsafeRawBufferPointer(rebasing: buffer.prefix(count))) }
      return code
    }
    isDrained = code == CURLE_AGAIN
    if isDrained { return false }
    guard code == CURLE_OK else { throw Failure(code: code, detail: words(for: code)) }
    guard count > 0 else { throw Failure(code: CURLE_GOT_NOTHING) }
    return true
  }

  /// Waits until the socket can be read from or written to, or its connection has ended.
  private func wait(for event: Int32, until limit: SuspendingClock.Instant) throws(Failure) {
    while true {
      let rest = (limit - SuspendingClock.now).components
      let milliseconds = rest.seconds * 1000 + rest.attoseconds / 1_000_000_000_000_000
      guard milliseconds >= 0 else {
        throw Failure(code: CURLE_OPERATION_TIMEDOUT, detail: words(for: CURLE_OPERATION_TIMEDOUT))
      }
      var descriptor = pollfd(fd: socket, events: Int16(event), revents: 0)
      // What is left of a millisecond counts as one.
      let ready = poll(&descriptor, 1, Int32(clamping: milliseconds + 1))
      if ready > 0 { return }
      if ready < 0, errno != EINTR {
        throw Failure(code: CURLE_RECV_ERROR, detail: String(cString: strerror(errno)))
      }
    }
  }
}
