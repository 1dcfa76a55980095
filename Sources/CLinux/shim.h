// System calls that Swift can't import since they are variadic or Linux's own, one typed wrapper each.
#ifndef DUBAN_CLINUX_SHIM_H
#define DUBAN_CLINUX_SHIM_H
#include <fcntl.h>
#include <stdint.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

static inline int duban_set_dumpable(int value) { return prctl(PR_SET_DUMPABLE, value, 0, 0, 0); }

// A timer in the farthest future of the wall clock, whose descriptor is readable once that clock was set; -1 and errno
// where there is none.
static inline int duban_clock_alarm(void) {
  struct itimerspec never = {.it_value = {.tv_sec = INT64_MAX}};
  int descriptor = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (descriptor >= 0 && timerfd_settime(descriptor, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, 0) < 0) {
    close(descriptor);
    return -1;
  }
  return descriptor;
}
#endif
