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
      "report received 财政金融部 --by 张三 --now 2022-12-20T09:00",
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

  @Test(
    .enabled(if: geteuid() == 0, "only root can become somebody else"),
    arguments: ["duban.yaml", "ledger.yaml", "holidays/2022.json", "ca.pem"])
  func rootJudgesWithTheServicesEyes(file: String) throws {
    let office = try Office(port: 25)
    try office.replace("url: ", "authorities: ca.pem, url: ", in: "duban.yaml")
    _ = try office.shell(
      """
      echo '-----BEGIN CERTIFICATE-----' > ca.pem; chmod 755 . holidays && chmod -R a+r . && chown nobody state
      """)
    let check = "duban check --errors --config duban.yaml --now 2022-09-21T09:00"
    #expect(try office.shell(check).status == 0)
    _ = try office.shell("chmod 600 \(file)")
    let run = try office.shell(check)
    #expect([66, 78].contains(run.status))
    #expect(run.complaints.contains("\(file): "), "\(run.complaints)")
    #expect(
      run.complaints.contains("the user is nobody, the file is root's with mode 600"), "\(run.complaints)")
    #expect(try office.shell("duban status --config duban.yaml").status != 0)
  }

  @Test(.enabled(if: geteuid() == 0, "only root can become somebody else"))
  func thePasswordIsReadAsSystemdDoes() throws {
    let office = try Office(port: 25)
    try office.replace("url: ", "user: a@example.org, plainLogin: loopback, url: ", in: "duban.yaml")
    _ = try office.shell("chmod 755 . && chown nobody state")
    let check = "duban check --errors --config duban.yaml --now 2022-09-21T09:00"
    #expect(try office.shell(check).complaints.contains("the password file relay-password isn't there"))
    #expect(try office.shell("duban status --config duban.yaml").status != 0)
    _ = try office.shell("umask 077; echo code > relay-password")
    #expect(try office.shell(check).status == 0, "root's file, as LoadCredential wants it")
    let program = BuiltProducts.duban.path
    let other = try office.shell("setpriv --reuid nobody --clear-groups '\(program)' \(check.dropFirst(6))")
    #expect(other.status == 0, "whoever may not read it can't judge it: \(other.complaints)")
  }
}
