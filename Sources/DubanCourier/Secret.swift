internal import DubanCore
internal import Foundation

/// A password or authorisation code. It prints as `(secret)`, so that no log or error can show it by accident.
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The secret itself: for the transport alone.
  package let value: String

  /// A secret with this value.
  public init(_ value: String) { self.value = value }

  /// `(secret)`.
  public var description: String { "(secret)" }
  /// `(secret)`.
  public var debugDescription: String { "(secret)" }
  /// Nothing to look into.
  public var customMirror: Mirror { Mirror(self, children: [:]) }

}

/// Keeps a password out of a relay's words.
struct SecretMask: Sendable {
  /// Hides nothing.
  static let none = SecretMask(shapes: [])

  /// So many bytes of a password tell too much: fewer, or not many more that are letters alone, are in any words.
  private static let (shortPiece, piece) = (6, 8)

  /// The forms in which a password can come back, in lower case.
  private let shapes: [String]
  /// Each piece of them, as one number of its bytes.
  private let pieces: Set<UInt64>

  /// A mask of this login's password: as it is, as AUTH PLAIN (RFC 4616) and AUTH LOGIN send it, and as programs quote
  /// (percent-encoded, HTML, hexadecimal).
  init(user: String, _ secret: Secret) {
    let value = secret.value
    let sent = ["\u{0}\(user)\u{0}\(value)", value]
    let padded = sent.map { Data($0.utf8).base64EncodedString() }
    let base64 = padded + padded.map { $0.replacing("=", with: "") }
    let hexadecimal = sent.map { $0.utf8.map { String(format: "%02x", $0) }.joined() }
    let percent = value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? value
    let unreserved = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~"))
    let usual = value.addingPercentEncoding(withAllowedCharacters: unreserved) ?? value
    self.init(shapes: [value, percent, usual] + base64 + hexadecimal)
  }

  private init(shapes: [String]) {
    self.shapes = shapes.filter { !$0.isEmpty }.map { $0.lowercased() }
    pieces = Set(self.shapes.flatMap { Self.pieces(of: $0.utf8.map(\.self)).map(\.number) })
  }

  /// Each piece of these bytes, blanks left out, with the places of its first and last byte, in order.
  private static func pieces(of bytes: [UInt8]) -> [(number: UInt64, places: ClosedRange<Int>)] {
    let places = bytes.indices.filter { bytes[$0] > 0x20 }
    let small = places.map { (0x41...0x5A).contains(bytes[$0]) ? bytes[$0] | 0x20 : bytes[$0] }
    return small.indices.flatMap { first in
      [shortPiece, piece].compactMap { length in
        guard first + length <= small.count else { return nil }
        let part = small[first..<first + length]
        if length < piece, part.allSatisfy({ (0x61...0x7A).contains($0) }) { return nil }
        return (part.reduce(0) { $0 << 8 | UInt64($1) }, places[first]...places[first + length - 1])
      }
    }
  }

  /// The text with pieces of the password replaced, also where blanks part their characters.
  private func withoutPieces(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let found = Self.pieces(of: bytes).filter { pieces.contains($0.number) }.map(\.places)
    guard !found.isEmpty else { return text }
    var (result, end): ([UInt8], Int) = ([], 0)
    for places in found {
      if places.lowerBound >= end {
        result += bytes[end..<places.lowerBound]
        result += "(secret)".utf8
      }
      end = max(end, places.upperBound + 1)
    }
    return String(decoding: result + bytes[end...], as: UTF8.self)
  }

  /// The text without the password. Of an answer to a login only the codes and words of letters stay: there it may come
  /// back in any form, and in pieces.
  func hide(in text: String, isAboutLogin: Bool) -> String {
    guard !shapes.isEmpty else { return text }
    var text = withoutPieces(text)
    for shape in shapes where shape.utf8.count(where: { $0 > 0x20 }) < Self.piece {
      text = text.replacingOccurrences(of: shape, with: "(secret)", options: .caseInsensitive)
    }
    guard isAboutLogin else { return text }
    let head = text.prefix(4)
    let words = text.dropFirst(4).split(separator: " ", omittingEmptySubsequences: false)
    return head + words.map { isHarmless($0) ? String($0) : "…" }.joined(separator: " ")
  }

  private func isHarmless(_ word: Substring) -> Bool {
    if word.isEmpty || word.contains("(secret)") || word.wholeMatch(of: /[245]\.\d{1,3}\.\d{1,3}/) != nil {
      return true
    }
    guard word.allSatisfy({ $0.isLetter || $0.isPunctuation }), !word.contains("/"), !word.contains("&")
    else {
      return false
    }
    // Four letters of a password tell something; two or three are in half of all words.
    let letters = word.filter(\.isLetter).lowercased()
    return letters.count < 4 || !shapes.contains { $0.contains(letters) }
  }
}

/// Why a secret can't be had: names the file, never its content.
public struct SecretError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One line: what is wrong and what to do.
  public let description: String
  /// Whether the file is there and may be sound, but not for this user's eyes.
  public let isForbidden: Bool

  /// An error with these words.
  public init(_ description: String, isForbidden: Bool = false) {
    (self.description, self.isForbidden) = (description, isForbidden)
  }
}

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
    // Non-blocking, or else opening a named pipe would wait for a writer for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
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
    guard !text.contains(where: \.isNewline) else {
      throw SecretError("the password file \(source) holds more than one line; \(remedy)")
    }
    if let (place, scalar) = Self.stray(in: text.unicodeScalars) {
      let name = scalar == " " ? "a space" : CleanText.name(of: scalar)
      throw SecretError(
        "the password in \(source) \(place) \(name), which belongs to no password; take it out, as text that was "
          + "copied often brings it along")
    }
    return Secret(text)
  }

  /// A blank at either end, a character that can't be seen, or a full-width one: what copying and input methods bring
  /// along. And where it is.
  private static func stray(
    in text: String.UnicodeScalarView
  ) -> (place: String, scalar: Unicode.Scalar)? {
    if let first = text.first, first.properties.isWhitespace { return ("begins with", first) }
    if let last = text.last, last.properties.isWhitespace { return ("ends with", last) }
    let hidden = text.first { scalar in
      scalar != " "
        && (scalar.properties.isWhitespace || (0xFF01...0xFF5E).contains(scalar.value)
          || [.format, .control].contains(scalar.properties.generalCategory))
    }
    return hidden.map { ("holds", $0) }
  }

  private var remedy: String {
    "write the mailbox's password or authorisation code into it, alone on one line: "
      + "install -m 600 /dev/null \(source), then open it in an editor"
  }
}
