#include "CSystemd.h"
#include "CLazy.h"
#include <errno.h>

#define LIBRARY "libsystemd.so.0"

DUBAN_LAZY(LIBRARY, -ELIBACC, int, sd_notify, (int unsets, const char *state), unsets, state)
DUBAN_LAZY(LIBRARY, -ELIBACC, int, sd_watchdog_enabled, (int unsets, uint64_t *microseconds), unsets, microseconds)
DUBAN_LAZY(LIBRARY, -ELIBACC, int, sd_journal_sendv, (const struct iovec *fields, int count), fields, count)
