public import ArgumentParser
public import DubanCore
public import DubanDaemon
public import DubanOutbox

extension CivilDate: ExpressibleByArgument {
  /// Reads `2022-12-31`.
  public init?(argument: String) { self.init(argument) }
}

extension EntryState: ExpressibleByArgument {}

extension Journal.Style: ExpressibleByArgument {}
