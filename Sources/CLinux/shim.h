// Variadic system calls that Swift can't import, one typed wrapper each.
#ifndef DUBAN_CLINUX_SHIM_H
#define DUBAN_CLINUX_SHIM_H
#include <sys/prctl.h>

static inline int duban_set_dumpable(int value) { return prctl(PR_SET_DUMPABLE, value, 0, 0, 0); }
#endif
