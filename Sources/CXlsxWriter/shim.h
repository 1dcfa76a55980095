// libxlsxwriter, to write .xlsx files.
#ifndef DUBAN_CXLSXWRITER_SHIM_H
#define DUBAN_CXLSXWRITER_SHIM_H
#include <xlsxwriter.h>

// Debian 12's header has `char *` for these texts and Debian 13's `const char *`; the library only reads them.
static inline void duban_set_tmpdir(lxw_workbook_options *options, const char *path) { options->tmpdir = (char *)path; }
static inline void duban_set_formula(lxw_conditional_format *rule, const char *formula) {
  rule->value_string = (char *)formula;
}
#endif
