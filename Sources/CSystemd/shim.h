// sd-daemon and sd-journal, without the variadic calls that Swift cannot import.
// Otherwise the header puts macros before the functions, which add the place in the source code as journal fields.
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>
