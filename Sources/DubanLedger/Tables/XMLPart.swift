import Foundation
import FoundationXML

/// Reads one XML part of a workbook and hands its elements over by their local names.
///
/// The prefix of a name is dropped: Excel writes none, other programs do. A document type declaration is refused
/// before parsing, so there are no entities to expand and nothing outside the part to fetch.
final class XMLPart: NSObject, XMLParserDelegate {
  /// What wants to know about the part's elements.
  protocol Handler: AnyObject {
    /// An element begins. Attributes go by their qualified names.
    func begin(_ element: Substring, _ attributes: [String: String])
    /// The element ends.
    func end(_ element: Substring)
    /// Characters between tags, as many calls as it takes.
    func characters(_ text: String)
    /// Whether enough was read, or too much.
    var isDone: Bool { get }
  }

  /// Why a part can't be read.
  enum Failure: Error, Equatable {
    /// Not well-formed, with the line.
    case malformed(line: Int)
    /// It has a document type declaration.
    case declaresDocumentType
    /// Its characters aren't UTF-8.
    case notUTF8
  }

  private let handler: any Handler

  private init(_ handler: any Handler) { self.handler = handler }

  /// Reads the part in `bytes`.
  static func read(_ bytes: [UInt8], with handler: any Handler) throws(Failure) {
    // UTF-16 and its kind would hide a declaration from the search below.
    let head = String(decoding: bytes.prefix(200), as: UTF8.self).lowercased()
    let declaration = head.firstRange(of: "?>").map { head[..<$0.lowerBound] } ?? ""
    // Foundation's parser traps on a name that isn't UTF-8, rather than reporting it.
    if bytes.contains(0) || UTF8Census(bytes).firstFlaw != nil
      || declaration.contains("encoding") && !declaration.contains("utf-8")
    {
      throw .notUTF8
    }
    let data = Data(bytes)
    if data.range(of: Data("<!DOCTYPE".utf8)) != nil { throw .declaresDocumentType }
    let parser = XMLParser(data: data)
    parser.shouldResolveExternalEntities = false
    let part = XMLPart(handler)
    parser.delegate = part
    let isWhole = withExtendedLifetime(part) { parser.parse() }
    guard isWhole || handler.isDone else { throw .malformed(line: parser.lineNumber) }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    handler.begin(Self.localName(name), attributes)
    if handler.isDone { parser.abortParsing() }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    handler.end(Self.localName(name))
    if handler.isDone { parser.abortParsing() }
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) { handler.characters(text) }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    handler.characters(String(decoding: block, as: UTF8.self))
  }

  private static func localName(_ name: String) -> Substring {
    guard let colon = name.lastIndex(of: ":") else { return name[...] }
    return name[name.index(after: colon)...]
  }
}

extension [String: String] {
  /// The value of the attribute of that local name that has a prefix, such as `r:id`.
  func prefixed(_ name: String) -> String? { first { $0.key.hasSuffix(":" + name) }?.value }
}
