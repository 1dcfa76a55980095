import DubanCore
import Testing

@Suite struct MeasureTextsTests {
  /// Numbers of every length, one measure behind the other.
  @Test func readsWhatItWrote() {
    let counts = [0, 1, 127, 128, 16_383, 16_384, 70_000]
    let measures = counts.map { count in
      Measure(
        id: "1.\(count)", number: count == 70_000 ? Int(UInt32.max) : count,
        title: String(repeating: "题", count: count / 3) + "题", text: String(repeating: "a", count: count),
        units: [], persons: [], deadline: Deadline(reading: DeadlineReader(issued: nil).read("长期")),
        progress: String(repeating: "b", count: count * 2))
    }
    let bytes = measures.flatMap(MeasureTexts.bytes)
    bytes.withUnsafeBufferPointer { bytes in
      func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
      var start = 0
      for measure in measures {
        let texts = MeasureTexts(bytes, at: UInt32(start))
        #expect(Int(texts.number) == measure.number)
        #expect(text(texts.id) == measure.id)
        #expect(text(texts.title) == measure.title)
        #expect(text(texts.text) == measure.text)
        #expect(text(texts.progress) == measure.progress)
        #expect(texts.id.lowerBound - start <= MeasureTexts.mostHeadBytes)
        start = texts.progress.upperBound
      }
      #expect(start == bytes.count)
    }
  }

  @Test func recordsKeepTheirParts() {
    var record = MeasureRecord(
      textStart: .max, assignment: .max, deadline: .max, duties: UInt32(MeasureRecord.mostDuties - 1),
      status: .submitted)
    #expect(record.duties == UInt32(MeasureRecord.mostDuties - 1))
    record.duties = 70_000
    #expect(record.duties == 70_000)
    #expect(record.status == .submitted)
    #expect(MemoryLayout<MeasureRecord>.stride == 16)
  }
}
