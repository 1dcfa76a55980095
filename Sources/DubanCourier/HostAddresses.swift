internal import Foundation

/// The addresses of a host, as the system resolves them.
enum HostAddresses {
  /// The resolver's words.
  struct ResolveError: Error {
    let text: String
  }

  /// This machine's name, as libcurl greets with it; empty where it has none.
  static var ownName: String {
    var name = [CChar](repeating: 0, count: Int(HOST_NAME_MAX) + 1)
    guard gethostname(&name, name.count) == 0 else { return "" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Every address of the host once, in the resolver's order of preference.
  static func of(_ host: String) -> Result<[String], ResolveError> {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    // The resolver's own list, freed below.
    var first: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &hints, &first)
    guard code == 0 else { return .failure(ResolveError(text: String(cString: gai_strerror(code)))) }
    defer { freeaddrinfo(first) }
    var (addresses, next) = ([String](), first)
    while let info = next?.pointee {
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      let size = socklen_t(text.count)
      if getnameinfo(info.ai_addr, info.ai_addrlen, &text, size, nil, 0, NI_NUMERICHOST) == 0 {
        let address = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        if !addresses.contains(address) { addresses.append(address) }
      }
      next = info.ai_next
    }
    return .success(addresses)
  }
}
