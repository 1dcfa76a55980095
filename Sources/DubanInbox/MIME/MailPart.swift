/// A mail or one of its parts, taken apart: header fields as bytes, the body still encoded.
public struct MailPart: Sendable {
  /// Header fields in order: name in small letters, the unfolded body.
  var fields: [(name: String, body: [UInt8])] = []
  /// The media type, in small letters: text/plain where none is given.
  var type = "text/plain"
  var parameters: [String: String] = [:]
  var encoding = ""
  /// The body of a part without parts of its own: a piece of the mail's own bytes, which aren't copied.
  var body: ArraySlice<UInt8> = []
  var children: [MailPart] = []
  /// Whether something was left out since it was beyond the limits, or the mail holds NULs.
  var isDamaged = false

  /// The text of the first field of this name.
  public func field(_ name: String) -> String? {
    fields.first { $0.name == name }.map { trimmed(HeaderText.text($0.body)) }
  }

  /// The header's fields as they came.
  public var headerText: String {
    fields.map { "\($0.name):\(String(decoding: $0.body, as: UTF8.self))" }.joined(separator: "\n")
  }

  /// What its sender says of a message, and what its reading goes by: none that servers add or change on the way.
  private static let writtenFields: Set = [
    "message-id", "from", "date", "subject", "in-reply-to", "references", "auto-submitted",
  ]

  /// What makes it the same message whichever way it came: what its sender wrote, with the contents of each part.
  public func identity(by hash: ([UInt8]) -> String) -> String {
    let head = fields.filter { Self.writtenFields.contains($0.name) }.map { name, body in
      "\(name):\(HeaderText.text(body).split(whereSeparator: \.isWhitespace).joined(separator: " "))"
    }
    let contents = all().map { part in
      // Lines end as the way has them, and so does the last one.
      var bytes = Transfer.decoded(part.body, part.encoding, atMost: part.body.count)
      bytes.removeAll { $0 == 0x0D }
      while bytes.last == 0x0A { bytes.removeLast() }
      return hash(bytes)
    }
    return hash(Array((head.sorted() + contents).joined(separator: "\n").utf8))
  }

  /// The body as text, lines ended by a line feed; only its beginning where it is longer than anyone writes.
  var text: String { text(atMost: TextLines.most) }

  /// The same of no more than so many bytes.
  func text(atMost most: Int) -> String {
    let bytes = Transfer.decoded(body, encoding, atMost: most)
    return Charset.text(bytes.filter { $0 != 0x0D }, Self.token(parameters["charset"]))
  }

  /// A word of a field in small letters, without quotes of the wrong kind or a comment behind it.
  private static func token(_ text: String?) -> String {
    let word = (text ?? "").drop { " '\t".contains($0) }.prefix { !" ;('\t".contains($0) }
    return word.lowercased()
  }

  /// The fields that the text of this part consists of, as in a report (RFC 3464, RFC 8098).
  var report: MailPart { MailPart(mail: Transfer.decoded(body, encoding, atMost: Self.mostHeader)) }

  /// This part and all below it, in order; not into enclosed mails where `entering` is false.
  func all(entering: Bool = true) -> [MailPart] {
    var result = [self]
    guard entering || !type.hasPrefix("message/") else { return result }
    for child in children { result += child.all(entering: entering) }
    return result
  }

  /// The attached files, each with its bytes; of a larger one only so many.
  public func files(largest: Int) -> [(name: String, bytes: [UInt8])] {
    all(entering: false).compactMap { part in
      part.attachmentName.map { ($0, Transfer.decoded(part.body, part.encoding, atMost: largest)) }
    }
  }

  /// The name that a person sees for an attached file; nil for what is part of the text or a signature (RFC 8551).
  var attachmentName: String? {
    guard children.isEmpty,
      !["application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"].contains(
        type)
    else { return nil }
    let disposition = fields.first { $0.name == "content-disposition" }.map { HeaderText.structured($0.body) }
    let name = disposition?.parameters["filename"] ?? parameters["name"]
    guard let name, !name.isEmpty else { return nil }
    let isInline =
      disposition?.value == "inline"
      || fields.contains { $0.name == "content-id" } && disposition?.value != "attachment"
    return isInline && type.hasPrefix("image/") ? nil : name
  }
}

extension MailPart {
  private static let deepest = 20
  private static let mostParts = 500
  private static let mostFields = 30_000
  /// Bytes of a field, and of all fields of a header.
  private static let longestField = 64 << 10
  private static let mostHeader = 4 << 20
  /// Bytes of an enclosed mail that is encoded as a whole, which RFC 2046 forbids and some systems do.
  private static let mostDecoded = 4 << 20

  /// Takes a mail apart. Never fails: what can't be read is text.
  public init(mail: [UInt8]) {
    var left = Self.mostParts
    // Lines of old systems may end in a CR alone.
    let isOld = !mail.contains(0x0A) && mail.contains(0x0D)
    self.init((isOld ? mail.map { $0 == 0x0D ? 0x0A : $0 } : mail)[...], depth: 0, left: &left)
    if mail.contains(0) || fields.count > 1_000 { isDamaged = true }
  }

  private init(_ bytes: ArraySlice<UInt8>, depth: Int, left: inout Int) {
    left -= 1
    let start = readFields(bytes)
    if let content = fields.first(where: { $0.name == "content-type" }) {
      let read = HeaderText.structured(content.body)
      if read.value.contains("/") { (type, parameters) = read }
    }
    encoding = Self.token(field("content-transfer-encoding"))
    let rest = bytes[start...]
    guard depth < Self.deepest, left > 0 else {
      isDamaged = true
      return
    }
    if type.hasPrefix("multipart/"), let boundary = parameters["boundary"], !boundary.isEmpty {
      let (pieces, isClosed) = Self.pieces(rest, boundary)
      // A mail that was cut off lacks nobody knows what.
      isDamaged = isDamaged || !isClosed && !pieces.isEmpty
      for piece in pieces {
        guard left > 0 else {
          isDamaged = true
          break
        }
        children.append(MailPart(piece, depth: depth + 1, left: &left))
      }
      if children.isEmpty {
        type = "text/plain"
        body = rest
      }
    } else if type == "message/rfc822" || type == "message/global" {
      let isEncoded = encoding == "base64" || encoding == "quoted-printable"
      let inner = isEncoded ? Transfer.decoded(rest, encoding, atMost: Self.mostDecoded)[...] : rest
      children = [MailPart(inner, depth: depth + 1, left: &left)]
    } else {
      body = rest
    }
    isDamaged = isDamaged || children.contains(where: \.isDamaged)
  }

  /// Reads the header; answers where the body begins.
  private mutating func readFields(_ bytes: ArraySlice<UInt8>) -> Int {
    var index = bytes.startIndex
    var room = Self.mostHeader
    while index < bytes.endIndex {
      let end = bytes[index...].firstIndex(of: 0x0A) ?? bytes.endIndex
      var line = bytes[index..<end]
      if line.last == 0x0D { line.removeLast() }
      let next = min(end + 1, bytes.endIndex)
      if line.isEmpty { return next }
      if let first = line.first, first == 0x20 || first == 0x09 {
        let length = fields.last?.body.count ?? 0
        if line.count <= min(room, Self.longestField - length) {
          if !fields.isEmpty { fields[fields.count - 1].body += line }
          room -= line.count
        } else {
          isDamaged = true
        }
      } else if let colon = line.prefix(1_000).firstIndex(of: 0x3A), !line[..<colon].contains(0x20) {
        if fields.count < Self.mostFields, line.count <= min(room, Self.longestField) {
          room -= line.count
          let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
          fields.append((name, Array(line[(colon + 1)...])))
        } else {
          isDamaged = true
        }
      } else if !line.starts(with: "From ".utf8) {
        return index
      }
      index = next
    }
    return bytes.endIndex
  }

  private static func pieces(
    _ bytes: ArraySlice<UInt8>, _ boundary: String
  ) -> (pieces: [ArraySlice<UInt8>], isClosed: Bool) {
    let mark = Array("--\(boundary)".utf8)
    var result: [ArraySlice<UInt8>] = []
    var start: Int?
    var index = bytes.startIndex
    while index < bytes.endIndex, result.count <= mostParts {
      let end = bytes[index...].firstIndex(of: 0x0A) ?? bytes.endIndex
      if bytes[index] == 0x2D, bytes[index..<end].starts(with: mark) {
        let tail = bytes[(index + mark.count)..<end].prefix(200).filter {
          $0 != 0x20 && $0 != 0x09 && $0 != 0x0D
        }
        if tail.isEmpty || tail == [0x2D, 0x2D] {
          if let start, start <= index { result.append(bytes[start..<max(start, index - 1)]) }
          start = tail.isEmpty ? min(end + 1, bytes.endIndex) : nil
          if !tail.isEmpty { return (result, true) }
        }
      }
      index = min(end + 1, bytes.endIndex)
    }
    if let start { result.append(bytes[start...]) }
    return (result, false)
  }
}
