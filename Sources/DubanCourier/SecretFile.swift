internal import Foundation

/// The file that holds the relay's password: one line, which others can't read.
public struct SecretFile: Sendable, Hashable {
  /// Where systemd's `LoadCredential=relay-password:…` puts the relay's, below `$CREDENTIALS_DIRECTORY`.
  public static let relayCredential = "relay-password"
  /// The same of a mailbox that is read.
  public static let inboxCredential = "inbox-password"
  /// Far above any password: a longer file is something else.
  static let largestSize = 4096

  /// The file's path.
  public var path: String
  /// The file that people write the password into; systemd hands it over under ``path``, or an empty file in its place.
  public var source: String

  /// The file at this path.
  public init(path: String) { (self.path, source) = (path, path) }

  /// The file of this credential in `$CREDENTIALS_DIRECTORY`, or nil where the variable isn't set.
  ///
  /// - Parameter source: where systemd takes it from.
  public init?(_ credential: String = relayCredential, environment: [String: String], source: String) {
    guard let directory = environment["CREDENTIALS_DIRECTORY"], !directory.isEmpty else { return nil }
    (path, self.source) = ("\(directory)/\(credential)", source)
  }

  /// The secret, without the line end and without the byte order mark that some editors put before it.
  ///
  /// Refuses a file that everybody can read or that its group can change. A file that its group can read is fine:
  /// `root:duban 0640` is usual, and systemd's access lists show as group bits.
  public func read() throws(SecretError) -> Secret {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT: throw SecretError("the password file \(source) isn't there; \(remedy)")
      case EACCES:
        throw SecretError("this user may not read the password file \(source)", isForbidden: true)
      default:
        throw SecretError("the password file \(source) can't be opened: \(String(cString: strerror(errno)))")
      }
    }
    defer { Glibc.close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw SecretError("the password file \(source) is no plain file")
    }
    guard status.st_mode & 0o027 == 0 else {
      let mode = String(status.st_mode & 0o777, radix: 8)
      throw SecretError(
        "the password file \(source) is open to others (mode \(mode)); run: chmod 600 \(source)")
    }
    var bytes = [UInt8](repeating: 0, count: Self.largestSize + 1)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    guard count >= 0 else {
      throw SecretError("the password file \(source) can't be read: \(String(cString: strerror(errno)))")
    }
    guard count <= Self.largestSize, var text = String(validating: bytes[..<count], as: UTF8.self) else {
      throw SecretError("the password file \(source) is no text of one line")
    }
    // Windows' editor puts a byte order mark first.
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    while text.last?.isNewline == true { text.removeLast() }
    guard !text.isEmpty else { throw SecretError("the password file \(source) is empty; \(remedy)") }
    guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
      throw SecretError("the password file \(source) holds more than one line, or control characters")
    }
    if let (place, scalar) = Self.stray(in: text.unicodeScalars) {
      let code = String(scalar.value, radix: 16, uppercase: true)
      let name =
        scalar == " " ? "a space" : "U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code)"
      throw SecretError(
        "the password in \(source) \(place) \(name), which belongs to no password; take it out, as text that was "
          + "copied often brings it along")
    }
    return Secret(text)
  }

  /// A blank at either end, or a character that can't be seen: what copying brings along. And where it is.
  private static func stray(
    in text: String.UnicodeScalarView
  ) -> (place: String, scalar: Unicode.Scalar)? {
    if let first = text.first, first.properties.isWhitespace { return ("begins with", first) }
    if let last = text.last, last.properties.isWhitespace { return ("ends with", last) }
    let hidden = text.first { scalar in
      scalar != " "
        && (scalar.properties.isWhitespace
          || [.format, .control].contains(scalar.properties.generalCategory))
    }
    return hidden.map { ("holds", $0) }
  }

  private var remedy: String {
    "write the mailbox's password or authorisation code into it, alone on one line: "
      + "install -m 600 /dev/null \(source), then open it in an editor"
  }
}
