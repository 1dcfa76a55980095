#include "CCurl.h"

CURL *duban_curl_handle(void) { return curl_easy_init(); }

void duban_curl_free(CURL *handle) { curl_easy_cleanup(handle); }

CURLcode duban_curl_perform(CURL *handle) { return curl_easy_perform(handle); }

const char *duban_curl_explain(CURLcode code) { return curl_easy_strerror(code); }

CURLcode duban_curl_send(CURL *handle, const void *bytes, size_t size, size_t *sent) {
  return curl_easy_send(handle, bytes, size, sent);
}

CURLcode duban_curl_receive(CURL *handle, void *bytes, size_t size, size_t *received) {
  return curl_easy_recv(handle, bytes, size, received);
}

CURLcode duban_curl_set_long(CURL *handle, CURLoption option, long value) { return (curl_easy_setopt)(handle, option, value); }

CURLcode duban_curl_set_string(CURL *handle, CURLoption option, const char *value) {
  return (curl_easy_setopt)(handle, option, value);
}

CURLcode duban_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return (curl_easy_setopt)(handle, option, value);
}

CURLcode duban_curl_set_callback(CURL *handle, CURLoption option, duban_curl_data_callback value) {
  return (curl_easy_setopt)(handle, option, value);
}

CURLcode duban_curl_set_debug_callback(CURL *handle, duban_curl_debug_callback value) {
  return (curl_easy_setopt)(handle, CURLOPT_DEBUGFUNCTION, value);
}

CURLcode duban_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
  return (curl_easy_getinfo)(handle, info, value);
}

CURLcode duban_curl_get_string(CURL *handle, CURLINFO info, char **value) {
  return (curl_easy_getinfo)(handle, info, value);
}

CURLcode duban_curl_get_certificates(CURL *handle, struct curl_certinfo **value) {
  return (curl_easy_getinfo)(handle, CURLINFO_CERTINFO, value);
}

CURLcode duban_curl_get_socket(CURL *handle, curl_socket_t *value) {
  return (curl_easy_getinfo)(handle, CURLINFO_ACTIVESOCKET, value);
}

CURLcode duban_curl_get_long(CURL *handle, CURLINFO info, long *value) { return (curl_easy_getinfo)(handle, info, value); }
