#include "CCurl.h"
#include <dlfcn.h>
#include <pthread.h>

// The functions that are used, with the types of curl.h. Set once, all of them or none.
static struct {
  __typeof__(&curl_easy_init) init;
  __typeof__(&curl_easy_cleanup) cleanup;
  __typeof__(&curl_easy_perform) perform;
  __typeof__(&curl_easy_strerror) strerror;
  __typeof__(&(curl_easy_setopt)) setopt;
  __typeof__(&(curl_easy_getinfo)) getinfo;
  __typeof__(&curl_easy_send) send;
  __typeof__(&curl_easy_recv) receive;
} curl;
static int is_loaded;

static void load(void) {
  // The name carries the version of the interface that curl.h describes. Never closed: handles live on.
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  curl.init = (__typeof__(curl.init))dlsym(library, "curl_easy_init");
  curl.cleanup = (__typeof__(curl.cleanup))dlsym(library, "curl_easy_cleanup");
  curl.perform = (__typeof__(curl.perform))dlsym(library, "curl_easy_perform");
  curl.strerror = (__typeof__(curl.strerror))dlsym(library, "curl_easy_strerror");
  curl.setopt = (__typeof__(curl.setopt))dlsym(library, "curl_easy_setopt");
  curl.getinfo = (__typeof__(curl.getinfo))dlsym(library, "curl_easy_getinfo");
  curl.send = (__typeof__(curl.send))dlsym(library, "curl_easy_send");
  curl.receive = (__typeof__(curl.receive))dlsym(library, "curl_easy_recv");
  is_loaded = curl.init && curl.cleanup && curl.perform && curl.strerror && curl.setopt && curl.getinfo &&
              curl.send && curl.receive;
}

CURL *duban_curl_handle(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return is_loaded ? curl.init() : NULL;
}

void duban_curl_free(CURL *handle) { curl.cleanup(handle); }

CURLcode duban_curl_perform(CURL *handle) { return curl.perform(handle); }

const char *duban_curl_explain(CURLcode code) { return curl.strerror(code); }

CURLcode duban_curl_send(CURL *handle, const void *bytes, size_t size, size_t *sent) {
  return curl.send(handle, bytes, size, sent);
}

CURLcode duban_curl_receive(CURL *handle, void *bytes, size_t size, size_t *received) {
  return curl.receive(handle, bytes, size, received);
}

CURLcode duban_curl_set_long(CURL *handle, CURLoption option, long value) { return curl.setopt(handle, option, value); }

CURLcode duban_curl_set_string(CURL *handle, CURLoption option, const char *value) {
  return curl.setopt(handle, option, value);
}

CURLcode duban_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl.setopt(handle, option, value);
}

CURLcode duban_curl_set_callback(CURL *handle, CURLoption option, duban_curl_data_callback value) {
  return curl.setopt(handle, option, value);
}

CURLcode duban_curl_set_debug_callback(CURL *handle, duban_curl_debug_callback value) {
  return curl.setopt(handle, CURLOPT_DEBUGFUNCTION, value);
}

CURLcode duban_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
  return curl.getinfo(handle, info, value);
}

CURLcode duban_curl_get_string(CURL *handle, CURLINFO info, char **value) {
  return curl.getinfo(handle, info, value);
}

CURLcode duban_curl_get_certificates(CURL *handle, struct curl_certinfo **value) {
  return curl.getinfo(handle, CURLINFO_CERTINFO, value);
}

CURLcode duban_curl_get_socket(CURL *handle, curl_socket_t *value) {
  return curl.getinfo(handle, CURLINFO_ACTIVESOCKET, value);
}

CURLcode duban_curl_get_long(CURL *handle, CURLINFO info, long *value) { return curl.getinfo(handle, info, value); }
