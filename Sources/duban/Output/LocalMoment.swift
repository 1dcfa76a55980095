import ArgumentParser
import DubanCore

/// `2022-12-20T08:30`: a moment on the configuration's clock, as `--now` takes it.
struct LocalMoment: ExpressibleByArgument {
  let day: CivilDate
  let time: CivilTime

  init?(argument: String) {
    let parts = argument.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, let day = CivilDate(parts[0]), let time = CivilTime(parts[1].prefix(5)),
      parts[1].count == 5 || parts[1].count == 8 && parts[1].hasSuffix(":00")
    else { return nil }
    (self.day, self.time) = (day, time)
  }
}
