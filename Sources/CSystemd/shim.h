// sd-daemon and sd-journal, without the variadic calls that Swift can't import.
#ifndef DUBAN_CSYSTEMD_SHIM_H
#define DUBAN_CSYSTEMD_SHIM_H
#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>
#endif
