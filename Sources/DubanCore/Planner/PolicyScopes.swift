/// What a policy's overrides are for, to look up.
struct PolicyScopes {
  var areas: Set<String> = []
  var measures: Set<String> = []
  var people: Set<String> = []

  init(_ overrides: [PolicyOverride]) {
    for override in overrides {
      switch override.scope {
      case .area(let name): areas.insert(name)
      case .measure(let id): measures.insert(id)
      case .owner(let person): people.insert(person)
      }
    }
  }

  var isEmpty: Bool { areas.isEmpty && measures.isEmpty && people.isEmpty }
}
