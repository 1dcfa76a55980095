/// Puts the lines of a cell of a PDF's table together.
enum PDFCell {
  /// A cell's lines as its paragraphs: a line that isn't full ends one, and so does a number at the next line's beginning.
  static func text(
    of lines: [(text: String, right: Double, em: Double)], edge: Double, _ heading: Heading?
  ) -> String {
    if heading == .persons, let names = NameList.names(onLines: lines.map(\.text)) {
      return names.joined(separator: "\n")
    }
    var text = ""
    for (index, line) in lines.enumerated() {
      if index == 0 {
        text = line.text
        continue
      }
      let before = lines[index - 1]
      let isFull = before.right + 1.2 * before.em > edge
      // 县水利局 over 王维中
      let isPerson =
        heading == .units && NameList.endsAsUnit(before.text) && NameList.looksLikeName(line.text.squeezed)
        && !NameList.looksLikeUnit(line.text)
      let begins = isPerson || NumberedParts.begins(line.text)
      text =
        begins || !isFull || endsName(before.text, lines[index...].map(\.text).joined())
        ? text + "\n" + line.text : .unwrapped(text, line.text)
    }
    return text
  }

  /// Whether a full line ends with a unit's name and the next begins with another: 区公安分局 over 区教育局.
  private static func endsName(_ line: String, _ next: String) -> Bool {
    guard let last = line.parts(at: ["、", "，"]).last, let first = next.parts(at: ["、", "，"]).first,
      let place = first.first
    else { return false }
    return NameList.endsAsUnit(last) && NameList.endsAsUnit(first) && first.count > 2
      && ("省市县区州旗镇乡".contains(place) || last.first == place || NameList.namesPlace(first))
  }
}
