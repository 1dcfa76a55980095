#include "CCurl.h"
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

// A function of libcurl, which is loaded with the first call: linked as usual, it and what it brings along (Kerberos, LDAP,
// SSH) would take a quarter of the start of every command.
static void *function(const char *name) {
  static _Atomic(void *) library;
  // The name carries the version of the interface that curl.h describes. Never closed.
  if (!library) library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  void *found = library ? dlsym(library, name) : NULL;
  if (!found) {
    fprintf(stderr, "duban: %s\n", dlerror());
    exit(EX_UNAVAILABLE);
  }
  return found;
}
#define CALL(name) ((__typeof__(&(name)))function(#name))

CURL *duban_curl_handle(void) { return CALL(curl_easy_init)(); }

void duban_curl_free(CURL *handle) { CALL(curl_easy_cleanup)(handle); }

CURLcode duban_curl_perform(CURL *handle) { return CALL(curl_easy_perform)(handle); }

const char *duban_curl_explain(CURLcode code) { return CALL(curl_easy_strerror)(code); }

CURLcode duban_curl_send(CURL *handle, const void *bytes, size_t size, size_t *sent) {
  return CALL(curl_easy_send)(handle, bytes, size, sent);
}

CURLcode duban_curl_receive(CURL *handle, void *bytes, size_t size, size_t *received) {
  return CALL(curl_easy_recv)(handle, bytes, size, received);
}

CURLcode duban_curl_set_long(CURL *handle, CURLoption option, long value) { return CALL(curl_easy_setopt)(handle, option, value); }

CURLcode duban_curl_set_string(CURL *handle, CURLoption option, const char *value) {
  return CALL(curl_easy_setopt)(handle, option, value);
}

CURLcode duban_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return CALL(curl_easy_setopt)(handle, option, value);
}

CURLcode duban_curl_set_callback(CURL *handle, CURLoption option, duban_curl_data_callback value) {
  return CALL(curl_easy_setopt)(handle, option, value);
}

CURLcode duban_curl_set_debug_callback(CURL *handle, duban_curl_debug_callback value) {
  return CALL(curl_easy_setopt)(handle, CURLOPT_DEBUGFUNCTION, value);
}

CURLcode duban_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
  return CALL(curl_easy_getinfo)(handle, info, value);
}

CURLcode duban_curl_get_string(CURL *handle, CURLINFO info, char **value) {
  return CALL(curl_easy_getinfo)(handle, info, value);
}

CURLcode duban_curl_get_certificates(CURL *handle, struct curl_certinfo **value) {
  return CALL(curl_easy_getinfo)(handle, CURLINFO_CERTINFO, value);
}

CURLcode duban_curl_get_socket(CURL *handle, curl_socket_t *value) {
  return CALL(curl_easy_getinfo)(handle, CURLINFO_ACTIVESOCKET, value);
}

CURLcode duban_curl_get_long(CURL *handle, CURLINFO info, long *value) { return CALL(curl_easy_getinfo)(handle, info, value); }

struct curl_slist *duban_curl_append(struct curl_slist *fields, const char *field) {
  return CALL(curl_slist_append)(fields, field);
}

void duban_curl_free_fields(struct curl_slist *fields) { CALL(curl_slist_free_all)(fields); }
