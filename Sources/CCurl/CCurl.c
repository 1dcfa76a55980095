#include "CCurl.h"
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

void *duban_curl_function(const char *name) {
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
