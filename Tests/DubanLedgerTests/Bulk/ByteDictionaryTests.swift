import TestSupport
import Testing

@testable import DubanLedger

@Suite struct ByteDictionaryTests {
  /// One by one and many together, texts get the places in which they first came.
  @Test func places() {
    var random = SeededGenerator(seed: 1)
    var (one, many) = (ByteDictionary(), ByteDictionary())
    var known: [[UInt8]: Int] = [[]: 0]
    for _ in 0..<200 {
      let texts = (0..<100).map { _ in
        [UInt8](
          (0..<Int.random(in: 1..<20, using: &random)).map { _ in UInt8.random(in: 65..<68, using: &random) })
      }
      let expected = texts.map { text in
        if let place = known[text] { return place }
        known[text] = known.count
        return known.count - 1
      }
      #expect(texts.map { text in text.withUnsafeBufferPointer { one.place(of: $0).place } } == expected)
      let bytes = texts.flatMap { $0 }
      let found = bytes.withUnsafeBufferPointer { bytes in
        var (questions, start) = ([ByteDictionary.Question](), 0)
        for (number, text) in texts.enumerated() {
          let cell = UnsafeBufferPointer(rebasing: bytes[start..<start + text.count])
          questions.append(ByteDictionary.Question(cell, start: start, number: number))
          start += text.count
        }
        var found: [Int] = []
        many.places(of: &questions, in: bytes) { question, text, place, _ in
          #expect(Int(question.number) == found.count)
          #expect(Array(text) == texts[found.count])
          found.append(place)
        }
        return found
      }
      #expect(found == expected)
    }
    #expect(one.count == known.count)
    #expect(many.count == known.count)
  }

  @Test func emptyText() {
    var dictionary = ByteDictionary()
    let (place, isNew) = dictionary.place(of: UnsafeBufferPointer(start: nil, count: 0))
    #expect(place == 0)
    #expect(!isNew)
  }
}
