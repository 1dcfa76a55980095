import Testing

@testable import DubanCore

@Suite struct NameTableTests {
  @Test("a name has one number, however it is spelt in Unicode")
  func numbers() {
    var table = NameTable()
    #expect(["徐娟", "马鹏", "徐娟", "Rene\u{301}", "Ren\u{E9}"].map { table.take($0) } == [0, 1, 0, 2, 2])
    #expect(table.number(of: "马鹏") == 1)
    #expect(table.number(of: "杜潘") == nil)
    #expect(table.count == 3)
  }
}
