// libcurl. Its option calls are variadic, which Swift can't import: one typed function per kind of argument.
#ifndef DUBAN_CCURL_H
#define DUBAN_CCURL_H
#include <curl/curl.h>

// Enumerations in the curl.h of Debian 12, macros of several types in that of Debian 13.
static const long duban_curl_use_ssl_none = CURLUSESSL_NONE;
static const long duban_curl_use_ssl_all = CURLUSESSL_ALL;
static const long duban_curl_tls_1_2 = CURL_SSLVERSION_TLSv1_2;

typedef size_t (*duban_curl_data_callback)(char *buffer, size_t size, size_t count, void *context);
typedef int (*duban_curl_debug_callback)(CURL *handle, curl_infotype type, char *text, size_t size, void *context);

// A function of libcurl, which is loaded with the first call: linked as usual, it and what it brings along (Kerberos, LDAP,
// SSH) would take a quarter of the start of every command. Ends the process where it can't be.
void *duban_curl_function(const char *name);
#define CALL(name) ((__typeof__(&(name)))duban_curl_function(#name))
#define SET(suffix, type) \
  static inline CURLcode duban_curl_set_##suffix(CURL *handle, CURLoption option, type value) { \
    return CALL(curl_easy_setopt)(handle, option, value); \
  }
#define GET(suffix, type) \
  static inline CURLcode duban_curl_get_##suffix(CURL *handle, CURLINFO info, type value) { \
    return CALL(curl_easy_getinfo)(handle, info, value); \
  }

static inline CURL *duban_curl_handle(void) { return CALL(curl_easy_init)(); }
static inline void duban_curl_free(CURL *handle) { CALL(curl_easy_cleanup)(handle); }
static inline CURLcode duban_curl_perform(CURL *handle) { return CALL(curl_easy_perform)(handle); }
static inline const char *duban_curl_explain(CURLcode code) { return CALL(curl_easy_strerror)(code); }
static inline CURLcode duban_curl_send(CURL *handle, const void *bytes, size_t size, size_t *sent) {
  return CALL(curl_easy_send)(handle, bytes, size, sent);
}
static inline CURLcode duban_curl_receive(CURL *handle, void *bytes, size_t size, size_t *received) {
  return CALL(curl_easy_recv)(handle, bytes, size, received);
}
static inline struct curl_slist *duban_curl_append(struct curl_slist *fields, const char *field) {
  return CALL(curl_slist_append)(fields, field);
}
static inline void duban_curl_free_fields(struct curl_slist *fields) { CALL(curl_slist_free_all)(fields); }

SET(long, long)
SET(string, const char *)
SET(pointer, void *)
SET(callback, duban_curl_data_callback)
SET(debug_callback, duban_curl_debug_callback)
GET(offset, curl_off_t *)
GET(string, char **)
GET(long, long *)
GET(certificates, struct curl_certinfo **)
GET(socket, curl_socket_t *)
#undef CALL
#undef SET
#undef GET
#endif
