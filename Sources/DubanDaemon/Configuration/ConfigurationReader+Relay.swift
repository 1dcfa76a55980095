import DubanCore
import DubanCourier
import DubanLedger
import DubanMail
import Foundation

extension ConfigurationReader {
  /// The `relay:` section.
  mutating func relay(_ value: YAMLValue?) -> (RelaySettings?, SenderSettings?) {
    guard let value, !value.isEmpty else { return (nil, nil) }
    let fields = yaml.fields(
      of: refusePasswords(value), "relay",
      keys: ["url", "user", "passwordFile", "plainLogin", "from", "helo", "authorities"])
    let user = yaml.text(fields["user"], "user")
    let file = secretFile(fields["passwordFile"], SecretFile.relayCredential)
    let sender = sender(fields["from"], of: value)
    let helo = helo(fields["helo"])
    let authorities = yaml.text(fields["authorities"], "authorities").map { path($0.text) }
    let allowsPlainLogin = allowsPlainLogin(fields["plainLogin"])
    guard let url = yaml.text(fields["url"], "url") else {
      if fields["url"] == nil {
        yaml.error(value.location, "the relay has no url", help: "write url: smtps://smtp.example.org:465")
      }
      return (nil, sender)
    }
    do {
      // A configuration of the version before doesn't say it, and goes on.
      var relay = try Relay(url: url.text, user: user?.text, allowsPlainLogin: true) {
        () throws(SecretError) in try file.read()
      }
      if relay.security == .none, let user, !allowsPlainLogin {
        yaml.warning(
          user.location, "the login to \(relay.host) goes out in clear",
          help: "use smtps://, or write plainLogin: loopback where the relay on this machine wants it so")
      }
      relay.helo = helo
      relay.authorities = authorities
      if let user, let sender { checkSender(sender, user: user.text, relay, at: fields["from"]?.location) }
      if let user { checkProvider(user.text, relay, at: user.location) }
      let place = fields["passwordFile"]?.location ?? user?.location ?? value.location
      return (
        RelaySettings(
          relay: relay, secretFile: file, authoritiesPlace: fields["authorities"]?.location, place: place),
        sender
      )
    } catch {
      yaml.error(url.location, "url: \(error.message)", help: "expected \(error.help)")
      return (nil, sender)
    }
  }

  /// The section without keys that hold a password, each of which is an error that doesn't repeat it.
  mutating func refusePasswords(_ value: YAMLValue) -> YAMLValue {
    guard case .mapping(let entries) = value.content else { return value }
    var kept: [YAMLValue.Pair] = []
    for entry in entries {
      if ["password", "passwd", "pass", "secret", "token"].contains(entry.key.text.lowercased()) {
        yaml.error(
          entry.key.location, "a password doesn't belong into this file",
          help: "put it into a file of its own (chmod 600) and write passwordFile: with that file's name")
      } else {
        kept.append(entry)
      }
    }
    return YAMLValue(content: .mapping(kept), location: value.location)
  }

  mutating func secretFile(_ value: YAMLValue?, _ credential: String) -> SecretFile {
    if let text = yaml.text(value, "passwordFile") { return SecretFile(path: path(text.text)) }
    // Where systemd takes the credential from, so that root's commands by hand find it too.
    let beside = path(credential)
    return SecretFile(credential, environment: environment, source: beside) ?? SecretFile(path: beside)
  }

  private mutating func sender(_ value: YAMLValue?, of relay: YAMLValue) -> SenderSettings? {
    guard let text = yaml.text(value, "from") else {
      if value == nil {
        yaml.error(relay.location, "the relay has no from", help: "write from: 区营商服务中心 <name@example.org>")
      }
      return nil
    }
    switch SenderSettings.read(text.text) {
    case .success(let sender): return sender
    case .failure(let problem):
      yaml.error(
        text.location, "from: “\(text.text)” \(problem.words)",
        help: "expected 区营商服务中心 <name@example.org>, or the address alone")
      return nil
    }
  }

  mutating func allowsPlainLogin(_ value: YAMLValue?) -> Bool {
    yaml.parsed(value, "plainLogin", isNot: "isn't allowed", expected: "loopback, or no such line") {
      $0 == "loopback" ? true : nil
    } ?? false
  }

  private mutating func helo(_ value: YAMLValue?) -> String? {
    yaml.parsed(value, "helo", isNot: "is no host name", expected: "a name like duban.example.org") { text in
      let isName = text.unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || "0123456789-.[]:".unicodeScalars.contains($0))
      }
      return isName ? text : nil
    }
  }

  /// Each of these providers knows its own mailboxes alone.
  private mutating func checkProvider(_ user: String, _ relay: Relay, at location: Diagnostic.Location) {
    let hosts = [
      "126.com": "126.com", "163.com": "163.com", "yeah.net": "yeah.net", "qq.com": "qq.com",
      "foxmail.com": "qq.com",
    ]
    let domain = user.lowercased().split(separator: "@").last.map(String.init) ?? ""
    guard let own = hosts[domain], let asked = hosts.values.first(where: relay.isHost(of:)), asked != own
    else {
      return
    }
    yaml.warning(
      location, "“\(user)” is no mailbox of \(relay.host), which will refuse the login",
      help: "its own server is smtps://smtp.\(own):465")
  }

  /// NetEase refuses every mail whose sender isn't the login (`553 Mail from must equal authorized user`).
  private mutating func checkSender(
    _ sender: SenderSettings, user: String, _ relay: Relay, at location: Diagnostic.Location?
  ) {
    let isNetEase = ["126.com", "163.com", "yeah.net"].contains(where: relay.isHost(of:))
    guard isNetEase, sender.address.lowercased() != user.lowercased(), let location else { return }
    yaml.error(
      location, "from: \(relay.host) takes no mail from “\(sender.address)” when “\(user)” logs in",
      help: "write the login's own address")
  }
}

extension Relay {
  /// Whether its host belongs to that domain: smtp.163.com to 163.com.
  fileprivate func isHost(of domain: String) -> Bool {
    let host = host.lowercased()
    return host == domain || host.hasSuffix("." + domain)
  }
}

extension ConfigurationReader {
  /// The `robots:` section: one robot of each make. Their addresses are secrets, and stand in files.
  mutating func robots(_ value: YAMLValue?) -> RobotSettings {
    let fields = yaml.fields(of: value, "robots", keys: ["names"] + RobotKind.allCases.map(\.rawValue))
    var settings = RobotSettings()
    settings.namesPeople =
      yaml.choice(fields["names"], "names", ["true": true, "false": false]) ?? settings.namesPeople
    for kind in RobotKind.allCases {
      guard let value = fields[kind.rawValue] else { continue }
      let parts = yaml.fields(of: value, kind.rawValue, keys: ["urlFile", "secretFile"])
      let secret = yaml.text(parts["secretFile"], "secretFile")
      if kind == .wecom, let secret {
        yaml.error(secret.location, "secretFile: 企业微信 signs nothing", help: "take it out")
      }
      guard let file = yaml.text(parts["urlFile"], "urlFile") else {
        yaml.error(
          value.location, "the robot \(kind.rawValue) has no urlFile",
          help:
            "write its address, which is a secret, into a file that others can't read, and urlFile: with its path"
        )
        continue
      }
      let url = SecretFile(path: path(file.text))
      let signing = secret.map { SecretFile(path: path($0.text)) }
      var robot = Robot(kind: kind, url: { () throws(SecretError) in try url.read() })
      if let signing { robot.signing = { () throws(SecretError) in try signing.read() } }
      settings.robots.append(robot)
    }
    return settings
  }
}
