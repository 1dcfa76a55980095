import DubanCore

/// Reads a CSV table of measures piece by piece, on as many processors as there are, and checks it on the way: a
/// country's measures in the time and memory of a list of dates.
///
/// Takes plain tables: UTF-8, one table with an 序号 in each row. Of these it says exactly what the general reader
/// (``TableLedger`` and ``LedgerChecker``) would say; all others it leaves to that.
enum BulkReader {
  /// Whether a file of that name may be read in bulk.
  static func takes(_ file: String) -> Bool {
    let name = file.lowercased()
    return name.hasSuffix(".csv") || name.hasSuffix(".tsv")
  }

  /// The areas that the table holds, with their measures; what is wrong goes to the checker.
  ///
  /// - Throws: ``BulkRefusal`` when the general reader has to read the table, from its start.
  static func read(
    _ feed: BulkFeed, into checker: inout LedgerChecker, _ directory: OwnerDirectory
  ) throws(BulkRefusal) -> [Area] {
    defer { feed.cancel() }
    var merge = BulkMerge(feed, directory)
    while let entry = try feed.next() { try merge.take(entry, &checker) }
    return try merge.areas(&checker)
  }
}
