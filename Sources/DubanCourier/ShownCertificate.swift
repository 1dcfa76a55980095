public import DubanCore

/// What a relay's certificate says of itself.
public struct ShownCertificate: Sendable, Hashable {
  /// Whom it is for, such as `CN = *.126.com`.
  public var subject: String
  /// The names it holds for (subjectAltName), where there are any.
  public var names: String
  /// Who issued it.
  public var issuer: String
  /// Its last day (UTC), where it can be read.
  public var lastDay: CivilDate?

  /// Reads what libcurl has of a certificate: lines of `Field:value`.
  init?(_ fields: [String]) {
    func value(_ name: String) -> String? {
      fields.first { $0.hasPrefix("\(name):") }.map { printableLine($0.dropFirst(name.utf8.count + 1)) }
    }
    guard let subject = value("Subject"), let issuer = value("Issuer") else { return nil }
    (self.subject, self.issuer) = (subject, issuer)
    names = value("X509v3 Subject Alternative Name") ?? ""
    lastDay = value("Expire date").flatMap(Self.day)
  }

  /// Reads OpenSSL's `Nov 23 15:00:00 2027 GMT`.
  static func day(_ text: String) -> CivilDate? {
    let parts = text.split(separator: " ")
    guard parts.count >= 4, let month = CivilDate.englishMonths.firstIndex(of: String(parts[0])),
      let day = Int(parts[1]),
      let year = Int(parts[3])
    else { return nil }
    return CivilDate(year: year, month: month + 1, day: day)
  }
}
