// libcurl. Its option calls are variadic, which Swift can't import: one typed function per kind of argument.
#ifndef DUBAN_CCURL_H
#define DUBAN_CCURL_H
#include <curl/curl.h>

// Enumerations in the curl.h of Debian 12, macros of several types in that of Debian 13.
static const long duban_curl_use_ssl_none = CURLUSESSL_NONE;
static const long duban_curl_use_ssl_all = CURLUSESSL_ALL;
static const long duban_curl_tls_1_2 = CURL_SSLVERSION_TLSv1_2;

CURL *duban_curl_handle(void);
void duban_curl_free(CURL *handle);
CURLcode duban_curl_perform(CURL *handle);
const char *duban_curl_explain(CURLcode code);
CURLcode duban_curl_send(CURL *handle, const void *bytes, size_t size, size_t *sent);
CURLcode duban_curl_receive(CURL *handle, void *bytes, size_t size, size_t *received);

CURLcode duban_curl_set_long(CURL *handle, CURLoption option, long value);
CURLcode duban_curl_set_string(CURL *handle, CURLoption option, const char *value);
CURLcode duban_curl_set_pointer(CURL *handle, CURLoption option, void *value);

typedef size_t (*duban_curl_data_callback)(char *buffer, size_t size, size_t count, void *context);
CURLcode duban_curl_set_callback(CURL *handle, CURLoption option, duban_curl_data_callback value);

typedef int (*duban_curl_debug_callback)(CURL *handle, curl_infotype type, char *text, size_t size, void *context);
CURLcode duban_curl_set_debug_callback(CURL *handle, duban_curl_debug_callback value);

CURLcode duban_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value);
CURLcode duban_curl_get_string(CURL *handle, CURLINFO info, char **value);
CURLcode duban_curl_get_certificates(CURL *handle, struct curl_certinfo **value);
CURLcode duban_curl_get_socket(CURL *handle, curl_socket_t *value);
CURLcode duban_curl_get_long(CURL *handle, CURLINFO info, long *value);

struct curl_slist *duban_curl_append(struct curl_slist *fields, const char *field);
void duban_curl_free_fields(struct curl_slist *fields);
#endif
