// libxlsxwriter, to write .xlsx files; loaded when the first workbook is made.
#ifndef DUBAN_CXLSXWRITER_H
#define DUBAN_CXLSXWRITER_H
#include <xlsxwriter.h>
#endif
