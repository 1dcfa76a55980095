// Libraries that are loaded when the first of their functions is called, because most commands call none and loading
// them takes longer than those commands do.
#ifndef DUBAN_CLAZY_H
#define DUBAN_CLAZY_H

// The function of that name, from the first of the libraries in `names` (parted by spaces) that can be loaded; NULL
// where none can, or where it has no such function. A library stays loaded.
void *duban_lazy_function(const char *names, const char *function);

// Defines a function of a library under its own name and with its own type, to call the one in the library; where
// that can't be loaded, it returns `otherwise`. The arguments follow.
#define DUBAN_LAZY(library, otherwise, result, name, parameters, ...)                          \
  result name parameters {                                                                     \
    static __typeof__(&name) known;                                                            \
    __typeof__(&name) function = __atomic_load_n(&known, __ATOMIC_ACQUIRE);                    \
    if (!function) {                                                                           \
      function = (__typeof__(&name))duban_lazy_function(library, #name);                       \
      if (!function) return otherwise;                                                         \
      __atomic_store_n(&known, function, __ATOMIC_RELEASE);                                    \
    }                                                                                          \
    return function(__VA_ARGS__);                                                              \
  }

// The same for functions that return nothing.
#define DUBAN_LAZY_VOID(library, name, parameters, ...) DUBAN_LAZY(library, , void, name, parameters, __VA_ARGS__)
#endif
