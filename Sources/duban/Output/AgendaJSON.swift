import DubanCore

/// A line of the agenda as `--json` prints it.
struct AgendaJSON: Encodable {
  struct Person: Encodable {
    let person, unit: String
  }

  let plan, item, kind, title, area: String
  let due: CivilDate?
  let days: Int?
  let light, lightName: String
  let owners: [Person]
  let silent: String?

  init(_ item: AgendaItem, _ lights: LightScheme) {
    plan = item.item.plan
    self.item = item.item.id
    kind = item.item.kind.rawValue
    title = item.title
    area = item.area
    due = item.due
    days = item.daysLeft
    light = item.light.rawValue
    lightName = lights.look(item.light).name
    owners = item.owners.map { Person(person: $0.person, unit: $0.unit) }
    silent = item.silence?.description
  }
}
