internal import Foundation

/// The Content-Security-Policy of a finished page: its own style and script may run, and nothing else may be
/// loaded or executed (W3C Content Security Policy Level 3).
///
/// What came from a ledger is escaped, so every `<style>` and `<script>` in the page stands in a template.
enum ContentPolicy {
  /// The policy for a page as rendered; an element that carries attributes isn't allowed to run.
  static func policy(of page: String) -> String {
    [
      "default-src 'none'", "img-src data:", "base-uri 'none'", "form-action 'none'",
      (["style-src"] + hashes(of: "style", in: page)).joined(separator: " "),
      (["script-src"] + hashes(of: "script", in: page)).joined(separator: " "),
    ].joined(separator: "; ")
  }

  private static func hashes(of element: String, in page: String) -> [String] {
    let (start, end) = (Array("<\(element)>".utf8), Array("</\(element)>".utf8))
    var rest = Array(page.utf8)[...]
    var found: [String] = []
    while let opening = rest.firstRange(of: start) {
      rest = rest[opening.upperBound...]
      guard let closing = rest.firstRange(of: end) else { break }
      let hash = Data(SHA256.digest(of: rest[..<closing.lowerBound])).base64EncodedString()
      found.append("'sha256-\(hash)'")
      rest = rest[closing.upperBound...]
    }
    return found.isEmpty ? ["'none'"] : found
  }
}
