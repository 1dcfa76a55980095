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

static inline CURLcode duban_curl_get_long(CURL *handle, CURLINFO info, long *value) {
  return curl_easy_getinfo(handle, info, value);
}
#endif
