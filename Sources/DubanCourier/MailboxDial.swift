internal import CCurl

/// How a mailbox's server is dialled, and what it says to that.
package final class MailboxDial {
  /// The server's last word while we logged in: one printable line without the password.
  package private(set) var lastAnswer = ""
  private let mask: SecretMask
  private let login: (user: String, secret: Secret)?

  /// For this server, whose password is read now.
  package init(_ server: Relay) throws(SecretError) {
    guard let user = server.user else {
      (login, mask) = (nil, .none)
      return
    }
    let secret = try server.secret()
    (login, mask) = ((user, secret), SecretMask(user: user, secret))
  }

  /// A connection that reports to this one. Dials nothing yet.
  ///
  /// libcurl logs in by whatever the server offers: where it knows which ways we want, version 7.88 refuses an IMAP server that
  /// announces OAuth alone.
  package func connection(to server: Relay) throws(LineConnection.SetupError) -> LineConnection {
    try LineConnection(
      server, protocols: ("imap", "imaps"), path: "", login: login, mechanisms: nil, trustsAll: false,
      dialled: note)
  }

  /// A server's words in one printable line, without the password.
  package func shown(_ words: some StringProtocol) -> String {
    printableLine(mask.hide(in: String(words), isAboutLogin: false))
  }

  private func note(_ type: curl_infotype, _ bytes: [UInt8]) {
    guard type == CURLINFO_HEADER_IN else { return }
    let lines = String(decoding: bytes.prefix(2000), as: UTF8.self).split(whereSeparator: \.isNewline)
    if let last = lines.last { lastAnswer = shown(last) }
  }
}
