internal import CCurl
internal import Foundation

/// One connection to a mail server, over which lines go; it knows nothing of what they say. Used from one queue at a
/// time.
///
/// libcurl connects, greets, sets up TLS and logs in, and then leaves the connection to us (`CURLOPT_CONNECT_ONLY`);
/// what goes over it still goes through libcurl, encrypted where the connection is.
package final class LineConnection {
  /// libcurl refused an option, or can't be set up at all.
  package struct SetupError: Error {
    package let text: String
  }

  /// How far the connection itself came.
  enum Reached: Comparable {
    case nothing, resolved, connected, secured
  }

  /// libcurl's easy handle, which C gives as `void *`; ours until `deinit`.
  let handle: UnsafeMutableRawPointer
  /// libcurl writes here whenever it fails, also after the call that named it: freed after the handle.
  private let errorBuffer = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  /// What libcurl sends and receives while it dials; later it is housekeeping.
  private let dialled: (curl_infotype, [UInt8]) -> Void
  private var isDialling = false

  /// Whether the connection is there, as far as we know.
  package private(set) var isOpen = false
  private(set) var socket: curl_socket_t = -1
  /// What has come in and wasn't looked at yet.
  var incoming = IncomingLines()
  /// Nothing is left in libcurl: what comes next shows at the socket.
  var isDrained = false
  /// When an answer last came.
  var lastUse = SuspendingClock.now

  /// A connection to this server, by libcurl's name for the protocol without TLS and for the one over TLS; `login` is
  /// the user and the secret. Dials nothing yet.
  ///
  /// `trustsAll` takes any certificate: for looking at one, and never together with a login or a message. `mechanisms`
  /// are those that may be used to log in; nil: whatever the server offers.
  init(
    _ relay: Relay, protocols: (plain: String, overTLS: String), path: String,
    login: (user: String, secret: Secret)?, mechanisms: String?, trustsAll: Bool,
    dialled: @escaping (curl_infotype, [UInt8]) -> Void
  ) throws(SetupError) {
    guard let handle = duban_curl_handle() else { throw SetupError(text: "libcurl can't be set up") }
    (self.handle, self.dialled) = (handle, dialled)
    errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    try set(CURLOPT_ERRORBUFFER, pointer: errorBuffer)
    try connectTo(relay, protocols, path)
    try protect(relay, trustsAll: trustsAll && login == nil)
    if let login { try logIn(login.user, login.secret, mechanisms) }
    try listen()
  }

  deinit {
    duban_curl_free(handle)
    errorBuffer.deallocate()
  }

  private func connectTo(
    _ relay: Relay, _ protocols: (plain: String, overTLS: String), _ path: String
  ) throws(SetupError) {
    let scheme = relay.security == .implicitTLS ? protocols.overTLS : protocols.plain
    let host = relay.host.contains(":") ? "[\(relay.host)]" : relay.host
    try set(CURLOPT_URL, "\(scheme)://\(host):\(relay.port)/\(path)")
    try set(CURLOPT_PROTOCOLS_STR, "\(protocols.plain),\(protocols.overTLS)")
    // A proxy in the environment is meant for web traffic.
    try set(CURLOPT_PROXY, "")
    try set(CURLOPT_NOSIGNAL, 1)
    try set(CURLOPT_CONNECT_ONLY, 1)
    try set(CURLOPT_CONNECTTIMEOUT_MS, relay.limits.connect)
    // libcurl 7.88 takes this limit in whole seconds.
    try set(CURLOPT_SERVER_RESPONSE_TIMEOUT, max(1, (relay.limits.reply + 999) / 1000))
    try set(CURLOPT_TIMEOUT_MS, relay.limits.message)
  }

  private func protect(_ relay: Relay, trustsAll: Bool) throws(SetupError) {
    try set(CURLOPT_USE_SSL, relay.security == .none ? duban_curl_use_ssl_none : duban_curl_use_ssl_all)
    try set(CURLOPT_SSLVERSION, duban_curl_tls_1_2)
    try set(CURLOPT_SSL_VERIFYPEER, trustsAll ? 0 : 1)
    try set(CURLOPT_SSL_VERIFYHOST, trustsAll ? 0 : 2)
    try set(CURLOPT_CERTINFO, 1)
    if let authorities = relay.authorities { try set(CURLOPT_CAINFO, authorities) }
  }

  private func logIn(_ user: String, _ secret: Secret, _ mechanisms: String?) throws(SetupError) {
    try set(CURLOPT_USERNAME, user)
    try set(CURLOPT_PASSWORD, secret.value)
    if let mechanisms { try set(CURLOPT_LOGIN_OPTIONS, mechanisms) }
    try set(CURLOPT_SASL_IR, 0)
  }

  /// Whether the secret goes out with the command (RFC 4954, section 4), by what the relay offers: PLAIN in one line,
  /// as the world does it; LOGIN in answer to its questions, since relays that know no initial response for it take the
  /// password for the user name. libcurl would rather have PLAIN, and reads the option when it begins to log in.
  private func noteMechanisms(_ line: UnsafeRawBufferPointer) {
    let words = String(decoding: line, as: UTF8.self).uppercased().split { " -=\r\n".contains($0) }
    guard words.starts(with: ["250", "AUTH"]) else { return }
    _ = duban_curl_set_long(handle, CURLOPT_SASL_IR, words.contains("PLAIN") ? 1 : 0)
  }

  private func listen() throws(SetupError) {
    try set(CURLOPT_VERBOSE, 1)
    // Unretained: libcurl calls back from `open()` alone, while this object runs it.
    try set(CURLOPT_DEBUGDATA, pointer: Unmanaged.passUnretained(self).toOpaque())
    try check(
      duban_curl_set_debug_callback(handle, CURLOPT_DEBUGFUNCTION) { _, type, text, size, context in
        guard let text, let context else { return 0 }
        let connection = Unmanaged<LineConnection>.fromOpaque(context).takeUnretainedValue()
        if connection.isDialling {
          // Valid during this call only: what is kept is copied.
          let said = UnsafeRawBufferPointer(start: text, count: size)
          if type == CURLINFO_HEADER_IN { connection.noteMechanisms(said) }
          connection.dialled(type, Array(said))
        }
        return 0
      })
  }

  /// Connects, greets, protects and logs in.
  package func open() throws(Failure) {
    (incoming, isDrained) = (IncomingLines(), false)
    errorBuffer[0] = 0
    isDialling = true
    let code = duban_curl_perform(handle)
    isDialling = false
    guard code == CURLE_OK, duban_curl_get_socket(handle, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK,
      socket >= 0
    else {
      throw Failure(code: code == CURLE_OK ? CURLE_COULDNT_CONNECT : code, detail: words(for: code))
    }
    isOpen = true
  }

  /// Ends the connection where bytes stay unacknowledged for so many milliseconds (tcp(7), TCP_USER_TIMEOUT).
  func giveUp(afterUnacknowledged milliseconds: Int32) {
    var value = UInt32(milliseconds)
    setsockopt(
      socket, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &value, socklen_t(MemoryLayout.size(ofValue: value)))
  }

  /// Nothing more goes over this connection.
  package func close() { isOpen = false }

  /// The address at the other end, where libcurl says so.
  package var peer: String? {
    // libcurl's own text: copied, never freed.
    var address: UnsafeMutablePointer<CChar>?
    guard duban_curl_get_string(handle, CURLINFO_PRIMARY_IP, &address) == CURLE_OK, let address else {
      return ""
    }
    return String(cString: address)
  }

  /// The relay's own certificate, once TLS is there.
  var certificate: ShownCertificate? {
    // libcurl's own lists, which live as long as the handle: copied, never freed.
    var chain: UnsafeMutablePointer<curl_certinfo>?
    guard duban_curl_get_certificates(handle, CURLINFO_CERTINFO, &chain) == CURLE_OK,
      let chain = chain?.pointee,
      chain.num_of_certs > 0
    else { return nil }
    var (fields, next) = ([String](), chain.certinfo[0])
    while let field = next?.pointee {
      if let data = field.data { fields.append(String(cString: data)) }
      next = field.next
    }
    return ShownCertificate(fields)
  }

  /// libcurl's own words for a failure.
  func words(for code: CURLcode) -> String {
    errorBuffer[0] == 0 ? String(cString: duban_curl_explain(code)) : String(cString: errorBuffer)
  }

  /// How far the connection itself came.
  var reached: Reached {
    if offset(CURLINFO_APPCONNECT_TIME_T) > 0 { return .secured }
    if offset(CURLINFO_CONNECT_TIME_T) > 0 { return .connected }
    return offset(CURLINFO_NAMELOOKUP_TIME_T) > 0 ? .resolved : .nothing
  }

  private func offset(_ info: CURLINFO) -> curl_off_t {
    var value: curl_off_t = 0
    return duban_curl_get_offset(handle, info, &value) == CURLE_OK ? value : 0
  }

  private func set(_ option: CURLoption, _ value: Int) throws(SetupError) {
    try check(duban_curl_set_long(handle, option, value))
  }

  private func set(_ option: CURLoption, _ value: String) throws(SetupError) {
    try check(duban_curl_set_string(handle, option, value))
  }

  private func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer) throws(SetupError) {
    try check(duban_curl_set_pointer(handle, option, pointer))
  }

  private func check(_ code: CURLcode) throws(SetupError) {
    guard code == CURLE_OK else {
      throw SetupError(text: "libcurl: \(String(cString: duban_curl_explain(code)))")
    }
  }
}

extension LineConnection {
  /// The connection can't be used any more.
  package struct Failure: Error {
    var code: CURLcode
    /// More words than the code has.
    package var detail = ""
    package var isLoginRefused: Bool { code == CURLE_LOGIN_DENIED }
    /// Whether nothing was heard in time.
    package var isTimedOut: Bool { code == CURLE_OPERATION_TIMEDOUT }
  }

  /// More than any honest reply has, in bytes.
  static let longestReply = 65_536
  /// How long a connection may have been idle to be used again, as libcurl has it: firewalls forget it without a word.
  static let mostIdle = Duration.seconds(118)

  /// Whether anything can go over this connection: it is open, and the server has said nothing since the last answer. A
  /// goodbye, the end of the connection and bytes before their time look alike here: none is an answer.
  var isReusable: Bool {
    isOpen && SuspendingClock.now - lastUse < Self.mostIdle && incoming.count == 0
      && (try? receive()) == false
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
      // After CURLE_AGAIN the same bytes have to be offered again: TLS may have taken them already. By pointer: the rest of
      // a message is sent without a copy of it.
      let code = bytes.withUnsafeBytes {
        duban_curl_send(handle, $0.baseAddress.map { $0 + sent }, $0.count - sent, &count)
      }
      if code == CURLE_AGAIN {
        try wait(for: interruption == nil ? POLLOUT : POLLIN | POLLOUT, until: timeout.limit)
        if let interruption, try receive() { try interruption() }
      } else if code != CURLE_OK {
        let failure = Failure(code: code, detail: words(for: code))
        if let interruption, (try? receive()) == true { try interruption() }
        throw failure
      }
      sent += count
    }
  }

  /// Waits for a whole reply, line by line; `isLast` takes in each line and says which is the last one.
  func readReply(_ timeout: Timeout, isLast: (ArraySlice<UInt8>) -> Bool) throws(Failure) {
    let limit = timeout.limit
    var size = 0
    while true {
      while let line = incoming.next() {
        if isLast(line) {
          lastUse = SuspendingClock.now
          return
        }
        size += line.count
      }
      guard size + incoming.count <= Self.longestReply else {
        throw Failure(
          code: CURLE_WEIRD_SERVER_REPLY, detail: "a reply of more than \(Self.longestReply) bytes")
      }
      guard size + incoming.count > 0 else {
        try awaitBytes(until: limit)
        continue
      }
      do throws(Failure) { try awaitBytes(until: min(limit, timeout.limitOfRest)) } catch {
        throw error.isTimedOut
          ? Failure(code: error.code, detail: "the rest of an answer didn't come") : error
      }
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
    } while try !receive()
  }

  /// Takes in what is there, without waiting; whether anything was.
  func receive() throws(Failure) -> Bool {
    var count = 0
    // On the stack: libcurl fills it, and only what came is copied.
    let code = withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
      let code = duban_curl_receive(handle, buffer.baseAddress, buffer.count, &count)
      if code == CURLE_OK { incoming.append(Array(buffer.prefix(count))) }
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
