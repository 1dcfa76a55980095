// libpq (postgresql.org/docs/15/libpq.html).
#include <libpq-fe.h>
