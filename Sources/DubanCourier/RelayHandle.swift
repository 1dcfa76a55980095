internal import CCurl

/// A libcurl handle set up for one relay. It keeps its connection between uses; one queue at a time uses it.
final class RelayHandle {
  /// libcurl refused an option, or can't be set up at all.
  struct SetupError: Error {
    let text: String
  }

  /// What is said; see ``Conversation``.
  let conversation: Conversation
  private let handle: UnsafeMutableRawPointer
  /// libcurl writes here whenever it fails, also after the call that named it: freed after the handle.
  private let errorBuffer = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private let limits: Relay.Limits
  private var recipients: UnsafeMutablePointer<curl_slist>?

  /// A handle for this relay; `login` is the user and the secret. Dials nothing yet.
  ///
  /// `trustsAll` takes any certificate: for looking at one, and never together with a login or a message.
  init(_ relay: Relay, login: (user: String, secret: Secret)?, trustsAll: Bool = false) throws(SetupError) {
    guard let handle = duban_curl_handle() else { throw SetupError(text: "libcurl can't be set up") }
    (self.handle, limits) = (handle, relay.limits)
    conversation = Conversation(hiding: login.map { $0.secret.shapes(user: $0.user) } ?? [])
    errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    try set(CURLOPT_ERRORBUFFER, pointer: errorBuffer)
    try connectTo(relay)
    try protect(relay, trustsAll: trustsAll && login == nil)
    if let login { try logIn(login.user, login.secret) }
    try listen()
  }

  deinit {
    duban_curl_free(handle)
    duban_curl_free_list(recipients)
    errorBuffer.deallocate()
  }

  private func connectTo(_ relay: Relay) throws(SetupError) {
    let scheme = relay.security == .implicitTLS ? "smtps" : "smtp"
    if let helo = relay.helo, !Relay.isHost(helo) {
      throw SetupError(text: "“\(helo)” is no name to greet with")
    }
    let host = relay.host.contains(":") ? "[\(relay.host)]" : relay.host
    try set(CURLOPT_URL, "\(scheme)://\(host):\(relay.port)/\(relay.helo ?? "")")
    try set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    // A proxy in the environment is meant for web traffic.
    try set(CURLOPT_PROXY, "")
    try set(CURLOPT_NOSIGNAL, 1)
    try set(CURLOPT_MAXCONNECTS, 1)
    try set(CURLOPT_CONNECTTIMEOUT_MS, relay.limits.connect)
    try setReplyLimit(relay.limits.reply)
    try set(CURLOPT_TIMEOUT_MS, relay.limits.message)
    // libcurl counts waiting for a reply as a speed of 0, so this limit must not be shorter than the reply's.
    try set(CURLOPT_LOW_SPEED_LIMIT, 1)
    try set(CURLOPT_LOW_SPEED_TIME, Self.seconds(relay.limits.reply))
  }

  private func protect(_ relay: Relay, trustsAll: Bool) throws(SetupError) {
    try set(
      CURLOPT_USE_SSL, relay.security == .none ? Int(CURLUSESSL_NONE.rawValue) : Int(CURLUSESSL_ALL.rawValue))
    try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
    try set(CURLOPT_SSL_VERIFYPEER, trustsAll ? 0 : 1)
    try set(CURLOPT_SSL_VERIFYHOST, trustsAll ? 0 : 2)
    try set(CURLOPT_CERTINFO, 1)
    if let authorities = relay.authorities { try set(CURLOPT_CAINFO, authorities) }
  }

  private func logIn(_ user: String, _ secret: Secret) throws(SetupError) {
    try set(CURLOPT_USERNAME, user)
    try set(CURLOPT_PASSWORD, secret.value)
    // TLS protects the password, so that the plain mechanisms are enough, and the only ones that NetEase offers.
    try set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN")
    try set(CURLOPT_SASL_IR, 1)
  }

  private func listen() throws(SetupError) {
    let context = Unmanaged.passUnretained(conversation).toOpaque()
    try set(CURLOPT_VERBOSE, 1)
    try set(CURLOPT_DEBUGDATA, pointer: context)
    try check(
      duban_curl_set_debug_callback(handle) { _, type, text, size, context in
        guard let text, let context else { return 0 }
        Unmanaged<Conversation>.fromOpaque(context).takeUnretainedValue()
          .note(type, UnsafeRawBufferPointer(start: text, count: size))
        return 0
      })
    try set(CURLOPT_READDATA, pointer: context)
    try check(
      duban_curl_set_callback(handle, CURLOPT_READFUNCTION) { buffer, size, count, context in
        guard let buffer, let context else { return Int(CURL_READFUNC_ABORT) }
        return Unmanaged<Conversation>.fromOpaque(context).takeUnretainedValue()
          .read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
      })
  }

  /// Sends one message and waits for the answer.
  ///
  /// The size isn't announced to libcurl: 7.88 compares it with the bytes written, dots escaped, and could take a
  /// message for complete too early.
  func send(from reversePath: String, to recipient: String, _ bytes: UnsafeRawBufferPointer)
    throws(SetupError) -> Ending
  {
    duban_curl_free_list(recipients)
    recipients = duban_curl_append(nil, "<\(recipient)>")
    guard let recipients else { throw SetupError(text: "out of memory") }
    try set(CURLOPT_UPLOAD, 1)
    try set(CURLOPT_MAIL_FROM, "<\(reversePath)>")
    try check(duban_curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients))
    return perform(bytes)
  }

  /// Sends one command without a message, over the connection that is open, or a new one.
  func command(_ line: String) throws(SetupError) -> Ending {
    try set(CURLOPT_NOBODY, 1)
    try set(CURLOPT_CUSTOMREQUEST, line)
    return perform(UnsafeRawBufferPointer(start: nil, count: 0))
  }

  /// Says QUIT on the connection that is open, if there is one, and waits briefly for the answer.
  ///
  /// `curl_easy_cleanup` says QUIT too, but waits for its answer for two minutes, whatever limit is set; so one more
  /// command is sent upon which libcurl closes the connection itself, within our limit. Returns the answer to QUIT.
  @discardableResult
  func sayFarewell() -> Reply? {
    duban_curl_dial_no_more(handle)
    do {
      try set(CURLOPT_FORBID_REUSE, 1)
      try setReplyLimit(limits.farewell)
      try set(CURLOPT_TIMEOUT_MS, limits.farewell)
      try check(duban_curl_set_list(handle, CURLOPT_MAIL_RCPT, nil))
      _ = try command("NOOP")
    } catch {
      // Without these options the connection is closed by the clean-up: later, but as well.
    }
    return conversation.farewell
  }

  /// The address at the other end, where libcurl tells.
  var peer: String? {
    var address: UnsafeMutablePointer<CChar>?
    guard duban_curl_get_string(handle, CURLINFO_PRIMARY_IP, &address) == CURLE_OK, let address else {
      return ""
    }
    return String(cString: address)
  }

  /// The relay's own certificate, once TLS stands.
  var certificate: ShownCertificate? {
    var chain: UnsafeMutablePointer<curl_certinfo>?
    guard duban_curl_get_certificates(handle, &chain) == CURLE_OK, let chain = chain?.pointee,
      chain.num_of_certs > 0
    else { return nil }
    var (fields, next) = ([String](), chain.certinfo[0])
    while let field = next?.pointee {
      if let data = field.data { fields.append(String(cString: data)) }
      next = field.next
    }
    return ShownCertificate(fields)
  }

  private func perform(_ bytes: UnsafeRawBufferPointer) -> Ending {
    conversation.begin(bytes)
    errorBuffer[0] = 0
    let code = duban_curl_perform(handle)
    conversation.end()
    let detail =
      errorBuffer[0] == 0 ? String(cString: duban_curl_explain(code)) : String(cString: errorBuffer)
    return Ending(code: code, detail: detail, exchanges: conversation.exchanges, reached: reached)
  }

  /// How far the connection itself came.
  private var reached: Ending.Reached {
    if offset(CURLINFO_APPCONNECT_TIME_T) > 0 { return .secured }
    if offset(CURLINFO_CONNECT_TIME_T) > 0 { return .connected }
    return offset(CURLINFO_NAMELOOKUP_TIME_T) > 0 ? .resolved : .nothing
  }

  private func offset(_ info: CURLINFO) -> curl_off_t {
    var value: curl_off_t = 0
    return duban_curl_get_offset(handle, info, &value) == CURLE_OK ? value : 0
  }

  /// libcurl 7.88 takes this limit in whole seconds.
  private func setReplyLimit(_ milliseconds: Int) throws(SetupError) {
    try set(CURLOPT_SERVER_RESPONSE_TIMEOUT, Self.seconds(milliseconds))
  }

  private static func seconds(_ milliseconds: Int) -> Int { max(1, (milliseconds + 999) / 1000) }

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

extension RelayHandle {
  /// How one use of the handle ended: facts only.
  struct Ending {
    /// How far the connection itself came.
    enum Reached: Comparable {
      case nothing, resolved, connected, secured
    }

    var code: CURLcode
    /// libcurl's words.
    var detail: String
    var exchanges: [Conversation.Exchange]
    var reached: Reached
  }
}
