// libxlsxwriter, to write .xlsx files.
#ifndef DUBAN_CXLSXWRITER_SHIM_H
#define DUBAN_CXLSXWRITER_SHIM_H
#include <xlsxwriter.h>

// Debian 12's header has `char *` for these texts and Debian 13's `const char *`; the library only reads them.
static inline void duban_set_tmpdir(lxw_workbook_options *options, const char *path) { options->tmpdir = (char *)path; }
static inline void duban_set_formula(lxw_conditional_format *rule, const char *formula) {
  rule->value_string = (char *)formula;
}
// A list of words ("a,b") or the cells of a formula, which the library copies; `isStrict`: nothing else may be written.
static inline lxw_error duban_offer(
  lxw_worksheet *sheet, lxw_row_t first, lxw_row_t last, lxw_col_t column, const char *formula, int isStrict) {
  lxw_data_validation rule = {0};
  rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
  rule.value_formula = (char *)formula;
  rule.show_error = isStrict ? LXW_VALIDATION_ON : LXW_VALIDATION_OFF;
  return worksheet_data_validation_range(sheet, first, column, last, column, &rule);
}
#endif
