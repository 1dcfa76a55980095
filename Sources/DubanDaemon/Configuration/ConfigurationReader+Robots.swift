import DubanCore
import DubanCourier
import DubanLedger
import DubanMail

extension ConfigurationReader {
  /// The `robots:` section: one robot of each make. Their addresses are secrets, and stand in files.
  mutating func robots(_ value: YAMLValue?) -> RobotSettings {
    let fields = yaml.fields(of: value, "robots", keys: ["names"] + RobotKind.allCases.map(\.rawValue))
    var settings = RobotSettings()
    if let names = yaml.choice(fields["names"], "names", ["true": true, "false": false]) {
      settings.namesPeople = names
    }
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
