// System calls that Swift can't import since they are variadic or Linux's own, one typed wrapper each.
#ifndef DUBAN_CLINUX_SHIM_H
#define DUBAN_CLINUX_SHIM_H
#include <fcntl.h>
#include <malloc.h>
#include <stdint.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

static inline int duban_set_dumpable(int value) { return prctl(PR_SET_DUMPABLE, value, 0, 0, 0); }

// Gives free pages of the heap back to the system (malloc_trim(3)).
static inline void duban_trim_heap(void) { malloc_trim(0); }

// Gives back the memory that the program's own code and constants take (madvise(2)): what is used again comes back from
// the system's cache, or from the file.
void duban_forget_code(void);

// From here on up to so many free bytes at the end of the heap are kept (mallopt(3)) until duban_trim_heap.
static inline void duban_keep_heap(int size) { mallopt(M_TRIM_THRESHOLD, size); }

// Has threads share the heaps of malloc, of which there are at most so many (mallopt(3)): each further one keeps some
// megabytes for itself.
static inline void duban_limit_heaps(int most) { mallopt(M_ARENA_MAX, most); }

// Grows a mapping, which may move; MAP_FAILED as mremap(2) has it.
static inline void *duban_grow_mapping(void *base, size_t size, size_t wanted) {
  return (void *)syscall(SYS_mremap, base, size, wanted, 1 /* MREMAP_MAYMOVE */);
}

// Has the system begin to write a file's changed pages to disk, and doesn't wait for that (sync_file_range(2)).
static inline int duban_begin_writing(int descriptor) {
  return (int)syscall(SYS_sync_file_range, descriptor, 0L, 0L, 2 /* SYNC_FILE_RANGE_WRITE */);
}

// A file without a name in a directory (O_TMPFILE, open(2)), or -1.
static inline int duban_open_nameless(const char *directory) {
  return openat(AT_FDCWD, directory, 020000000 /* __O_TMPFILE */ | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0600);
}

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
