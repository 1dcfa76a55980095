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

  /// Writes the numbers that stand before a measure's texts, and says where they end; the texts follow in their order
  /// here.
  public static func writeHead(
    number: UInt32, idCount: Int, titleCount: Int, textCount: Int, progressCount: Int,
    to start: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    var end = put(number, start)
    end = put(UInt32(idCount), end)
    end = put(UInt32(titleCount), end)
    end = put(UInt32(textCount), end)
    return put(UInt32(progressCount), end)
  }

  /// The texts of a measure with the numbers before them.
  public static func bytes(of measure: Measure) -> [UInt8] {
    let texts = [measure.id, measure.title, measure.text, measure.progress]
    let counts = texts.map(\.utf8.count)
    var bytes = [UInt8](unsafeUninitializedCapacity: mostHeadBytes + counts.reduce(0, +)) { buffer, count in
      guard let start = buffer.baseAddress else { return }
      let end = writeHead(
        number: UInt32(clamping: measure.number), idCount: counts[0], titleCount: counts[1],
        textCount: counts[2], progressCount: counts[3], to: start)
      count = end - start
    }
    for text in texts { bytes.append(contentsOf: text.utf8) }
    return bytes
  }

  private static func put(
    _ value: UInt32, _ start: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    var (rest, end) = (value, start)
    while rest >= 0x80 {
      end.pointee = UInt8(truncatingIfNeeded: rest) | 0x80
      rest >>= 7
      end += 1
    }
    end.pointee = UInt8(truncatingIfNeeded: rest)
    return end + 1
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
