import DubanCore
import TestSupport
import Testing

/// A list of measures reads like an array of them, however they are stored.
@Suite struct MeasureListTests {
  private func measures(seed: UInt64) -> [Measure] {
    GeneratedOffice(seed: seed).ledgers.flatMap(\.measures).enumerated().map { index, measure in
      var measure = measure
      measure.text = index % 2 == 0 ? "" : "正文\(index)。\n第二行"
      measure.progress = index % 3 == 0 ? "进展" : ""
      return measure
    }
  }

  @Test func givesBackWhatWentIn() {
    for seed in 0..<30 as Range<UInt64> {
      let measures = measures(seed: seed)
      let list = MeasureList(measures)
      #expect(Array(list) == measures, "seed \(seed)")
      #expect(list == MeasureList(list.store, 0..<measures.count), "seed \(seed)")
    }
  }

  @Test func whatMeasuresShareStandsOnce() {
    let owners = [SampleLedger.owner("徐娟", "市场监督管理局", "a")]
    let list = MeasureList((0..<100).map { SampleLedger.measure("\($0)", due: "2022-12-31", owners: owners) })
    #expect(list.store.deadlines.count == 1)
    #expect(list.store.assignments == [Assignment(units: ["市场监督管理局"], persons: ["徐娟"])])
    #expect(list.store.duties == [[]])
  }

  @Test func chosenPlacesKeepTheirOrder() {
    let measures = measures(seed: 4)
    let store = MeasureList(measures).store
    let chosen = Array(measures.indices.reversed())
    #expect(Array(MeasureList(store, chosen: chosen.map { UInt32($0) })) == measures.reversed())
    var places: [Int] = []
    MeasureList(store, chosen: chosen.map { UInt32($0) }).forEachRecord { place, _ in places.append(place) }
    #expect(places == chosen)
  }

  @Test func changingOneLeavesTheOthers() {
    let measures = measures(seed: 7)
    var list = MeasureList(measures)
    let before = list
    list[0].title = "改了"
    list.append(measures[0])
    #expect(list.count == measures.count + 1)
    #expect(list[0].title == "改了")
    #expect(Array(list.dropFirst().dropLast()) == Array(measures.dropFirst()))
    #expect(Array(before) == measures)
  }
}
