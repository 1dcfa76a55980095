/// A cell's name in a sheet, such as `C12`; row and column counted from 0.
struct CellReference: Equatable {
  var row: Int
  var column: Int

  /// Reads `C12` or `$C$12`; nil for anything else and past row 1048576 or column XFD.
  init?(_ name: some StringProtocol) {
    var (row, column, isInRow) = (0, 0, false)
    for byte in name.utf8 where byte != UInt8(ascii: "$") {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z") where !isInRow:
        column = column * 26 + Int(byte - 0x40)
      case UInt8(ascii: "0")...UInt8(ascii: "9") where column > 0:
        isInRow = true
        row = row * 10 + Int(byte - 0x30)
      default: return nil
      }
      guard row <= 1_048_576, column <= 16_384 else { return nil }
    }
    guard row > 0, column > 0 else { return nil }
    (self.row, self.column) = (row - 1, column - 1)
  }
}

/// A merged cell: a rectangle of a sheet; rows and columns counted from 0.
struct CellRange: Equatable {
  var rows: ClosedRange<Int>
  var columns: ClosedRange<Int>
  /// What stands across several columns belongs to the first of them.
  var column: Int { columns.lowerBound }

  /// Reads `B3:B7`; nil for anything else.
  init?(_ name: String) {
    let ends = name.split(separator: ":", omittingEmptySubsequences: false).map { CellReference($0) }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first.row <= last.row,
      first.column <= last.column
    else { return nil }
    rows = first.row...last.row
    columns = first.column...last.column
  }
}
