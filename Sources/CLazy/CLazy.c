#include "CLazy.h"
#include <dlfcn.h>
#include <string.h>

void *duban_lazy_function(const char *names, const char *function) {
  char name[64];
  while (*names) {
    size_t length = strcspn(names, " ");
    if (length < sizeof name) {
      memcpy(name, names, length);
      name[length] = 0;
      void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
      if (library) return dlsym(library, function);
    }
    names += length;
    names += strspn(names, " ");
  }
  return 0;
}
