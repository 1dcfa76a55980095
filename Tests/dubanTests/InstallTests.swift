import Foundation
import TestSupport
import Testing

/// `make install` and `make uninstall`, into a folder.
@Suite struct InstallTests {
  private static func make(_ target: String, in office: Office) throws -> Office.Run {
    try office.shell(
      """
      make -s -C '\(RepositoryFile.root.path)' \(target) DUBAN='\(BuiltProducts.duban.path)' \
      DESTDIR="$PWD/image" PREFIX=/opt/duban SYSCONFDIR=/opt/etc
      """)
  }

  @Test func everythingGoesToItsPlaceAndAway() throws {
    let office = try Office()
    let installed = try Self.make("install", in: office)
    #expect(installed.status == 0, "\(installed.complaints)")
    let list = try office.shell("cd image && find . -type f | sort").output
    for file in [
      "opt/duban/bin/duban", "opt/duban/lib/systemd/system/duban.service",
      "opt/duban/lib/systemd/system/duban-digest@.service", "opt/duban/lib/sysusers.d/duban.conf",
      "opt/duban/share/man/man1/duban.1", "opt/duban/share/man/man5/duban.yaml.5",
      "opt/duban/share/bash-completion/completions/duban", "opt/duban/share/zsh/site-functions/_duban",
      "opt/duban/share/fish/vendor_completions.d/duban.fish", "opt/duban/share/duban/presets/126.yaml",
      "opt/etc/duban/holidays/2022.json", "opt/duban/share/doc/duban/examples/duban.yaml",
    ] {
      #expect(list.contains("./\(file)\n"), "\(file) isn't installed")
    }
    #expect(!list.contains("password"))
    let unit = try office.read("image/opt/duban/lib/systemd/system/duban.service")
    #expect(unit.contains("ExecStart=/opt/duban/bin/duban run --config /opt/etc/duban/duban.yaml\n"))
    #expect(unit.contains("LoadCredential=relay-password:/opt/etc/duban/relay-password\n"))

    #expect(
      unit.contains("ExecReload=/opt/duban/bin/duban check --errors --config /opt/etc/duban/duban.yaml\n"))
    #expect(!list.contains("etc/duban/duban.yaml"), "init writes it, and no upgrade asks about it")

    try office.write("changed: by hand\n", to: "image/opt/etc/duban/holidays/2022.json")
    #expect(try Self.make("install", in: office).complaints.contains("was changed and stays as it is"))
    #expect(try Self.make("uninstall", in: office).status == 0)
    let rest = try office.shell("cd image && find . -type f | sort").output.split(separator: "\n")
    #expect(!rest.isEmpty && rest.allSatisfy { $0.hasPrefix("./opt/etc/duban/") })
    #expect(try office.read("image/opt/etc/duban/holidays/2022.json") == "changed: by hand\n")
  }

  /// Each shell that is installed here reads its completions; Debian always has bash.
  @Test(arguments: ["bash", "zsh", "fish"]) func theShellReadsItsCompletions(shell: String) throws {
    let office = try Office()
    let run = try office.shell(
      """
      duban --generate-completion-script \(shell) >script && grep -q agenda script && grep -q retry script && \
      if command -v \(shell) >/dev/null; then \(shell) -n script; else [ \(shell) != bash ]; fi
      """)
    #expect(run.status == 0, "\(run.complaints)")
  }
}
