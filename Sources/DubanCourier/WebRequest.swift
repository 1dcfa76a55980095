import CCurl

/// Reports to a dead-man's switch that all went well: it raises the alarm when no report comes for too long.
public enum Ping {
  /// Seconds until the switch counts as unreachable.
  private static let limit = 10

  /// Fetches `url`; nil when the answer was a success, or else what went wrong, without the URL: it often is the
  /// only secret of such a service.
  public static func send(to url: String) -> String? {
    guard let handle = webHandle(url, seconds: limit) else { return "libcurl gives no handle" }
    defer { duban_curl_free(handle) }
    _ = duban_curl_set_long(handle, CURLOPT_FAILONERROR, 1)
    _ = duban_curl_set_callback(handle, CURLOPT_WRITEFUNCTION) { _, size, count, _ in size * count }
    let result = duban_curl_perform(handle)
    return result == CURLE_OK ? nil : String(cString: duban_curl_explain(result))
  }
}

/// A handle, to be freed, for a request by HTTP that may take so long; nil where libcurl can't be set up. libcurl's
/// own type for it is `void *`.
func webHandle(_ url: String, seconds: Int) -> UnsafeMutableRawPointer? {
  guard let handle = duban_curl_handle() else { return nil }
  _ = duban_curl_set_string(handle, CURLOPT_URL, url)
  _ = duban_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
  _ = duban_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
  _ = duban_curl_set_long(handle, CURLOPT_TIMEOUT, seconds)
  _ = duban_curl_set_long(handle, CURLOPT_SSLVERSION, duban_curl_tls_1_2)
  return handle
}
