// libcurl's option calls are variadic, which Swift can't import: one typed wrapper per kind of argument.
#ifndef DUBAN_CCURL_SHIM_H
#define DUBAN_CCURL_SHIM_H
#include <curl/curl.h>

static inline CURLcode duban_curl_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode duban_curl_set_string(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode duban_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode duban_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}

typedef size_t (*duban_curl_data_callback)(char *buffer, size_t size, size_t count, void *context);

static inline CURLcode duban_curl_set_callback(CURL *handle, CURLoption option, duban_curl_data_callback value) {
  return curl_easy_setopt(handle, option, value);
}

typedef int (*duban_curl_debug_callback)(CURL *handle, curl_infotype type, char *text, size_t size, void *context);

static inline CURLcode duban_curl_set_debug_callback(CURL *handle, duban_curl_debug_callback value) {
  return curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, value);
}

static inline curl_socket_t duban_curl_no_socket(
    void *context, curlsocktype purpose, struct curl_sockaddr *address) {
  (void)context, (void)purpose, (void)address;
  return CURL_SOCKET_BAD;
}

// From here on the handle can use the connection that it holds, but dial no other.
static inline CURLcode duban_curl_dial_no_more(CURL *handle) {
  return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, duban_curl_no_socket);
}

static inline CURLcode duban_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
  return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode duban_curl_get_string(CURL *handle, CURLINFO info, char **value) {
  return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode duban_curl_get_certificates(CURL *handle, struct curl_certinfo **value) {
  return curl_easy_getinfo(handle, CURLINFO_CERTINFO, value);
}

static inline CURLcode duban_curl_get_long(CURL *handle, CURLINFO info, long *value) {
  return curl_easy_getinfo(handle, info, value);
}
#endif
