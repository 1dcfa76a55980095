import DubanCourier
import DubanLedger
import DubanOutbox
import Glibc

extension ConfigurationReader {
  /// Where systemd's `LoadCredential=state-password:…` puts the database's password.
  private static let credential = "state-password"

  /// `state:`, which is a directory, the address of a PostgreSQL, or a section about one.
  mutating func state(_ value: YAMLValue?) -> (directory: String, database: DatabaseSettings?) {
    guard case .mapping = value?.content else {
      let text = yaml.text(value, "state")
      guard let text, PostgresAddress.isOne(text.text) else {
        return (text?.text ?? Configuration.defaultState, nil)
      }
      return (Configuration.defaultState, database(text, in: [:]))
    }
    let kept = value.map { refusePasswords($0) }
    let fields = yaml.fields(of: kept, "state", keys: ["url", "schema", "passwordFile", "directory"])
    let directory = yaml.text(fields["directory"], "directory")?.text ?? Configuration.defaultState
    guard let url = yaml.text(fields["url"], "url") else {
      if let value, fields["url"] == nil {
        yaml.error(
          value.location, "state: has no url",
          help: "write url: postgresql://USER@HOST/DATABASE, or a directory")
      }
      return (directory, nil)
    }
    return (directory, database(url, in: fields))
  }

  private mutating func database(_ url: LocatedText, in fields: [String: YAMLValue]) -> DatabaseSettings? {
    let schema = yaml.text(fields["schema"], "schema")
    do throws(PostgresAddress.Problem) {
      var address = try PostgresAddress(url.text, schema: schema?.text ?? "duban")
      address.directory = path(
        yaml.text(fields["directory"], "directory")?.text ?? Configuration.defaultState)
      return DatabaseSettings(address: address, secretFile: stateSecret(fields["passwordFile"]))
    } catch {
      let isSchema = if case .schema = error { true } else { false }
      yaml.error(isSchema ? schema?.location ?? url.location : url.location, "\(error)", help: "")
      return nil
    }
  }

  /// The file that is named, or systemd's credential where there is one: a database may need no password.
  private mutating func stateSecret(_ value: YAMLValue?) -> SecretFile? {
    if let text = yaml.text(value, "passwordFile") { return SecretFile(path: path(text.text)) }
    let file = SecretFile(Self.credential, environment: environment, source: path(Self.credential))
    return file.flatMap { access($0.path, F_OK) == 0 ? $0 : nil }
  }
}
