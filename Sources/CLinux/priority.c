#include <sys/resource.h>

// In place of the C library's. Swift's Dispatch sets the priority of each thread that it makes; the service's sandbox
// refuses that, as it refuses everything that isn't needed, and Dispatch writes a line into the journal for every
// refusal. Nothing here wants a priority of its own, so the call does nothing, and the sandbox stays as tight as it is.
int setpriority(__priority_which_t which, id_t who, int priority) {
  (void)which, (void)who, (void)priority;
  return 0;
}
