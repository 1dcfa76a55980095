import CCurl

/// Tells a dead-man's switch that all went well: it raises the alarm when it hears nothing for too long.
public enum Ping {
  /// Seconds until the switch counts as unreachable.
  private static let limit = 10

  /// Fetches `url`; nil when the answer was a success, or else what went wrong, without the URL: it often is the
  /// only secret of such a service.
  public static func send(to url: String) -> String? {
    guard let handle = curl_easy_init() else { return "libcurl gives no handle" }
    defer { curl_easy_cleanup(handle) }
    _ = duban_curl_set_string(handle, CURLOPT_URL, url)
    _ = duban_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
    _ = duban_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
    _ = duban_curl_set_long(handle, CURLOPT_TIMEOUT, limit)
    _ = duban_curl_set_long(handle, CURLOPT_FAILONERROR, 1)
    _ = duban_curl_set_callback(handle, CURLOPT_WRITEFUNCTION) { _, size, count, _ in size * count }
    let result = curl_easy_perform(handle)
    return result == CURLE_OK ? nil : String(cString: curl_easy_strerror(result))
  }
}
