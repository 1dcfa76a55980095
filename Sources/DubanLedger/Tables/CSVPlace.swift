/// Counts lines and characters of a CSV file, for its diagnostics.
enum CSVPlace {
  /// How many line breaks lie between two offsets, and how many characters between the last of them and `end`.
  static func advance(_ bytes: [UInt8], from start: Int, to end: Int) -> (lines: Int, characters: Int) {
    var (lines, characters, offset) = (0, 0, start)
    while offset < end {
      let byte = bytes[offset]
      offset += 1
      if byte == 0x0A || byte == 0x0D && !(offset < bytes.count && bytes[offset] == 0x0A) {
        lines += 1
        characters = 0
      } else if byte & 0xC0 != 0x80 {
        characters += 1
      }
    }
    return (lines, characters)
  }
}
