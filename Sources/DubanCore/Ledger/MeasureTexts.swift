/// A measure's own texts and its number as a ``MeasureStore`` holds them: five numbers, each in as few bytes as it takes
/// (LEB128), and behind them id, title, text and 进展情况 in UTF-8.
public struct MeasureTexts: Sendable {
  /// More bytes than the numbers ever take.
  public static let mostHeadBytes = 5 * 5

  /// The number within its area.
  public let number: UInt32
  /// Where the texts stand within the store's.
  public let id: Range<Int>
  /// The title.
  public let title: Range<Int>
  /// The text after the title.
  public let text: Range<Int>
  /// 进展情况.
  public let progress: Range<Int>

  /// The texts that begin at an offset of a store's.
  public init(_ texts: UnsafeBufferPointer<UInt8>, at start: UInt32) {
    var offset = Int(start)
    number = Self.number(texts, &offset)
    let counts = (
      Int(Self.number(texts, &offset)), Int(Self.number(texts, &offset)), Int(Self.number(texts, &offset)),
      Int(Self.number(texts, &offset))
    )
    id = offset..<offset + counts.0
    title = id.upperBound..<id.upperBound + counts.1
    text = title.upperBound..<title.upperBound + counts.2
    progress = text.upperBound..<text.upperBound + counts.3
  }

  /// Writes the numbers that stand before a measure's texts; the texts follow in their order here.
  public static func writeHead(
    number: UInt32, idCount: Int, titleCount: Int, textCount: Int, progressCount: Int,
    into write: (UInt8) -> Void
  ) {
    put(number, write)
    put(UInt32(idCount), write)
    put(UInt32(titleCount), write)
    put(UInt32(textCount), write)
    put(UInt32(progressCount), write)
  }

  /// The texts of a measure with the numbers before them.
  public static func bytes(of measure: Measure) -> [UInt8] {
    var bytes: [UInt8] = []
    writeHead(
      number: UInt32(clamping: measure.number), idCount: measure.id.utf8.count,
      titleCount: measure.title.utf8.count, textCount: measure.text.utf8.count,
      progressCount: measure.progress.utf8.count, into: { bytes.append($0) })
    for text in [measure.id, measure.title, measure.text, measure.progress] {
      bytes.append(contentsOf: text.utf8)
    }
    return bytes
  }

  private static func put(_ value: UInt32, _ write: (UInt8) -> Void) {
    var rest = value
    while rest >= 0x80 {
      write(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    write(UInt8(truncatingIfNeeded: rest))
  }

  private static func number(_ texts: UnsafeBufferPointer<UInt8>, _ offset: inout Int) -> UInt32 {
    var (value, shift) = (UInt32(0), UInt32(0))
    while true {
      let byte = texts[offset]
      offset += 1
      value |= UInt32(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }
}
