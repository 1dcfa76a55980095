// Preloaded before libfaketime 0.9.10, which moves every timer as if it were one of the wall clock: one of a clock that only
// counts would then ring at once, again and again, or never. Those are set as they are.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

static char only_counts[1024]; // by file descriptor

int timerfd_create(int clock, int flags) {
  int fd = syscall(SYS_timerfd_create, clock, flags);
  if (fd >= 0 && fd < (int)sizeof only_counts) only_counts[fd] = clock != CLOCK_REALTIME;
  return fd;
}

int timerfd_settime(int fd, int flags, const struct itimerspec *value, struct itimerspec *old) {
  if (fd >= 0 && fd < (int)sizeof only_counts && only_counts[fd])
    return syscall(SYS_timerfd_settime, fd, flags, value, old);
  int (*moved)(int, int, const struct itimerspec *, struct itimerspec *) = dlsym(RTLD_NEXT, "timerfd_settime");
  return moved(fd, flags, value, old);
}
