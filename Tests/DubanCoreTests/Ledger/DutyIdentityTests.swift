import DubanCore
import TestSupport
import Testing

/// A decision about a duty belongs to that duty, wherever it stands in its measure.
@Suite struct DutyIdentityTests {
  private func identities(_ duties: String...) -> [String] {
    let monthly = Recurrence(.monthly, monthDays: [28])
    return SampleLedger.measure(
      "8.1", due: nil, owners: [], duties: duties.map { Duty(what: $0, rule: monthly) }
    ).dutyIdentities
  }

  @Test func aDutyIsKnownByItsWordingNotByItsPlace() {
    let before = identities("召开座谈会", "报送台账。")
    let after = identities("走访企业", "召开座谈会", "报送台账")
    #expect(after[1...] == before[...])
    #expect(!before.contains(after[0]))
  }

  @Test func dutiesOfTheSameWordingAreCounted() {
    #expect(identities("报送", "报送", "走访") == ["报送", "报送~2", "走访"])
  }
}
