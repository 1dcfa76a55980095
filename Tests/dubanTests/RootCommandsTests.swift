import Foundation
import TestSupport
import Testing

/// Commands that root runs by hand leave nothing that the service's own user can't open.
@Suite struct RootCommandsTests {

  @Test(.enabled(if: geteuid() == 0, "only root can become somebody else"))
  func everyFileOfTheStateStaysTheServices() throws {
    let office = try Office()
    _ = try office.shell(
      "chmod 755 . && install -d -o nobody -m 777 mail && chown nobody state && chmod 750 state")
    for command in [
      "run --once --now 2022-12-19T08:30", "digest --now 2022-12-19T09:00", "queue", "history", "status",
      "snooze 3.1 --until 2022-12-25 --by 张三 --why 试 --now 2022-12-19T09:00",
      "report received 财政金融部 --by 张三 --now 2022-12-19T09:00",
    ] {
      let run = try office.shell("umask 077; duban \(command) --config duban.yaml")
      #expect([0, 1].contains(run.status), "\(command): \(run.complaints)")
      let strangers = try office.shell("find state ! -user nobody")
      #expect(strangers.output.isEmpty, "after \(command): \(strangers.output)")
    }
    #expect(try office.shell("ls state").output.contains("duban.sqlite"))
    let program = BuiltProducts.duban.path
    let asService = try office.shell(
      "setpriv --reuid nobody --clear-groups '\(program)' history --config duban.yaml --json")
    #expect(asService.status == 0, "\(asService.complaints)")
  }
}
