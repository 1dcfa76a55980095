/// How much of a mail's HTML is still free.
///
/// Mail programs cut off what is past some 100 KB (Gmail: 102 KB), and with it the end of a list and whatever stands
/// below it. So lists are filled as far as they fit, and what is left is counted.
struct ByteBudget {
  /// For all of a mail's lists. What stands around them is below 10 KB, and the whole below 90.
  private(set) var left = 78_000

  /// Makes a record of each element for as long as they fit.
  ///
  /// - Parameters:
  ///   - share: how many bytes this list may take at most.
  ///   - frame: the bytes that a record's template has besides the values.
  /// - Returns: the records; there are as many elements without one as are missing.
  mutating func records<Element>(
    _ list: some Sequence<Element>, share: Int, frame: Int, _ make: (Element) -> TemplateRecord
  ) -> [TemplateRecord] {
    var (records, room) = ([TemplateRecord](), min(share, left))
    for element in list {
      let record = make(element)
      let size = record.sizeInHTML + frame
      guard size <= room else { break }
      room -= size
      left -= size
      records.append(record)
    }
    return records
  }
}
