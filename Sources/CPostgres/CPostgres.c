#include "CPostgres.h"
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

struct duban_pq duban_libpq(void) {
  struct duban_pq functions;
  // The name carries the version of the interface that libpq-fe.h describes. Never closed.
  void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
#define USE(name) \
  if (!library || !(functions.name = (__typeof__(&name))dlsym(library, #name))) { \
    fprintf(stderr, "duban: %s\n", dlerror()); \
    exit(EX_UNAVAILABLE); \
  }
  DUBAN_PQ_FUNCTIONS(USE)
#undef USE
  return functions;
}
