#include "CXlsxWriter.h"
#include "CLazy.h"

// Its structures change from version to version, so it must be the one that the header describes.
#define LIBRARY "libxlsxwriter.so." LXW_SOVERSION
#define NO_LIBRARY "libxlsxwriter can't be loaded"

DUBAN_LAZY(LIBRARY, 0, lxw_workbook *, workbook_new_opt, (const char *path, lxw_workbook_options *options), path,
           options)
DUBAN_LAZY(LIBRARY, LXW_ERROR_MEMORY_MALLOC_FAILED, lxw_error, workbook_set_properties,
           (lxw_workbook * workbook, lxw_doc_properties *properties), workbook, properties)
DUBAN_LAZY(LIBRARY, 0, lxw_worksheet *, workbook_add_worksheet, (lxw_workbook * workbook, const char *name), workbook,
           name)
DUBAN_LAZY(LIBRARY, 0, lxw_format *, workbook_add_format, (lxw_workbook * workbook), workbook)
DUBAN_LAZY(LIBRARY, LXW_ERROR_MEMORY_MALLOC_FAILED, lxw_error, workbook_close, (lxw_workbook * workbook), workbook)
DUBAN_LAZY(LIBRARY, NO_LIBRARY, char *, lxw_strerror, (lxw_error error), error)
DUBAN_LAZY_VOID(LIBRARY, format_set_text_wrap, (lxw_format * format), format)
DUBAN_LAZY_VOID(LIBRARY, format_set_align, (lxw_format * format, uint8_t alignment), format, alignment)
DUBAN_LAZY_VOID(LIBRARY, format_set_border, (lxw_format * format, uint8_t style), format, style)
DUBAN_LAZY_VOID(LIBRARY, format_set_bold, (lxw_format * format), format)
DUBAN_LAZY_VOID(LIBRARY, format_set_bg_color, (lxw_format * format, lxw_color_t color), format, color)
DUBAN_LAZY_VOID(LIBRARY, format_set_font_color, (lxw_format * format, lxw_color_t color), format, color)
DUBAN_LAZY_VOID(LIBRARY, format_set_num_format, (lxw_format * format, const char *number), format, number)
DUBAN_LAZY(LIBRARY, LXW_ERROR_MEMORY_MALLOC_FAILED, lxw_error, worksheet_write_blank,
           (lxw_worksheet * sheet, lxw_row_t row, lxw_col_t column, lxw_format *format), sheet, row, column, format)
DUBAN_LAZY(LIBRARY, LXW_ERROR_MEMORY_MALLOC_FAILED, lxw_error, worksheet_write_string,
           (lxw_worksheet * sheet, lxw_row_t row, lxw_col_t column, const char *text, lxw_format *format), sheet, row,
           column, text, format)
DUBAN_LAZY(LIBRARY, LXW_ERROR_MEMORY_MALLOC_FAILED, lxw_error, worksheet_write_number,
           (lxw_worksheet * sheet, lxw_row_t row, lxw_col_t column, double number, lxw_format *format), sheet, row,
           column, number, format)
DUBAN_LAZY(LIBRARY, LXW_ERROR_MEMORY_MALLOC_FAILED, lxw_error, worksheet_write_formula_str,
           (lxw_worksheet * sheet, lxw_row_t row, lxw_col_t column, const char *formula, lxw_format *format,
            const char *result),
           sheet, row, column, formula, format, result)
DUBAN_LAZY(LIBRARY, LXW_ERROR_MEMORY_MALLOC_FAILED, lxw_error, worksheet_write_formula_num,
           (lxw_worksheet * sheet, lxw_row_t row, lxw_col_t column, const char *formula, lxw_format *format,
            double result),
           sheet, row, column, formula, format, result)
DUBAN_LAZY(LIBRARY, LXW_ERROR_MEMORY_MALLOC_FAILED, lxw_error, worksheet_set_column,
           (lxw_worksheet * sheet, lxw_col_t first, lxw_col_t last, double width, lxw_format *format), sheet, first,
           last, width, format)
DUBAN_LAZY_VOID(LIBRARY, worksheet_freeze_panes, (lxw_worksheet * sheet, lxw_row_t row, lxw_col_t column), sheet, row,
                column)
DUBAN_LAZY(LIBRARY, LXW_ERROR_MEMORY_MALLOC_FAILED, lxw_error, worksheet_autofilter,
           (lxw_worksheet * sheet, lxw_row_t first, lxw_col_t left, lxw_row_t last, lxw_col_t right), sheet, first,
           left, last, right)
DUBAN_LAZY(LIBRARY, LXW_ERROR_MEMORY_MALLOC_FAILED, lxw_error, worksheet_repeat_rows,
           (lxw_worksheet * sheet, lxw_row_t first, lxw_row_t last), sheet, first, last)
DUBAN_LAZY_VOID(LIBRARY, worksheet_set_landscape, (lxw_worksheet * sheet), sheet)
DUBAN_LAZY_VOID(LIBRARY, worksheet_fit_to_pages, (lxw_worksheet * sheet, uint16_t width, uint16_t height), sheet,
                width, height)
DUBAN_LAZY(LIBRARY, LXW_ERROR_MEMORY_MALLOC_FAILED, lxw_error, worksheet_conditional_format_range,
           (lxw_worksheet * sheet, lxw_row_t first, lxw_col_t left, lxw_row_t last, lxw_col_t right,
            lxw_conditional_format *rule),
           sheet, first, left, last, right, rule)
