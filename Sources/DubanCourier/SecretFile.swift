internal import Foundation

/// The file that holds the relay's password: one line, which others can't read.
public struct SecretFile: Sendable, Hashable {
  /// Where systemd's `LoadCredential=relay-password:…` puts it, below `$CREDENTIALS_DIRECTORY`.
  public static let credentialName = "relay-password"
  /// Far above any password: a longer file is something else.
  static let largestSize = 4096

  /// The file's path.
  public var path: String

  /// The file at this path.
  public init(path: String) { self.path = path }

  /// The file `relay-password` in `$CREDENTIALS_DIRECTORY`, or nil where the variable isn't set.
  public init?(environment: [String: String]) {
    guard let directory = environment["CREDENTIALS_DIRECTORY"], !directory.isEmpty else { return nil }
    path = "\(directory)/\(Self.credentialName)"
  }

  /// The secret, without the line end.
  ///
  /// Refuses a file that everybody can read or that its group can change. A file that its group can read is fine:
  /// `root:duban 0640` is usual, and systemd's access lists show as group bits.
  public func read() throws(SecretError) -> Secret {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw SecretError("the password file \(path) can't be opened: \(String(cString: strerror(errno)))")
    }
    defer { Glibc.close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw SecretError("the password file \(path) is no plain file")
    }
    guard status.st_mode & 0o027 == 0 else {
      let mode = String(status.st_mode & 0o777, radix: 8)
      throw SecretError("the password file \(path) is open to others (mode \(mode)); run: chmod 600 \(path)")
    }
    var bytes = [UInt8](repeating: 0, count: Self.largestSize + 1)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    guard count >= 0 else {
      throw SecretError("the password file \(path) can't be read: \(String(cString: strerror(errno)))")
    }
    guard count <= Self.largestSize, var text = String(validating: bytes[..<count], as: UTF8.self) else {
      throw SecretError("the password file \(path) is no text of one line")
    }
    while text.last?.isNewline == true { text.removeLast() }
    guard !text.isEmpty else { throw SecretError("the password file \(path) is empty") }
    guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
      throw SecretError("the password file \(path) holds more than one line, or control characters")
    }
    return Secret(text)
  }
}
