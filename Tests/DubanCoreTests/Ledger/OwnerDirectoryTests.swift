import DubanCore
import Testing

@Suite struct OwnerDirectoryTests {
  private func owner(_ person: String, _ unit: String, isHead: Bool = false) -> Owner {
    Owner(person: person, unit: unit, email: "\(person.utf8.count)@example.org", isHead: isHead)
  }

  private func assignment(_ units: [String], _ persons: [String]) -> Assignment {
    Assignment(units: units, persons: persons)
  }

  /// Names are the same however they are written.
  @Test(arguments: [
    ("José", "Jose\u{301}"), ("Jose\u{301}", "José"), ("金明", "\u{F90A}明"), ("\u{F90A}明", "金明"),
    ("がく", "か\u{3099}く"),
  ])
  func equivalentNames(owned: String, asked: String) {
    let owners = [
      owner("徐娟", "局"), owner(owned, owned + "局", isHead: true), owner("徐娟", owned + "局"),
    ]
    let directory = OwnerDirectory(owners)
    let unit = asked + "局"
    #expect(directory.namesakes(asked).count == 1)
    #expect(directory.places(of: assignment([unit], [])) == [1, 2])
    #expect(directory.places(of: assignment(["局", unit], ["徐娟", "徐娟"])) == [0, 2])
    #expect(directory.places(of: assignment(["局", unit, "处"], ["徐娟", asked])) == [0, 1])
    // By name alone, since only one has it.
    #expect(directory.places(of: assignment(["处"], [asked])) == [1])
    #expect(directory.places(of: assignment(["处"], ["徐娟"])) == [])
    #expect(directory.heads(over: [owner("徐娟", unit)]).map(\.person) == [owned])
    #expect(directory.owners(of: assignment(["处"], [])) == [Owner(person: "", unit: "处", email: nil)])
  }

  /// Two of one name, each of a unit of the measure.
  @Test func namesakes() {
    let directory = OwnerDirectory([owner("赵三", "宣传科"), owner("赵三", "工信局"), owner("江篱", "财政局")])
    #expect(directory.places(of: assignment(["工信局", "宣传科"], ["赵三"])) == [0, 1])
    #expect(directory.places(of: assignment(["工信局", "宣传科"], ["赵三", "赵三"])) == [1, 0])
    #expect(directory.places(of: assignment(["工信局", "财政局", "园林局"], ["赵三", "江篱"])) == [1, 2])
    #expect(directory.places(of: assignment(["工信局"], ["赵三"])) == [1])
  }

  /// The order in which owners stand is that in which namesakes and colleagues are found.
  @Test func order() {
    let owners = [owner("徐娟", "处"), owner("郭兰", "局"), owner("徐娟", "局"), owner("任园园", "局")]
    let directory = OwnerDirectory(owners)
    #expect(directory.namesakes("徐娟") == [owners[0], owners[2]])
    #expect(directory.places(of: assignment(["局"], [])) == [1, 2, 3])
    #expect(directory.heads(over: owners).isEmpty)
    #expect(OwnerDirectory([]).namesakes("徐娟").isEmpty)
  }
}
