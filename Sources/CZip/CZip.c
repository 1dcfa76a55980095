#include "CZip.h"
#include "CLazy.h"

// Debian 12 calls it 4, later ones 5; what is used here is the same in both.
#define LIBRARY "libzip.so.5 libzip.so.4"
#define NO_LIBRARY "libzip can't be loaded"

DUBAN_LAZY_VOID(LIBRARY, zip_error_init, (zip_error_t * error), error)
DUBAN_LAZY_VOID(LIBRARY, zip_error_fini, (zip_error_t * error), error)
DUBAN_LAZY(LIBRARY, NO_LIBRARY, const char *, zip_error_strerror, (zip_error_t * error), error)
DUBAN_LAZY(LIBRARY, 0, zip_source_t *, zip_source_buffer_create,
           (const void *bytes, zip_uint64_t count, int frees, zip_error_t *error), bytes, count, frees, error)
DUBAN_LAZY_VOID(LIBRARY, zip_source_free, (zip_source_t * source), source)
DUBAN_LAZY(LIBRARY, 0, zip_t *, zip_open_from_source, (zip_source_t * source, int flags, zip_error_t *error), source,
           flags, error)
DUBAN_LAZY_VOID(LIBRARY, zip_discard, (zip_t * archive), archive)
DUBAN_LAZY(LIBRARY, NO_LIBRARY, const char *, zip_strerror, (zip_t * archive), archive)
DUBAN_LAZY(LIBRARY, -1, zip_int64_t, zip_get_num_entries, (zip_t * archive, zip_flags_t flags), archive, flags)
DUBAN_LAZY(LIBRARY, 0, const char *, zip_get_name, (zip_t * archive, zip_uint64_t index, zip_flags_t flags), archive,
           index, flags)
DUBAN_LAZY(LIBRARY, -1, zip_int64_t, zip_name_locate, (zip_t * archive, const char *name, zip_flags_t flags), archive,
           name, flags)
DUBAN_LAZY_VOID(LIBRARY, zip_stat_init, (zip_stat_t * stat), stat)
DUBAN_LAZY(LIBRARY, -1, int, zip_stat_index,
           (zip_t * archive, zip_uint64_t index, zip_flags_t flags, zip_stat_t *stat), archive, index, flags, stat)
DUBAN_LAZY(LIBRARY, 0, zip_file_t *, zip_fopen_index, (zip_t * archive, zip_uint64_t index, zip_flags_t flags),
           archive, index, flags)
DUBAN_LAZY(LIBRARY, -1, zip_int64_t, zip_fread, (zip_file_t * file, void *bytes, zip_uint64_t count), file, bytes,
           count)
DUBAN_LAZY(LIBRARY, NO_LIBRARY, const char *, zip_file_strerror, (zip_file_t * file), file)
DUBAN_LAZY(LIBRARY, -1, int, zip_fclose, (zip_file_t * file), file)
