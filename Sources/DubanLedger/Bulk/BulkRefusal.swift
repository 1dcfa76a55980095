/// Why a table isn't read in bulk. The general reader, which takes any table, then reads it from the start and says
/// what is wrong with it, where anything is.
enum BulkRefusal: Error {
  /// The file can't be opened or read.
  case unreadable
  /// It is no UTF-8 text with one plain table of measures.
  case unsuited
}
